"""People and equipment sent to operations: ceilings apart from counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arsenale.site.chart import LEADS, NARROW, Chart, Drawings, Spec, colour, tip, to, values
from arsenale.site.content import Content, Row, by
from arsenale.site.language import EN_DASH, Language


def page(content: Content, language: Language, drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    operations = by("operation_id", content.rows["dim_operation"])
    parties = by("party_id", content.rows["dim_party"])
    figures = _figures(content)
    rows = [
        row
        | {
            "figures": figures.get(row["deployment_id"], {}),
            "operation": language.name(
                "operation", row["operation_id"], operations[row["operation_id"]]["name"]
            ),
            "contributor": language.name(
                "party", row["contributor_id"], parties[row["contributor_id"]]["name"]
            ),
            "people": _people(row, language),
        }
        for row in content.rows["fct_deployment"]
    ]
    rows.sort(
        key=lambda row: (row["personnel_high"] is None, -(row["personnel_high"] or row["personnel_low"] or 0))
    )
    events: dict[str, list[Row]] = {}
    for event in content.rows["fct_event"]:
        if event["operation_id"]:
            events.setdefault(event["operation_id"], []).append(event)
    other: dict[str, list[Row]] = {}
    for figure in content.rows["fct_figure"]:
        if figure["operation_id"]:
            other.setdefault(figure["operation_id"], []).append(figure)
    return {
        "deployments": rows,
        "operations": content.rows["dim_operation"],
        "parties": parties,
        "events_of": events,
        "figures_of": other,
        "chart": _chart(rows, content, language, drawings) if rows else None,
    }


def _figures(content: Content) -> dict[str, dict[str, str]]:
    """Return the figure behind each number of a deployment, by what it counts."""
    found: dict[str, dict[str, str]] = {}
    for row in content.rows["bridge_deployment_figure"]:
        found.setdefault(row["deployment_id"], {})[row["measure"].removeprefix("deployed_")] = row[
            "figure_id"
        ]
    return found


def _people(row: Row, language: Language) -> str:
    low, high = row["personnel_low"], row["personnel_high"]
    if row["modality"] == "range":
        return f"{language.number(low)}{EN_DASH}{language.number(high)}"
    mark = {"maximum": "≤ ", "minimum": "≥ ", "approximate": "≈ "}.get(row["modality"], "")
    value = high if high is not None else low
    return f"{mark}{language.number(value)}" if value is not None else ""


def _chart(rows: Sequence[Row], content: Content, language: Language, drawings: Drawings) -> Chart:
    return drawings.chart(
        "people",
        language.say("deployments.chart.title"),
        language.say("deployments.chart.says"),
        lambda width: _spec(
            [row for row in rows if row["personnel_high"] or row["personnel_low"]], content, language, width
        ),
        [
            (mark, language.say(f"deployments.is.{modality}"))
            for mark, modality in (
                ("ceiling", "maximum"),
                ("count", "exact"),
                ("about", "approximate"),
                ("range", "range"),
            )
        ],
    )


def _spec(rows: Sequence[Row], content: Content, language: Language, width: int) -> Spec:
    """A row per deployment: a ceiling is an open bar that ends in a wall, a count a dot, a range a bar."""
    drawn = [
        {
            "id": row["deployment_id"],
            "name": ", ".join(
                part
                for part in (
                    row["operation"],
                    language.period(row["period_start"], row["period_end"]),
                    row["contributor"],
                )
                if part
            ),
            "low": row["personnel_low"] or 0,
            "high": row["personnel_high"] or row["personnel_low"],
            "kind": row["modality"],
            "label": row["people"],
            "tip": tip(
                f"{row['operation']}: {row['people']}, {language.say('deployments.is.' + row['modality'])}"
            ),
            "to": to(content.addresses.evidence(row["figures"]["personnel"])),
        }
        for row in rows
    ]
    far = max(row["high"] for row in drawn)
    y: Spec = {"field": "id", "type": "nominal", "sort": [row["id"] for row in drawn], "axis": None}
    x: Spec = {
        "field": "high",
        "type": "quantitative",
        "scale": {"domain": [0, far * (1.16 if width > NARROW else 1.3)], "nice": False},
        "axis": {
            "title": None,
            "grid": True,
            "values": list(range(0, far + 1, 1000 if width > NARROW else 2000)),
            "format": "d",
        },
    }
    return {
        "height": {"step": 46},
        "data": values(drawn),
        "layer": [
            {
                # From the name to what is far to its right.
                "transform": [{"filter": "datum.kind != 'maximum'"}],
                "mark": {"type": "rule", "strokeWidth": 1, "yOffset": 9, "color": colour("faint")},
                "encoding": {"y": y, "x": x, "x2": {"datum": 0}},
            },
            {
                "transform": [{"filter": "datum.kind == 'maximum'"}],
                "mark": {
                    "type": "bar",
                    "height": 12,
                    "yOffset": 9,
                    "fill": colour("c1"),
                    "fillOpacity": 0.12,
                    "stroke": colour("c1"),
                    "strokeWidth": 1,
                    "strokeDash": [3, 3],
                    "cornerRadius": 0,
                },
                "encoding": {"y": y, "x": x, **LEADS},
            },
            {
                "transform": [{"filter": "datum.kind == 'maximum'"}],
                "mark": {"type": "tick", "thickness": 3, "size": 20, "yOffset": 9, "color": colour("c1")},
                "encoding": {"y": y, "x": x, **LEADS},
            },
            {
                "transform": [{"filter": "datum.kind == 'range'"}],
                "mark": {"type": "bar", "height": 10, "yOffset": 9, "color": colour("c2"), "cornerRadius": 5},
                "encoding": {"y": y, "x": x | {"field": "low"}, "x2": {"field": "high"}, **LEADS},
            },
            {
                "transform": [{"filter": "datum.kind == 'exact'"}],
                "mark": {"type": "point", "size": 110, "yOffset": 9, "color": colour("c2")},
                "encoding": {"y": y, "x": x, **LEADS},
            },
            {
                "transform": [{"filter": "datum.kind == 'approximate' || datum.kind == 'minimum'"}],
                "mark": {
                    "type": "point",
                    "size": 110,
                    "yOffset": 9,
                    "fill": colour("raised"),
                    "stroke": colour("c2"),
                    "strokeWidth": 2.5,
                },
                "encoding": {"y": y, "x": x, **LEADS},
            },
            {
                "mark": {"type": "text", "align": "left", "yOffset": -10, "color": colour("soft")},
                "encoding": {"y": y, "x": {"value": 2}, "text": {"field": "name"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 11, "yOffset": 9, "fontWeight": "bold"},
                "encoding": {"y": y, "x": x, "text": {"field": "label"}, **LEADS},
            },
        ],
    }
