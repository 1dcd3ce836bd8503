"""The first page: what Italy spends on defence under each definition, and why the numbers differ."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from arsenale.site.chart import SERIES, Drawings
from arsenale.site.content import Content, Row, by
from arsenale.site.language import Language
from arsenale.site.overview_charts import charts

COUNTRY = "ITA"
WHOLES = ("whole_of_government", "ministry")
"""Kinds of holders whose money is drawn year by year; a fund or a service is a part of these."""

TABLE_ORDER = ("whole_of_government", "ministry", "fund", "armed_service")
"""Kinds of holders, from the whole to its parts."""


def page(content: Content, language: Language, drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    spending = [row for row in content.rows["fct_spending"] if row["country_id"] == COUNTRY]
    services = by("service_id", content.rows["dim_service"])
    amounts = [*_printed(content, spending, services), *_from_shares(content)]
    amounts.sort(key=lambda row: (SERIES.index(row["definition"]), row["fiscal_year"]))
    latest = max((row["fiscal_year"] for row in amounts), default=None)
    drawn = {row["definition"] for row in amounts}
    shown = {
        "all_spending": _in_order(content.rows["fct_spending"], services),
        "services": services,
        "amounts": amounts,
        "latest": latest,
        "of_latest": sorted(
            (row for row in amounts if row["fiscal_year"] == latest), key=lambda row: row["amount"]
        ),
        "shares": _shares(content, spending, services),
        "targets": _targets(content),
        "by_service": _by_service(content, spending, services),
        "bridges": [
            row
            for row in content.rows["fct_spending_bridge"]
            if row["fiscal_year"] == latest and {row["definition_a"], row["definition_b"]} <= drawn
        ],
        "base_year": _base_year(spending),
    }
    return shown | {"charts": charts(content, language, drawings, shown)}


def _in_order(spending: Iterable[Row], services: dict[str, Row]) -> list[Row]:
    """Return spending as a reader asks for it: the country's own, newest first, wholes before parts."""

    def place(row: Row) -> tuple[Any, ...]:
        kind = services[row["service_id"]]["kind"]
        return (
            row["country_id"] != COUNTRY,
            row["country_id"],
            -row["fiscal_year"],
            TABLE_ORDER.index(kind) if kind in TABLE_ORDER else len(TABLE_ORDER),
            -(row["amount_eur"] or 0),
        )

    return sorted(spending, key=place)


def _printed(content: Content, spending: Iterable[Row], services: dict[str, Row]) -> list[Row]:
    """Return the amounts that documents print, with what their printed digits leave open."""
    found = []
    for row in spending:
        if row["amount_eur"] is None or services[row["service_id"]]["kind"] not in WHOLES:
            continue
        figure = content.figures[row["figure_id"]]
        per_printed = row["amount_eur"] / row["amount"]
        found.append(
            {
                "definition": row["definition"],
                "fiscal_year": row["fiscal_year"],
                "amount": row["amount_eur"],
                "low": figure["rounding_low"] * per_printed,
                "high": figure["rounding_high"] * per_printed,
                "constant": row["amount_eur_constant"],
                "share": row["share_of_gdp_computed_pct"],
                "status": row["status"],
                "figure_id": row["figure_id"],
                "is_computed": False,
                "from": "fct_spending.amount_eur",
            }
        )
    return found


def _from_shares(content: Content) -> list[Row]:
    """Return the amounts that follow from a printed share of GDP: where only that is printed."""
    found: dict[tuple[str, int], Row] = {}
    for row in content.rows["fct_spending_bridge"]:
        for side in ("a", "b"):
            if row["country_id"] != COUNTRY or row[f"basis_{side}"] != "share_of_gdp":
                continue
            figure = content.figures[row[f"figure_id_{side}"]]
            amount = row[f"amount_{side}_eur"]
            found[row[f"definition_{side}"], row["fiscal_year"]] = {
                "definition": row[f"definition_{side}"],
                "fiscal_year": row["fiscal_year"],
                "amount": amount,
                "low": _or(row[f"amount_{side}_eur_low"], amount),
                "high": _or(row[f"amount_{side}_eur_high"], amount),
                "constant": None,
                "share": figure["value"],
                "status": figure["status"],
                "figure_id": row[f"figure_id_{side}"],
                "is_computed": True,
                "from": f"fct_spending_bridge.amount_{side}_eur",
            }
    return list(found.values())


def _or(end: Decimal | None, amount: Decimal) -> Decimal:
    """Return an end that can be drawn: an open one is where the amount is."""
    return amount if end is None else end


def _shares(content: Content, spending: Iterable[Row], services: dict[str, Row]) -> list[Row]:
    """Return shares of GDP: printed ones with their interval, computed ones as they are."""
    found = []
    for row in spending:
        if services[row["service_id"]]["kind"] not in WHOLES:
            continue
        if row["share_figure_id"]:
            figure = content.figures[row["share_figure_id"]]
            found.append(
                _share(
                    row,
                    row["share_of_gdp_reported_pct"],
                    row["share_figure_id"],
                    "fct_spending.share_of_gdp_reported_pct",
                )
                | {"low": figure["rounding_low"], "high": figure["rounding_high"], "is_computed": False}
            )
        elif row["share_of_gdp_computed_pct"] is not None:
            share = row["share_of_gdp_computed_pct"]
            found.append(
                _share(row, share, row["figure_id"], "fct_spending.share_of_gdp_computed_pct")
                | {"low": share, "high": share, "is_computed": True}
            )
    return found


def _share(row: Row, share: Decimal, figure_id: str, source: str) -> Row:
    return {
        "definition": row["definition"],
        "fiscal_year": row["fiscal_year"],
        "share": share,
        "figure_id": figure_id,
        "status": row["status"],
        "from": source,
    }


def _targets(content: Content) -> list[Row]:
    """Return the standing targets as shares of GDP with a due year: the country's, else the allies'."""
    found: dict[str, Row] = {}
    for row in content.rows["fct_commitment"]:
        is_dated_share = row["unit"] == "percent_of_gdp" and row["status"] == "standing" and row["due_year"]
        if is_dated_share and (row["party_id"] == COUNTRY or row["definition"] not in found):
            found[row["definition"]] = row
    return sorted(found.values(), key=lambda row: -(row["target_low"] or row["target_high"]))


def _by_service(content: Content, spending: Iterable[Row], services: dict[str, Row]) -> list[Row]:
    found = []
    for row in spending:
        if services[row["service_id"]]["kind"] == "armed_service" and row["amount_eur"] is not None:
            figure = content.figures[row["figure_id"]]
            found.append(row | {"low": figure["rounding_low"], "high": figure["rounding_high"]})
    return sorted(found, key=lambda row: (-row["fiscal_year"], -row["amount_eur"]))


def _base_year(spending: Iterable[Row]) -> int | None:
    """Return the year of whose prices constant amounts are: the one that needs no deflator."""
    return next((row["fiscal_year"] for row in spending if row["deflator_editions"] == "base year"), None)
