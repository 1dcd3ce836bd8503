"""Deals: between whom, how far they have come, what they are worth in two currencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from arsenale.site.address import of_row
from arsenale.site.chart import LEADS, NARROW, Chart, Drawings, Spec, colour, tip, to, values
from arsenale.site.content import Content, Row, by
from arsenale.site.language import Language

HOME = "ITA"
LADDER = ("announced", "requested", "authorised", "signed", "delivered")
"""How far a deal may come; one that is cancelled stands on no rung."""

COUNTERPARTS = ("USA", "TUR")
"""States with a chapter of their own; the others share one, and so do deals without another state."""


def page(content: Content, language: Language, drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    parties = by("party_id", content.rows["dim_party"])
    roles: dict[str, list[tuple[str, str]]] = {}
    for row in content.rows["bridge_deal_party"]:
        roles.setdefault(row["deal_id"], []).append((row["party_id"], row["role"]))
    sides = {deal: _in_own_words(taken) for deal, taken in roles.items()}
    figures: dict[str, list[tuple[str, str]]] = {}
    for row in content.rows["bridge_deal_figure"]:
        figures.setdefault(row["deal_id"], []).append((row["measure"], row["figure_id"]))
    events: dict[str, list[Row]] = {}
    for row in content.rows["bridge_deal_event"]:
        events.setdefault(row["deal_id"], []).append(content.events[row["event_id"]])
    parties_of_events: dict[str, list[str]] = {}
    for row in content.rows["bridge_event_party"]:
        parties_of_events.setdefault(row["event_id"], []).append(row["party_id"])
    deals = []
    for row in content.rows["fct_deal"]:
        own = figures.get(row["deal_id"], [])
        known = sorted(
            events.get(row["deal_id"], []),
            key=lambda event: (event["started_on"] is None, event["started_on"]),
        )
        deals.append(
            row
            | {
                "sides": sides.get(row["deal_id"], []),
                "group": _group(sides.get(row["deal_id"], []), known, parties, parties_of_events),
                "figures": own,
                "events": known,
                "value_figure": _figure_of(content, own, "value", row["value"]),
                "quantity_figure": _figure_of(content, own, "quantity", row["quantity"]),
                "named": language.name("deal", row["deal_id"], row["name"]),
            }
        )
    deals.sort(key=lambda row: (row["started_on"] is None, row["started_on"], row["deal_id"]), reverse=False)
    groups = [*COUNTERPARTS, "other", "companies"]
    return {
        "groups": [(group, [row for row in deals if row["group"] == group]) for group in groups],
        "deals": deals,
        "parties": parties,
        "ladder": LADDER,
        "by_name": by("deal_id", deals),
        "chart": _chart(deals, language, drawings),
    }


def _in_own_words(roles: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Return who takes part as what: to a reader, whoever lends is no seller, whoever borrows no buyer."""
    financed = {party for party, role in roles if role in ("lender", "borrower")}
    found: dict[str, list[str]] = {}
    for party, role in roles:
        if party not in financed or role not in ("buyer", "seller"):
            found.setdefault(party, []).append(role)
    return list(found.items())


def _group(
    sides: Sequence[tuple[str, Sequence[str]]],
    events: Sequence[Row],
    parties: Mapping[str, Row],
    of_events: Mapping[str, list[str]],
) -> str:
    """Return with whom it is: the warehouse does not say where a company sits, so only states count."""
    involved = {party for party, _ in sides} | {
        party for event in events for party in of_events.get(event["event_id"], ())
    }
    others = {party for party in involved if party != HOME and parties[party]["kind"] != "company"}
    if not others:
        return "companies"
    return next((one for one in COUNTERPARTS if one in others), "other")


def _figure_of(content: Content, own: Sequence[tuple[str, str]], what: str, value: Any) -> str | None:
    """Return the figure that a deal's value or quantity is taken from."""
    fitting = [
        figure_id
        for measure, figure_id in own
        if measure.endswith(what) and content.figures[figure_id]["value"] == value
    ]
    return fitting[0] if fitting else None


def _chart(deals: Sequence[Row], language: Language, drawings: Drawings) -> Chart | None:
    dated = [row for row in deals if row["started_on"]]
    if not dated:
        return None
    return drawings.chart(
        "timeline",
        language.say("deals.timeline.title"),
        language.say("deals.timeline.says"),
        lambda width: _timeline(dated, language, width),
        [
            ("c1", language.say("deals.timeline.firm")),
            ("c2", language.say("deals.timeline.open")),
            ("faint", language.say("deals.timeline.off")),
        ],
    )


def _timeline(deals: Sequence[Row], language: Language, width: int) -> Spec:
    """A line per deal, from its first day to its last as far as they are known."""
    shades = {"signed": "c1", "delivered": "c1", "cancelled": "faint"}
    drawn = [
        {
            "id": row["deal_id"],
            "name": _short(row["named"], 48 if width == NARROW else 90),
            "tip": tip(
                f"{row['named']}: {language.period(row['started_on'], row['ended_on'])}, "
                f"{language.term('deal_status', row['status'])}"
            ),
            "to": to(f"#{of_row('deal', {'id': row['deal_id']})}"),
            "start": row["started_on"].isoformat(),
            "end": (row["ended_on"] or row["started_on"]).isoformat(),
            "colour": colour(shades.get(row["status"], "c2")),
            # What lies late in time has its name to the left, or it would leave the drawing.
            "late": row["started_on"].year > 1990,  # noqa: PLR2004 - the half of the time that is drawn
        }
        for row in deals
    ]
    y: Spec = {"field": "id", "type": "nominal", "sort": [row["id"] for row in drawn], "axis": None}
    first = min(row["started_on"].year for row in deals)
    last = max((row["ended_on"] or row["started_on"]).year for row in deals) + 1
    x: Spec = {
        "field": "start",
        "type": "temporal",
        "axis": {"title": None, "format": "%Y", "tickCount": 8 if width > NARROW else 4, "grid": True},
        "scale": {"domain": [f"{first - 1}-01-01", f"{last}-12-31"]},
    }
    shade: Spec = {"field": "colour", "type": "nominal", "scale": None}
    names: list[Spec] = [
        {
            "transform": [{"filter": "datum.late"}],
            "mark": {"type": "text", "align": "right", "yOffset": -7},
            "encoding": {"y": y, "x": x | {"field": "end"}, "text": {"field": "name"}, **LEADS},
        },
        {
            "transform": [{"filter": "!datum.late"}],
            "mark": {"type": "text", "align": "left", "yOffset": -7},
            "encoding": {"y": y, "x": x, "text": {"field": "name"}, **LEADS},
        },
    ]
    if width == NARROW:
        # A name beside its own time would leave a narrow drawing.
        names = [
            {
                "mark": {"type": "text", "align": "left", "yOffset": -7},
                "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "name"}, **LEADS},
            }
        ]
    return {
        "height": {"step": 36},
        "data": values(drawn),
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 7, "strokeCap": "round", "yOffset": 8},
                "encoding": {"y": y, "x": x, "x2": {"field": "end"}, "color": shade, **LEADS},
            },
            *names,
        ],
    }


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
