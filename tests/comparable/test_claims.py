"""What the model says of the five documents: claims with their figures, and disagreements found by rule."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

KINDS = {"sum", "difference", "growth", "share", "ratio", "conversion", "count", "order"}
IAI = "iai-italy-turkey-defence"
NEXTFIN = "nextfin-italy-us-arms-purchase"


def test_many_statements_of_every_kind_are_captured(warehouse: duckdb.DuckDBPyConnection) -> None:
    claims = warehouse.execute("select count(*), list(distinct kind) from fct_claim").fetchall()[0]
    assert claims[0] > 100
    assert set(claims[1]) == KINDS


def test_every_verdict_carries_figures_intervals_and_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    without = warehouse.execute(
        """
        select claim_id
        from fct_claim as claims
        where
            length(reason) < 20
            or (verdict in ('consistent', 'inconsistent') and coalesce(computed_low, computed_high) is null)
            or (verdict <> 'not_comparable' and coalesce(stated_low, stated_high) is null)
            or not exists (
                from bridge_claim_figure as figures
                where figures.claim_id = claims.claim_id and role = 'stated' and char_start is not null
            )
            or not exists (
                from bridge_claim_figure as figures
                where figures.claim_id = claims.claim_id and role = 'input'
            )
        """
    ).fetchall()
    assert without == []


def claim(warehouse: duckdb.DuckDBPyConnection, name: str) -> tuple[str, float | None, float | None]:
    rows = warehouse.execute(
        "select verdict, computed_low::double, computed_high::double from fct_claim where claim_id = ?",
        [name],
    ).fetchall()
    return rows[0]


def test_the_increase_of_the_integrated_budget(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert claim(warehouse, "integrated-increase") == ("consistent", 6.0e9, 6.2e9)
    verdict, low, high = claim(warehouse, "integrated-growth")
    # 20 per cent stands for 19.5 to 20.5, and 29.4 to 35.5 for 20.4 to 21.1: a sliver of both.
    assert (verdict, round(low or 0, 1), round(high or 0, 1)) == ("ambiguous", 20.4, 21.1)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("arms-purchases-converted", "inconsistent"),
        ("joint-venture-date", "inconsistent"),
        ("two-outcomes", "inconsistent"),
        ("licences-2023-source", "inconsistent"),
        ("licences-2022-source", "consistent"),
        ("turkey-growth-and-level", "not_comparable"),
        ("turkey-doubled", "consistent"),
        ("services-and-ministry", "not_comparable"),
        ("lebanon-personnel-2024-2025", "not_comparable"),
        ("thirteen-outside-eu", "consistent"),
        ("target-parts", "consistent"),
        # More than 30 and more than a dozen: the one need not be the greater.
        ("pesco-leads-within-joins", "ambiguous"),
        ("share-2025-of-integrated", "not_comparable"),
    ],
)
def test_known_statements_have_known_verdicts(
    warehouse: duckdb.DuckDBPyConnection, name: str, verdict: str
) -> None:
    assert claim(warehouse, name)[0] == verdict


def test_the_two_shares_of_gdp_imply_different_bases(warehouse: duckdb.DuckDBPyConnection) -> None:
    explained = warehouse.execute(
        "select figure_id_b, is_conflict from fct_disagreement "
        "where kind = 'definition' and measure = 'expenditure_share_of_gdp'"
    ).fetchall()
    assert {(f"{IAI}@38738", False), (f"{IAI}@38797", False)} <= set(explained)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (f"{NEXTFIN}@17", f"{NEXTFIN}@283", "currency"),
        (f"{IAI}@1848", f"{IAI}@14262", "date"),
    ],
)
def test_what_cannot_both_hold_is_found(
    warehouse: duckdb.DuckDBPyConnection, one: str, other: str, kind: str
) -> None:
    rows = warehouse.execute(
        "select kind, is_conflict from fct_disagreement where disagreement_id = ?", [f"{one}|{other}"]
    ).fetchall()
    assert rows == [(kind, True)]


def test_what_lies_between_two_definitions_is_said(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "select gap_eur, between_them is not null from fct_spending_bridge where fiscal_year = 2025 "
        "and definition_a = 'ministry_budget' and definition_b = 'integrated_budget'"
    ).fetchall()
    assert rows == [(Decimal("4200000000"), True)]


def test_a_pledge_has_its_distance_in_euro_and_its_yearly_pace(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.execute(
        "select distance, distance_eur, pace_per_year from fct_commitment where figure_id = ?",
        [f"{IAI}@38591"],
    ).fetchall()
    assert rows == [(Decimal("1.5"), Decimal("33870735000"), Decimal("0.15"))]
