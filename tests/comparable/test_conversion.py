"""Rates, dollars, constant prices and shares of GDP, against known figures and a computation by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

BUDGET = {2022: "29.4", 2023: "30.8", 2024: "32.3", 2025: "35.5"}
"""Integrated defence budget in billion euro, as printed."""

# Istat, million euro and per cent, with the day of the edition.
GDP = {
    2022: (1_997_840, "2024-09-23"),
    2023: (2_139_213, "2025-09-22"),
    2024: (2_199_619, "2025-09-22"),
    2025: (2_258_049, "2026-03-02"),
}
PRICES_OF_2023 = Fraction(2_128_001, 1_997_840) / Fraction("1.007")
PRICES_OF_2024 = Fraction(2_199_619, 2_139_213) / Fraction("1.007")
PRICES_OF_2025 = Fraction("1.025") / Fraction("1.005")
IN_PRICES_OF_2024 = {
    2022: PRICES_OF_2023 * PRICES_OF_2024,
    2023: PRICES_OF_2024,
    2024: Fraction(1),
    2025: 1 / PRICES_OF_2025,
}


@pytest.mark.parametrize(
    ("currency", "year", "mean"), [("USD", 2023, "1.0813"), ("USD", 2024, "1.0824"), ("TRY", 2024, "35.5734")]
)
def test_yearly_means_are_those_of_the_ecb(
    warehouse: duckdb.DuckDBPyConnection, currency: str, year: int, mean: str
) -> None:
    rows = warehouse.execute(
        "select round(units_per_eur, 4) from dim_exchange_rate "
        "where grain = 'year' and currency = ? and year(period_start) = ?",
        [currency, year],
    ).fetchall()
    assert rows == [(Decimal(mean),)]


def test_a_year_that_is_not_over_has_no_mean(warehouse: duckdb.DuckDBPyConnection) -> None:
    last_day, last_year = warehouse.execute(
        "select max(period_end) filter (grain = 'day'), max(period_end) filter (grain = 'year') "
        "from dim_exchange_rate"
    ).fetchall()[0]
    assert last_year <= last_day


def test_the_levels_of_gdp_are_those_that_the_revisions_imply(warehouse: duckdb.DuckDBPyConnection) -> None:
    levels = dict(
        warehouse.execute(
            "select fiscal_year || '@' || published_on, cast(value / 1000000 as bigint) "
            "from dim_macro_edition where indicator = 'gdp_current' and basis <> 'printed'"
        ).fetchall()
    )
    assert levels == {
        "2021@2024-09-23": 1_842_507,
        "2022@2024-09-23": 1_997_840,
        "2023@2025-09-22": 2_139_213,
        "2024@2025-03-03": 2_192_182,
    }


@pytest.mark.parametrize("year", BUDGET)
def test_the_integrated_budget_agrees_with_a_computation_by_hand(
    warehouse: duckdb.DuckDBPyConnection, year: int
) -> None:
    row = (
        warehouse.sql(
            """
            select
                amount_eur, amount_usd, amount_eur_constant, share_of_gdp_computed_pct, growth_computed_pct,
                gdp_publisher, strftime(gdp_published_on, '%Y-%m-%d') as edition, rate_date, rate_source,
                deflator_editions
            from fct_spending
            where definition = 'integrated_budget' and is_preferred and fiscal_year = ?
            """,
            params=[year],
        )
        .pl()
        .row(0, named=True)
    )
    quotes = warehouse.execute(
        "select units_per_eur from dim_exchange_rate "
        "where grain = 'day' and currency = 'USD' and year(period_start) = ?",
        [year],
    ).fetchall()
    amount = Fraction(BUDGET[year]) * 10**9
    dollars = amount * sum(Fraction(quote) for (quote,) in quotes) / len(quotes)
    level, edition = GDP[year]
    assert row["amount_eur"] == amount
    assert float(row["amount_usd"]) == pytest.approx(float(dollars), rel=1e-6)
    assert float(row["amount_eur_constant"]) == pytest.approx(
        float(amount * IN_PRICES_OF_2024[year]), rel=1e-6
    )
    assert float(row["share_of_gdp_computed_pct"]) == pytest.approx(
        float(100 * amount / (level * 10**6)), abs=5.1e-5
    )
    assert (row["gdp_publisher"], row["edition"]) == ("Istat", edition)
    assert row["rate_date"].year == year
    assert row["rate_source"]
    assert row["deflator_editions"]
    if year - 1 in BUDGET:
        growth = 100 * (Fraction(BUDGET[year]) / Fraction(BUDGET[year - 1]) - 1)
        assert float(row["growth_computed_pct"]) == pytest.approx(float(growth), abs=5.1e-3)


def test_the_share_of_2024_is_one_point_four_seven(warehouse: duckdb.DuckDBPyConnection) -> None:
    share = "select round(share_of_gdp_computed_pct, 2) from fct_spending"
    rows = warehouse.execute(
        f"{share} where definition = 'integrated_budget' and fiscal_year = 2024"
    ).fetchall()
    assert rows == [(Decimal("1.47"),)]


def test_a_day_in_the_past_takes_the_editions_of_that_day(
    built_database: Path, earlier_database: Path
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{built_database}' as today (read_only)")
        connection.execute(f"attach '{earlier_database}' as earlier (read_only)")
        share = connection.execute(
            "select round(share_of_gdp_computed_pct, 2), strftime(gdp_published_on, '%Y-%m-%d') "
            "from earlier.fct_spending where definition = 'integrated_budget' and fiscal_year = 2024"
        ).fetchall()
        changed = {
            (definition, year, column)
            for column in _columns(connection)
            for definition, year in connection.execute(
                f"select a.definition, a.fiscal_year from today.fct_spending as a "
                f"join earlier.fct_spending as b "
                f"using (country_id, service_id, definition, fiscal_year, document_id) "
                f"where a.{column} is distinct from b.{column}"
            ).fetchall()
        }
        tables = {
            table
            for (table,) in connection.execute(
                "select table_name from duckdb_tables() "
                "where database_name = 'today' and schema_name in ('main', 'raw')"
            ).fetchall()
            if _differ(connection, table)
        }
    assert share == [(Decimal("1.47"), "2025-03-03")]
    gdp = {"gdp_eur", "gdp_published_on", "share_of_gdp_computed_pct"}
    # Of 2022 the edition was the same. No deflator of 2024 was known, so constant prices stop there.
    assert {column for definition, year, column in changed if year == 2022} == {
        "amount_eur_constant",
        "deflator_editions",
    }
    assert {column for definition, year, column in changed if year == 2024} == gdp
    # The mean of 2025 is known when the year is over.
    assert {column for definition, year, column in changed} == gdp | {
        "amount_eur_constant",
        "amount_usd",
        "conversion_gap",
        "deflator_editions",
        "gdp_publisher",
        "rate_date",
        "rate_grain",
        "rate_source",
        "rate_start",
        "units_per_eur",
        "usd_per_eur",
    }
    assert tables == {
        "bridge_claim_figure",
        "dim_exchange_rate",
        "dim_macro_edition",
        "fct_claim",
        "fct_commitment",
        "fct_deal",
        "fct_disagreement",
        "fct_spending",
        "fct_spending_bridge",
    }


def _columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("describe today.fct_spending").fetchall()]


def _differ(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    schema = connection.execute(
        "select schema_name from duckdb_tables() where database_name = 'today' and table_name = ?", [table]
    ).fetchall()[0][0]
    one, other = (f"{name}.{schema}.{table}" for name in ("today", "earlier"))
    return bool(
        connection.execute(
            f"(from {one} except all from {other}) union all (from {other} except all from {one}) limit 1"
        ).fetchall()
    )
