"""Pledges: the target, the latest figure on the same definition, what lies between, and the pace needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arsenale.site.chart import LEADS, NARROW, Chart, Drawings, Spec, colour, tip, to, values
from arsenale.site.content import Content, Row, by
from arsenale.site.language import Language

ORDER = ("standing", "bill", "proposed", "met", "suspended", "superseded")


def page(content: Content, language: Language, drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    parties = by("party_id", content.rows["dim_party"])
    pledges = sorted(
        content.rows["fct_commitment"],
        key=lambda row: (
            row["party_id"] != "ITA",
            ORDER.index(row["status"]),
            -(row["due_year"] or 0),
            row["figure_id"],
        ),
    )
    # Shares of GDP: the page speaks of points, and draws on an axis of per cent.
    measured = [
        row
        for row in pledges
        if row["unit"] == "percent_of_gdp" and row["latest_reported"] is not None and row["due_year"]
    ]
    return {
        "pledges": pledges,
        "parties": parties,
        "measured": measured,
        "goals": [_goal(row, content, language) for row in measured],
        "charts": [_chart(row, content, language, drawings) for row in measured],
    }


def _chart(row: Row, content: Content, language: Language, drawings: Drawings) -> Chart:
    title = language.say("pledges.chart.title", goal=_goal(row, content, language))
    return drawings.chart(
        f"pledge-{row['figure_id'].replace('@', '-')}",
        title,
        language.say("pledges.chart.says"),
        lambda width: _spec(row, content, language, width),
    )


def _goal(row: Row, content: Content, language: Language) -> str:
    """Name what is pledged: the definition that the money is counted by, else what is measured."""
    if row["definition"] is None:
        return language.term("measure", row["measure"])
    return language.name("definition", row["definition"], content.definitions[row["definition"]]["name"])


def _spec(row: Row, content: Content, language: Language, width: int) -> Spec:
    """Year by year from the latest to the target: what is reported is full, what is needed is hollow."""
    first, last = row["latest_period"].year, row["due_year"]
    target = row["target_low"] if row["target_low"] is not None else row["target_high"]
    top = max(4.0, float(target) + 0.5)
    steps = [
        {
            "x": year,
            "y": row["latest_reported"] + row["pace_per_year"] * (year - first),
            "is_now": year == first,
            "tip": tip(
                f"{year}: "
                + language.quantity(
                    row["latest_reported"] + row["pace_per_year"] * (year - first), row["unit"], 2
                )
            ),
            "to": to(
                content.addresses.evidence(row["latest_figure_id"] if year == first else row["figure_id"])
            ),
        }
        for year in range(first, last + 1)
    ]
    marked: Sequence[Row] = [
        {
            "x": first,
            "y": row["latest_reported"],
            "label": language.quantity(row["latest_reported"], row["unit"]),
            "tip": tip(str(first)),
            "to": to(content.addresses.evidence(row["latest_figure_id"])),
        },
        {
            "x": last,
            "y": target,
            "label": language.quantity(target, row["unit"]),
            "tip": tip(str(last)),
            "to": to(content.addresses.evidence(row["figure_id"])),
        },
    ]
    x: Spec = {
        "field": "x",
        "type": "quantitative",
        "axis": {
            "values": list(range(first, last + 1, 1 if width > NARROW else 2)),
            "format": "d",
            "title": None,
        },
        "scale": {"domain": [first - 0.6, last + 0.6], "nice": False, "zero": False},
    }
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": {
            "title": language.say("axis.share_of_gdp"),
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
            "titleX": 0,
            "titleY": -12,
            "format": "d",
            "values": list(range(int(top) + 1)),
        },
        "scale": {"domain": [0, top]},
    }
    # What the latest figure leaves open, as the distance has it; "more than" has no other end to draw.
    ends = [row["distance_high"], row["distance_low"]]
    interval = [] if None in ends else [{"x": first, "low": target - ends[0], "high": target - ends[1]}]
    return {
        "height": 220,
        "padding": {"left": 4, "right": 4, "top": 20, "bottom": 4},
        "layer": [
            {
                "data": values([{"x": first - 0.6, "x2": last + 0.6, "y": target}]),
                "mark": {"type": "rule", "color": colour("c2"), "strokeWidth": 1},
                "encoding": {"x": x, "x2": {"field": "x2"}, "y": y},
            },
            {
                "data": values(interval),
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.28, "color": colour("c2")},
                "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": values(steps),
                "mark": {"type": "line", "strokeDash": [3, 5], "color": colour("c2"), "strokeWidth": 2},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": values([step for step in steps if not step["is_now"]]),
                "mark": {
                    "type": "point",
                    "size": 60,
                    "fill": colour("raised"),
                    "stroke": colour("c2"),
                    "strokeWidth": 2,
                },
                "encoding": {"x": x, "y": y, **LEADS},
            },
            {
                "data": values([step for step in steps if step["is_now"]]),
                "mark": {"type": "point", "size": 110, "color": colour("c2")},
                "encoding": {"x": x, "y": y, **LEADS},
            },
            {
                "data": values(marked),
                "mark": {"type": "text", "dy": -16, "fontWeight": "bold"},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}, **LEADS},
            },
        ],
    }
