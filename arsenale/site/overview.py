"""The first page: what Italy spends on defence under each definition, and why the numbers differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from arsenale.site.chart import (
    HALF,
    LEADS,
    NARROW,
    SERIES,
    Chart,
    Drawings,
    Spec,
    colour,
    colour_of,
    tip,
    to,
    values,
)
from arsenale.site.content import Content, Row, by
from arsenale.site.language import Language

COUNTRY = "ITA"
WHOLES = ("whole_of_government", "ministry")
"""Kinds of holders whose money is drawn year by year; a fund or a service is a part of these."""

BILLION = Decimal(10**9)
HEIGHT = 300
CLOSE = Decimal(6)
"""Billions of euro: labels of nearer points of one year would overlap."""

ASIDE = 0.16
"""Years: what is worked out stands this far beside what is printed, or its interval would hide it."""

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
    return {
        "spending": spending,
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
        "charts": _charts(content, language, drawings, amounts, spending, services),
    }


def _in_order(spending: Iterable[Row], services: dict[str, Row]) -> list[Row]:
    """Return spending as a reader asks for it: the country's own, the newest year, the whole before its parts."""

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
                "low": amount / figure["value"] * figure["rounding_low"],
                "high": amount / figure["value"] * figure["rounding_high"],
                "constant": None,
                "share": figure["value"],
                "status": figure["status"],
                "figure_id": row[f"figure_id_{side}"],
                "is_computed": True,
                "from": f"fct_spending_bridge.amount_{side}_eur",
            }
    return list(found.values())


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


def _charts(  # noqa: PLR0913, PLR0917 - what the drawings are made of
    content: Content,
    language: Language,
    drawings: Drawings,
    amounts: Sequence[Row],
    spending: Sequence[Row],
    services: dict[str, Row],
) -> dict[str, Chart]:
    definitions = list(dict.fromkeys(row["definition"] for row in amounts))
    legend = [
        (colour_of(one), language.name("definition", one, content.definitions[one]["name"]))
        for one in definitions
    ]
    base = _base_year(spending)
    constant = [
        row
        | {"amount": row["constant"], "low": row["constant"], "high": row["constant"], "is_computed": False}
        for row in amounts
        if row["constant"] is not None
    ]
    # Both drawings of amounts have one scale, so that they can be compared.
    most = max([float(row["high"] / BILLION) for row in amounts], default=1.0)
    shares, targets = _shares(content, spending, services), _targets(content)
    share_legend = [
        (colour_of(one), language.name("definition", one, content.definitions[one]["name"]))
        for one in dict.fromkeys(row["definition"] for row in shares)
    ]
    return {
        "current": drawings.chart(
            "current",
            language.say("overview.current.title"),
            language.say("overview.current.says"),
            lambda width: _by_year(amounts, content, language, most, width),
            legend,
            wide=HALF,
        ),
        "constant": drawings.chart(
            "constant",
            language.say("overview.constant.title", year=base),
            language.say("overview.constant.says", year=base),
            lambda width: _by_year(constant, content, language, most, width),
            [one for one in legend if one[0] in {colour_of(row["definition"]) for row in constant}],
            wide=HALF,
        ),
        "share": drawings.chart(
            "share",
            language.say("overview.share.title"),
            language.say("overview.share.says"),
            lambda width: _share_chart(shares, targets, content, language, width),
            share_legend,
        ),
        "services": drawings.chart(
            "services",
            language.say("overview.services.title"),
            language.say("overview.services.says"),
            lambda width: _service_chart(
                _by_service(content, spending, services), services, content, language, width
            ),
        ),
    }


def _by_year(
    rows: Sequence[Row], content: Content, language: Language, most: float, width: int
) -> Spec:
    """Amounts by year: a line through each definition's, intervals as rules, computed ones hollow."""
    years = sorted({row["fiscal_year"] for row in rows})
    drawn = []
    for row in rows:
        value = row["amount"] / BILLION
        others = [other for other in rows if other["fiscal_year"] == row["fiscal_year"] and other is not row]
        below = any(0 < other["amount"] / BILLION - value < CLOSE for other in others)
        if row["high"] - row["low"] > 2 * CLOSE * BILLION:
            # Its interval runs through where its label would be.
            place = "right"
        elif below:
            place = "below"
        elif any(other["low"] < row["amount"] < other["high"] for other in others):
            # Another's interval runs beside it.
            place = "left"
        else:
            place = "above"
        drawn.append(
            {
                "x": row["fiscal_year"] + (ASIDE if row["is_computed"] else 0),
                "y": value,
                "low": row["low"] / BILLION,
                "high": row["high"] / BILLION,
                "label": language.number(value, 1),
                "place": place,
                "tip": _said_of(row, language.money(row["amount"], "EUR", 1), content, language),
                "to": to(content.addresses.evidence(row["figure_id"])),
                "series": row["definition"],
                "colour": colour(colour_of(row["definition"])),
                "hollow": row["is_computed"],
            }
        )
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "axis": {"values": years, "format": "d", "title": None},
        "scale": {
            "domain": [years[0] - 0.35, years[-1] + (0.55 if width > NARROW else 0.85)],
            "nice": False,
            "zero": False,
        },
    }
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": {
            "title": language.say("axis.billion_eur"),
            "tickCount": 5,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": 0,
            "titleY": -12,
        },
        "scale": {"domain": [0, most], "nice": True},
    }
    shade: Spec = {"field": "colour", "type": "nominal", "scale": None}
    text: Spec = {"x": x, "y": y, "text": {"field": "label"}, "color": shade, **LEADS}
    return {
        "height": HEIGHT,
        "padding": {"left": 4, "right": 4, "top": 20, "bottom": 4},
        "data": values(drawn),
        "layer": [
            {
                "transform": [{"filter": "!datum.hollow"}],
                "mark": {"type": "line"},
                "encoding": {"x": x, "y": y, "color": shade, "detail": {"field": "series"}},
            },
            {
                "transform": [{"filter": "datum.high - datum.low > 0.5"}],
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.28},
                "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": shade},
            },
            *_dots(x, y, shade),
            *(
                {
                    "transform": [{"filter": f"datum.place == '{place}'"}],
                    "mark": {"type": "text", "fontWeight": "bold", **LABEL[place]},
                    "encoding": text,
                }
                for place in LABEL
            ),
        ],
    }


LABEL: dict[str, Spec] = {
    "above": {"dy": -13},
    "below": {"dy": 16},
    "left": {"dy": -12, "dx": 5, "align": "right"},
    "right": {"dx": 10, "align": "left"},
}
"""Where the label of a dot stands."""


def _said_of(row: Row, amount: str, content: Content, language: Language) -> str:
    """Return what a dot says of itself."""
    definition = content.definitions[row["definition"]]
    name = language.name("definition", row["definition"], definition["name"])
    return tip(f"{name}, {row['fiscal_year']}: {amount}")


def _dots(x: Spec, y: Spec, shade: Spec) -> list[Spec]:
    """A full dot where a document prints the amount, a hollow one where it was computed."""
    return [
        {
            "transform": [{"filter": "!datum.hollow"}],
            "mark": {"type": "point"},
            "encoding": {"x": x, "y": y, "color": shade, **LEADS},
        },
        {
            "transform": [{"filter": "datum.hollow"}],
            "mark": {"type": "point", "filled": True, "fill": colour("raised"), "strokeWidth": 2.5},
            "encoding": {"x": x, "y": y, "stroke": shade, **LEADS},
        },
    ]


def _share_chart(
    shares: Sequence[Row], targets: Sequence[Row], content: Content, language: Language, width: int
) -> Spec:
    """Shares of GDP up to now, and what is pledged: targets are hollow diamonds, the way there is dashed."""
    first = min(row["fiscal_year"] for row in shares)
    last = max([*(row["due_year"] for row in targets), *(row["fiscal_year"] for row in shares)])
    newest = max(row["fiscal_year"] for row in shares)
    order = list(dict.fromkeys(row["definition"] for row in shares))
    dodge = {one: (place - (len(order) - 1) / 2) * 0.16 for place, one in enumerate(order)}
    now = [
        {
            "x": row["fiscal_year"] + dodge[row["definition"]],
            "y": row["share"],
            "low": row["low"],
            "high": row["high"],
            "series": row["definition"],
            "colour": colour(colour_of(row["definition"])),
            "hollow": row["is_computed"],
            "label": language.quantity(row["share"], "percent"),
            "is_newest": row["fiscal_year"] == newest and not row["is_computed"],
            "tip": _said_of(row, language.quantity(row["share"], "percent", 2), content, language),
            "to": to(content.addresses.evidence(row["figure_id"])),
        }
        for row in shares
    ]
    ahead = [
        {
            "x": row["due_year"],
            "y": row["target_low"] or row["target_high"],
            "label": language.say(
                "overview.share.target",
                share=language.quantity(row["target_low"] or row["target_high"], row["unit"]),
                what=language.say(f"overview.share.{row['definition']}")
                if language.knows(f"overview.share.{row['definition']}")
                else language.name("definition", row["definition"], row["definition"]),
            ),
            "colour": colour("c2"),
            "tip": tip(
                f"{language.name('definition', row['definition'], content.definitions[row['definition']]['name'])}, "
                f"{row['due_year']}: {language.between(row['target_low'], row['target_high'], row['unit'])}"
            ),
            "to": to(content.addresses.evidence(row["figure_id"])),
        }
        for row in targets
    ]
    way = [
        {
            "x": row["latest_period"].year + dodge.get("nato", 0),
            "y": row["latest_reported"],
            "x2": row["due_year"],
            "y2": row["target_low"],
        }
        for row in targets
        if row["latest_reported"] is not None
    ]
    years = [
        year for year in range(first, last + 1) if width > NARROW or (year - last) % 5 == 0 or year == first
    ]
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "axis": {"values": years, "format": "d", "title": None, "labelOverlap": True},
        "scale": {"domain": [first - 0.5, last + 0.5], "nice": False, "zero": False},
    }
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": {
            "title": language.say("axis.share_of_gdp"),
            "values": [0, 1, 2, 3, 4, 5],
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": 0,
            "titleY": -12,
        },
        "scale": {"domain": [0, 5.6]},
    }
    shade: Spec = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "height": HEIGHT,
        "padding": {"left": 4, "right": 4, "top": 20, "bottom": 4},
        "layer": [
            {
                "data": values(way),
                "mark": {
                    "type": "rule",
                    "strokeDash": [3, 5],
                    "strokeWidth": 2,
                    "color": colour("c2"),
                    "strokeCap": "round",
                },
                "encoding": {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}},
            },
            {
                "data": values(now),
                "layer": [
                    {
                        "transform": [{"filter": "datum.high - datum.low > 0.05"}],
                        "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.28},
                        "encoding": {
                            "x": x,
                            "y": y | {"field": "low"},
                            "y2": {"field": "high"},
                            "color": shade,
                        },
                    },
                    {
                        "mark": {"type": "line", "strokeWidth": 1.5},
                        "transform": [{"filter": "datum.hollow"}],
                        "encoding": {"x": x, "y": y, "color": shade, "detail": {"field": "series"}},
                    },
                    *_dots(x, y, shade),
                    {
                        "transform": [{"filter": "datum.is_newest"}],
                        "mark": {"type": "text", "align": "right", "dx": -9, "fontWeight": "bold"},
                        "encoding": {"x": x, "y": y, "text": {"field": "label"}, "color": shade, **LEADS},
                    },
                ],
            },
            {
                "data": values(ahead),
                "mark": {
                    "type": "point",
                    "shape": "diamond",
                    "size": 150,
                    "fill": colour("raised"),
                    "strokeWidth": 2,
                },
                "encoding": {"x": x, "y": y, "stroke": shade, **LEADS},
            },
            {
                "data": values(ahead),
                "mark": {"type": "text", "align": "right", "dx": 8, "dy": -16},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}, **LEADS},
            },
        ],
    }


def _service_chart(
    rows: Sequence[Row], services: dict[str, Row], content: Content, language: Language, width: int
) -> Spec:
    """Direct costs of each service: bars, with what the printed digits leave open."""
    drawn = [
        {
            "name": language.name("service", row["service_id"], services[row["service_id"]]["name"]),
            "y": row["amount_eur"] / BILLION,
            "low": row["low"] / BILLION,
            "high": row["high"] / BILLION,
            "label": language.money(row["amount_eur"], "EUR"),
            "tip": tip(language.between(row["low"], row["high"], "EUR", 2)),
            "to": to(content.addresses.evidence(row["figure_id"])),
        }
        for row in rows
    ]
    place: Spec = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": None,
    }
    length: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {
            "domainMin": 0,
            "nice": False,
            # Room for the longest bar's amount behind it.
            "domainMax": max([float(row["high"]) for row in drawn], default=1.0)
            * (1.25 if width > NARROW else 1.7),
        },
    }
    shade = colour("c4")
    return {
        "height": {"step": 58},
        "data": values(drawn),
        "layer": [
            {
                "mark": {"type": "bar", "height": 22, "yOffset": 10, "color": shade},
                "encoding": {"y": place, "x": length, **LEADS},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 2, "yOffset": 10, "color": colour("ink")},
                "encoding": {"y": place, "x": length | {"field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "text", "align": "left", "yOffset": -12, "color": colour("soft")},
                "encoding": {"y": place, "x": {"value": 0}, "text": {"field": "name"}},
            },
            {
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 8,
                    "yOffset": 10,
                    "fontWeight": "bold",
                },
                "encoding": {"y": place, "x": length | {"field": "high"}, "text": {"field": "label"}, **LEADS},
            },
        ],
    }
