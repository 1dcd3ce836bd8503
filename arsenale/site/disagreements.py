"""Where sources disagree: pairs that cannot both hold, pairs that only count differently, and statements."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from arsenale.site.chart import Chart, Drawings, Spec, colour, values
from arsenale.site.content import Content, Row, by
from arsenale.site.language import Language

VERDICTS = ("inconsistent", "ambiguous", "not_comparable", "consistent")
"""In the order in which a reader wants them; the colour of each in the drawing beside it."""

SHADES = {"inconsistent": "c2", "ambiguous": "c5", "not_comparable": "faint", "consistent": "c1"}
DIGITS = 3


def page(content: Content, language: Language, drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    ties: dict[str, list[Row]] = {}
    for tie in content.rows["bridge_claim_figure"]:
        ties.setdefault(tie["claim_id"], []).append(tie)
    claims = [
        row | {"sentence": sentence(row, language), "bars": bars(row), "ties": ties.get(row["claim_id"], [])}
        for row in content.rows["fct_claim"]
    ]
    claims.sort(key=lambda row: (VERDICTS.index(row["verdict"]), row["kind"], row["claim_id"]))
    pairs = [
        row | {"sides": sides(row, content, language), "sentence": pair_sentence(row, content, language)}
        for row in content.rows["fct_disagreement"]
    ]
    counted = Counter(row["verdict"] for row in claims)
    return {
        "conflicts": [row for row in pairs if row["is_conflict"]],
        "differences": [row for row in pairs if not row["is_conflict"]],
        "claims": claims,
        "verdicts": [(one, counted[one]) for one in VERDICTS],
        "kinds": sorted({row["kind"] for row in claims}),
        "tally": Counter((row["kind"], row["verdict"]) for row in claims),
        "chart": _chart(claims, language, drawings),
    }


def sides(row: Row, content: Content, language: Language) -> list[Row]:
    """Return what each side of a pair says, and where."""
    found = []
    for side in ("a", "b"):
        figure, event = row[f"figure_id_{side}"], row[f"event_id_{side}"]
        if figure:
            evidence = content.figures[figure]
            shown = language.quantity(row[f"value_{side}"], row[f"unit_{side}"], DIGITS)
            is_computed = row[f"value_{side}"] != evidence["value"]
        else:
            evidence = content.events[event]
            shown = language.dated(row[f"date_{side}"], evidence["date_precision"])
            is_computed = False
        found.append(
            {
                "id": figure or event,
                "shown": shown,
                "is_computed": is_computed,
                "from": f"fct_disagreement.{'value' if figure else 'date'}_{side}",
                "evidence": evidence,
                "definition": evidence.get("definition"),
                "is_event": not figure,
            }
        )
    return found


def pair_sentence(row: Row, content: Content, language: Language) -> Markup:
    """Return why two sources say different things, in a sentence."""
    parties = by("party_id", content.rows["dim_party"])
    texts: dict[str, Any] = {}
    if row["kind"] == "definition":
        for side in ("a", "b"):
            one = content.definitions[content.figures[row[f"figure_id_{side}"]]["definition"]]
            texts[f"name_{side}"] = language.name("definition", one["definition_id"], one["name"])
            texts[f"counts_{side}"] = language.note(one["includes"])
    if row["gap_days"] is not None:
        texts["days"] = language.number(abs(row["gap_days"]))
    if row["gap_pct"] is not None:
        texts["gap"] = Markup('<a class="n" href="{}" data-from="fct_disagreement.gap_pct">{}</a>').format(
            content.addresses.evidence(row["figure_id_a"]), language.quantity(row["gap_pct"], "percent", 1)
        )
    if row["subject_id"]:
        texts["subject"] = language.name("party", row["subject_id"], parties[row["subject_id"]]["name"])
    return language.say(f"disagreements.why.{_why(row)}", **texts)


def _why(row: Row) -> str:
    """Return the name of the sentence for a pair: ranges have no gap in per cent."""
    if row["kind"] in ("value", "definition") and row["gap_pct"] is None:
        return f"{row['kind']}.without_gap"
    if row["kind"] == "currency" and row["value_a"] != row["value_b"]:
        return "currency.two_numbers"
    return str(row["kind"])


def sentence(row: Row, language: Language) -> Markup:
    """Return what a statement says and what it comes to when it is recomputed."""
    unit = row["unit"]
    stated = interval(row["stated_low"], row["stated_high"], unit, language)
    computed = interval(row["computed_low"], row["computed_high"], unit, language)
    if row["verdict"] == "not_comparable":
        text = language.say("disagreements.claim.not_comparable", reason=reason(row["reason"], language))
        if not computed or row["kind"] == "order":
            return text
        return Markup(" ").join(
            (text, language.say("disagreements.claim.both", stated=stated, computed=computed))
        )
    if row["kind"] == "order" and unit != "date":
        if row["verdict"] == "inconsistent":
            low, high = row["computed_low"], row["computed_high"]
            computed = interval(-high, None if low is None else -low, unit, language)
        key = f"disagreements.claim.order_{row['verdict']}"
        return language.say(key, computed=computed or language.say("number.any"))
    return language.say(
        f"disagreements.claim.{row['verdict']}",
        stated=stated,
        computed=computed or language.say("number.any"),
    )


def reason(text: str, language: Language) -> str:
    """Return why numbers cannot be compared: the warehouse's sentence, in the reader's language."""
    first = text.partition(". ")[0].rstrip(".")
    english = Language("en")
    for key in REASONS:
        if english.say(f"reason.{key}") == first:
            return str(language.say(f"reason.{key}"))
    return first


REASONS = ("definitions", "operations", "counterparts", "not_printed", "not_listed", "prices")
"""Sentences with which `fct_claim.reason` begins; the English catalogue has them word by word."""


def interval(low: Decimal | None, high: Decimal | None, unit: str, language: Language) -> str:
    """Return an interval of a statement; dates are numbers such as 20250601 there."""
    if unit != "date":
        return language.between(low, high, unit, DIGITS)
    ends = [_day(one) for one in (low, high) if one is not None]
    return language.period(ends[0], ends[-1]) if ends else ""


def _day(number: Decimal) -> datetime.date:
    return datetime.datetime.strptime(f"{number:.0f}", "%Y%m%d").replace(tzinfo=datetime.UTC).date()


def bars(row: Row) -> Row | None:
    """Return the two intervals of a statement in per cent of a common scale; None where one is open."""
    ends = [row[name] for name in ("stated_low", "stated_high", "computed_low", "computed_high")]
    if row["kind"] == "order" or row["unit"] == "date" or any(end is None for end in ends):
        return None
    low, high = min(ends), max(ends)
    if row["verdict"] == "consistent" and low == high:
        return None
    margin = (high - low) / 10 or Decimal(1)
    places = [float((end - low + margin) / (high - low + 2 * margin) * 100) for end in ends]
    return {
        "stated": (round(places[0], 2), round(max(places[1] - places[0], 1), 2)),
        "computed": (round(places[2], 2), round(max(places[3] - places[2], 1), 2)),
    }


def _chart(claims: Iterable[Row], language: Language, drawings: Drawings) -> Chart:
    counted = Counter((row["kind"], row["verdict"]) for row in claims)
    return drawings.chart(
        "verdicts",
        language.say("disagreements.chart.title"),
        language.say("disagreements.chart.says"),
        lambda _width: _spec(counted, language),
        [(SHADES[one], language.term("verdict", one)) for one in VERDICTS],
    )


def _spec(counted: Counter[tuple[str, str]], language: Language) -> Spec:
    """A bar per kind of statement, a part of it per verdict."""
    totals: Counter[str] = Counter()
    for (kind, _), number in counted.items():
        totals[kind] += number
    kinds: Sequence[str] = [kind for kind, _ in totals.most_common()]
    drawn = []
    for kind in kinds:
        start = 0
        for verdict in VERDICTS:
            number = counted[kind, verdict]
            drawn.append(
                {
                    "id": kind,
                    "kind": language.term("claim_kind", kind),
                    "verdict": verdict,
                    "start": start,
                    "end": start + number,
                    "label": str(number) if number >= 4 else "",  # noqa: PLR2004 - narrower than its number
                    "middle": start + number / 2,
                    "colour": colour(SHADES[verdict]),
                    "letters": colour("ink" if verdict == "not_comparable" else "raised"),
                }
            )
            start += number
    y: Spec = {"field": "id", "type": "nominal", "sort": list(kinds), "axis": None}
    x: Spec = {
        "field": "start",
        "type": "quantitative",
        "axis": {"title": None, "tickCount": 5, "grid": True},
    }
    return {
        "height": {"step": 44},
        "data": values(drawn),
        "layer": [
            {
                "transform": [{"filter": "datum.end > datum.start"}],
                "mark": {
                    "type": "bar",
                    "height": 18,
                    "yOffset": 9,
                    "cornerRadius": 0,
                    "stroke": colour("raised"),
                    "strokeWidth": 1,
                },
                "encoding": {
                    "y": y,
                    "x": x,
                    "x2": {"field": "end"},
                    "color": {"field": "colour", "type": "nominal", "scale": None},
                },
            },
            {
                "transform": [{"filter": "datum.start == 0 && datum.verdict == 'inconsistent'"}],
                "mark": {"type": "text", "align": "left", "yOffset": -9, "color": colour("soft")},
                "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "kind"}},
            },
            {
                "mark": {"type": "text", "fontSize": 11, "fontWeight": "bold", "yOffset": 9},
                "encoding": {
                    "y": y,
                    "x": x | {"field": "middle"},
                    "text": {"field": "label"},
                    "color": {"field": "letters", "type": "nominal", "scale": None},
                },
            },
        ],
    }
