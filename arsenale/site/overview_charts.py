"""The drawings of the first page: amounts by year, shares of GDP and what is pledged, the services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from arsenale.site.chart import (
    HALF,
    LEADS,
    NARROW,
    Chart,
    Drawings,
    Spec,
    colour,
    colour_of,
    tip,
    to,
    values,
)
from arsenale.site.content import Content, Row
from arsenale.site.language import Language

BILLION = Decimal(10**9)
HEIGHT = 300
CLOSE = Decimal(6)
"""Billions of euro: labels of nearer points of one year would overlap."""

ASIDE = 0.16
"""Years: what is worked out stands this far beside what is printed, or its interval would hide it."""

LABEL: dict[str, Spec] = {
    "above": {"dy": -13},
    "below": {"dy": 16},
    "left": {"dy": -12, "dx": 5, "align": "right"},
    "right": {"dx": 10, "align": "left"},
}
"""Where the label of a dot stands."""


def charts(
    content: Content, language: Language, drawings: Drawings, shown: Mapping[str, Any]
) -> dict[str, Chart]:
    """Return the drawings of the page.

    Args:
        content: The release.
        language: The reader's.
        drawings: What draws, and remembers.
        shown: The rows that the page shows as tables, by name.
    """
    amounts, shares, targets = shown["amounts"], shown["shares"], shown["targets"]
    services, by_service, base = shown["services"], shown["by_service"], shown["base_year"]
    constant = [
        row
        | {"amount": row["constant"], "low": row["constant"], "high": row["constant"], "is_computed": False}
        for row in amounts
        if row["constant"] is not None
    ]
    # Both drawings of amounts have one scale, so that they can be compared.
    most = max([float(row["high"] / BILLION) for row in amounts], default=1.0)
    return {
        "current": drawings.chart(
            "current",
            language.say("overview.current.title"),
            language.say("overview.current.says"),
            lambda width: _by_year(amounts, content, language, most, width),
            _legend(amounts, content, language),
            wide=HALF,
        ),
        "constant": drawings.chart(
            "constant",
            language.say("overview.constant.title", year=base),
            language.say("overview.constant.says", year=base),
            lambda width: _by_year(constant, content, language, most, width),
            _legend(constant, content, language),
            wide=HALF,
        ),
        "share": drawings.chart(
            "share",
            language.say("overview.share.title"),
            language.say("overview.share.says"),
            lambda width: _share_chart(shares, targets, content, language, width),
            _legend(shares, content, language),
        ),
        "services": drawings.chart(
            "services",
            language.say("overview.services.title"),
            language.say("overview.services.says"),
            lambda width: _service_chart(by_service, services, content, language, width),
        ),
    }


def _legend(rows: Iterable[Row], content: Content, language: Language) -> list[tuple[str, str]]:
    return [
        (colour_of(one), _named(one, content, language))
        for one in dict.fromkeys(row["definition"] for row in rows)
    ]


def _named(definition: str, content: Content, language: Language) -> str:
    return language.name("definition", definition, content.definitions[definition]["name"])


def _by_year(rows: Sequence[Row], content: Content, language: Language, most: float, width: int) -> Spec:
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
                    "mark": {"type": "text", "fontWeight": "bold"} | LABEL[place],
                    "encoding": text,
                }
                for place in LABEL
            ),
        ],
    }


def _said_of(row: Row, amount: str, content: Content, language: Language) -> str:
    """Return what a dot says of itself."""
    return tip(f"{_named(row['definition'], content, language)}, {row['fiscal_year']}: {amount}")


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
                f"{_named(row['definition'], content, language)}, {row['due_year']}: "
                f"{language.between(row['target_low'], row['target_high'], row['unit'])}"
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
            "tip": tip(
                f"{language.name('service', row['service_id'], services[row['service_id']]['name'])}: "
                f"{language.between(row['low'], row['high'], 'EUR', 2)}"
            ),
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
                "encoding": {
                    "y": place,
                    "x": length | {"field": "high"},
                    "text": {"field": "label"},
                    **LEADS,
                },
            },
        ],
    }
