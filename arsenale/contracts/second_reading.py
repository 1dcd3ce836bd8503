"""Two readers, one number: every figure as SQL read it, beside the mention finder's reading of it.

The two share no code and no vocabulary. SQL read the seed's columns; the finder is given the printed text,
with the words that the seed says stand elsewhere. Where they differ, one of them is wrong, and the build
stops.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

LANGUAGES = ("en", "it")


SHARES = {"percent", "percent_of_gdp", "percent_change"}
"""What the finder calls a percentage; the measure knows of what, or that it is a change."""

NAMED_ALIKE = {"person", "vehicle", "aircraft", "ship", "missile", "munition"}
"""Nouns that both vocabularies name alike; for others the numbers are compared and the nouns are not."""

SQL = """
    select
        figures.figure_id,
        figures.as_reported,
        captured.scale_printed,
        captured.unit_printed,
        captured.hedge_printed,
        coalesce(figures.value_low, figures.value) as low,
        coalesce(figures.value_high, figures.value) as high,
        figures.rounding_low,
        figures.rounding_high,
        figures.unit,
        figures.unit_alternative,
        figures.modality,
        units.kind as unit_kind,
        documents.language
    from main.fct_figure as figures
    inner join raw.figures as captured
        on figures.figure_id = captured.document_id || '@' || captured.char_start
    inner join raw.units as units on figures.unit = units.unit
    inner join main.dim_document as documents on figures.document_id = documents.document_id
    order by figures.document_id, figures.char_start
"""
"""The figures as SQL read them, beside what the seeds say was printed."""


@dataclass(frozen=True)
class Difference:
    """One thing that the two readers of a figure do not agree on."""

    figure_id: str
    as_reported: str
    what: str
    sql: str
    finder: str


def differences(figures: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    """Yield what the two readings of each figure, a row of `SQL`, do not agree on.

    A figure is read in its document's language; where that fails, in the others, and the closest reading
    counts.
    """
    for figure in figures:
        found = list(_compare(figure, figure["language"]))
        if any(map(_is_another_language, found)):
            others = (language for language in LANGUAGES if language != figure["language"])
            found = min([found, *(list(_compare(figure, language)) for language in others)], key=len)
        yield from found


def _is_another_language(difference: Difference) -> bool:
    """Whether a text may be in another language than its document: words or hedge were not known."""
    if difference.what == "modality":
        return difference.finder == "exact"
    return difference.what in {"number", "value", "unit"}


def _compare(figure: Mapping[str, Any], language: str) -> Iterator[Difference]:
    # Loaded here: the finder's vocabularies cost a tenth of a second that only an audit should pay.
    from arsenale.mentions import read  # noqa: PLC0415

    said = {"scale": figure["scale_printed"], "unit": figure["unit_printed"], "language": language}
    hedged = " ".join(part for part in (figure["hedge_printed"], figure["as_reported"]) if part)
    reading = read(hedged, **said)
    modality = reading.modality if reading else None
    if reading is None:
        # A hedge that itself holds a number word ("one of the top five") leaves the span to be read alone.
        reading, modality = read(figure["as_reported"], **said), figure["modality"]
    if reading is None:
        yield _difference(figure, "number", figure["low"], None)
        return
    if not (_same(reading.value_low, figure["low"]) and _same(reading.value_high, figure["high"])):
        yield _difference(
            figure, "value", (figure["low"], figure["high"]), (reading.value_low, reading.value_high)
        )
    if figure["unit_kind"] == "money" and not (
        _same(reading.rounded_low, figure["rounding_low"])
        and _same(reading.rounded_high, figure["rounding_high"])
    ):
        yield _difference(
            figure,
            "interval",
            (figure["rounding_low"], figure["rounding_high"]),
            (reading.rounded_low, reading.rounded_high),
        )
    if modality != figure["modality"]:
        yield _difference(figure, "modality", figure["modality"], modality)
    if not _same_unit(figure, reading.unit):
        yield _difference(figure, "unit", figure["unit"], reading.unit)


def _same(finder: Any, sql: Decimal | None) -> bool:
    return bool(finder == sql)


def _same_unit(figure: Mapping[str, Any], finder: str | None) -> bool:
    unit = figure["unit"]
    if figure["unit_kind"] == "money":
        # A sign and a word that contradict each other: each reader may believe one of them.
        return finder in (unit, figure["unit_alternative"] or unit)
    if unit in SHARES:
        return finder in SHARES
    return unit not in NAMED_ALIKE or finder is None or finder == unit or finder not in NAMED_ALIKE


def _difference(figure: Mapping[str, Any], what: str, sql: object, finder: object) -> Difference:
    return Difference(figure["figure_id"], figure["as_reported"], what, _shown(sql), _shown(finder))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " to ".join(_shown(part) for part in value)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
