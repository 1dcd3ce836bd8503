"""A trace as a whole: a figure, its passage and what hangs together with it, for people and programs."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.text import Text

from arsenale.documents.places import Place
from arsenale.trace.citation import bibtex, cite, csl, locator, plain
from arsenale.trace.evidence import Reader, Traced, evidence_of, json_of
from arsenale.trace.lookup import FIGURE, SPAN, Evidence, Fact, Lookup, Member, Row

_HIGHLIGHT = "bold black on yellow"
_LABEL = 16
_WHOLE_YEARS = (1, 1, 12, 31)
_TITLES = {"attributed_to": "credits"}
_SHOWN_OTHERWISE = frozenset(
    "figure_id event_id document_id char_start char_end as_reported family measure value value_low "  # noqa: SIM905
    "value_high rounding_low rounding_high unit unit_alternative period_start period_end period_precision "
    "started_on ended_on date_precision same_fact_as same_event_as subset_of note".split()
)
"""Columns of figures and events that the report shows in a way of its own."""

Line = tuple[str, str]
"""A label, which may be empty, and a text."""


@dataclass(frozen=True)
class Trace:
    """What is known about one figure or event.

    Attributes:
        traced: It and its passage.
        release_id: The release that was read.
        facts: The facts that stand on it.
        prints: Other prints of the same thing in the document.
        whole: The total that it is a part of, or None.
        parts: Its own parts.
    """

    traced: Traced
    release_id: str
    facts: list[Fact]
    prints: list[str]
    whole: str | None
    parts: list[str]


def trace(reader: Reader, identity: str) -> Trace:
    """Return the trace of a figure or event.

    Raises:
        ArsenaleError: The release has none of that id.
    """
    traced = evidence_of(reader, identity)
    lookup = reader.lookup
    is_figure = traced.kind is FIGURE
    return Trace(
        traced=traced,
        release_id=lookup.release_id,
        facts=lookup.facts_on(traced.kind, traced.id),
        prints=lookup.prints(traced.kind, traced.row),
        whole=traced.row["subset_of"] if is_figure else None,
        parts=lookup.parts(traced.row) if is_figure else [],
    )


class Report:
    """Shows traces on a console: wrapped on a terminal, each text on one line in a pipe, to be searched.

    Attributes:
        console: Where to.
        lookup: The release, asked for names and for the values of other figures.
    """

    def __init__(self, console: Console, lookup: Lookup) -> None:
        self.console = console
        self.lookup = lookup

    def show(self, one: Trace) -> None:
        """Print one trace."""
        traced = one.traced
        self._print(Text.assemble((traced.id, "bold"), "  ", (_flat(traced.row["as_reported"]), "bold cyan")))
        self._passage(traced)
        if traced.kind is not SPAN:
            self._section(traced.kind.kind, self._said(traced))
        self._section("document", _document(traced))
        self._together(one)
        self._cite(one)

    def show_fact(self, fact: Fact, traces: list[Trace]) -> None:
        """Print a fact, then every figure and event that it stands on, the passage of each."""
        self._section(_key_of(fact), self._cells(fact.table, fact.row, set(fact.key)))
        roles = {member.id: member.role for member in fact.members}
        for one in traces:
            traced = one.traced
            value = self._value(traced.kind, traced.row)
            self._print(
                Text.assemble(
                    (traced.id, "bold"), "  ", (value, "bold cyan"), "  ", (roles[traced.id], "dim")
                )
            )
            self._passage(traced)
            self._cite(one)
            self.console.print()

    def _passage(self, traced: Traced) -> None:
        passage, place = traced.passage, traced.place
        self.console.print()
        if passage is None or place is None:
            self._print(Text(f"not re-read: {traced.not_reread}", "yellow"), 2)
        else:
            self._print(
                Text.assemble(
                    _inner(passage.before), (_flat(passage.span), _HIGHLIGHT), _inner(passage.after)
                ),
                2,
            )
            self._print(Text(_where(traced, place), "dim"), 2)
            for note in passage.notes:
                if note.text:
                    self._print(Text(f"its footnote {note.number}: {note.text}", "dim"), 2)
        self.console.print()

    def _said(self, traced: Traced) -> Iterator[Line]:
        """Yield what a figure or event says, line by line."""
        row = traced.row
        if traced.kind is FIGURE:
            yield "value", value_of(row)
            if row["rounding_low"] != row["rounding_high"]:
                interval = f"{_number(row['rounding_low'])} to {_number(row['rounding_high'])}"
                yield "interval", f"{interval} {row['unit']}, by the digits that are printed"
            yield "unit", _unit(row)
            yield "measure", f"{row['measure']}: {self.lookup.meaning_of(row['measure'])}"
        yield from self._cells(traced.kind.table, row, _SHOWN_OTHERWISE)
        yield "period", _period(row)
        for one in traced.elsewhere:
            context = f": … {one.context} …" if one.context else ""
            yield f"{one.what} printed", f"“{_flat(one.printed)}” at {one.start}{context}"
        if row["note"]:
            yield "note", row["note"]

    def _cells(self, table: str, row: Row, but: Container[str]) -> Iterator[Line]:
        """Yield the cells of a row that say something, the ids of dimensions with their names."""
        for column, value in row.items():
            if value is None or column in but:
                continue
            name = self.lookup.name_of(table, column, value)
            title = _TITLES.get(column) or column.removesuffix("_id").replace("_", " ")
            yield title, f"{name} ({value})" if name and name != value else _text(value)

    def _value(self, kind: Evidence, row: Row) -> str:
        return value_of(row) if kind is FIGURE else _flat(row["as_reported"])

    def _together(self, one: Trace) -> None:
        """Print the facts, and the figures that hang together with this one."""
        groups = [(_key_of(fact), fact.members) for fact in one.facts]
        kind = one.traced.kind.kind
        for title, ids in (
            ("printed again", one.prints),
            ("part of", [one.whole] if one.whole else []),
            ("its parts", one.parts),
        ):
            if ids:
                groups.append((title, [Member(kind, identity, "") for identity in ids]))
        if groups:
            self._print(Text("on the same fact", "bold"))
        for title, members in groups:
            self._print(Text(title, "cyan"), 2)
            for member in members:
                self._print(self._member(member, is_this=member.id == one.traced.id), 4)
        if groups:
            self.console.print()

    def _member(self, member: Member, *, is_this: bool) -> Text:
        kind, row = self.lookup.require_evidence(member.id)
        says = self._value(kind, row)
        if kind is not SPAN:
            says += f", {_period(row)}, {row['status'] if kind is FIGURE else row['object']}"
        return Text.assemble(
            (member.id, "bold" if is_this else ""),
            (f"  {member.role}" if member.role else "", "dim"),
            f"  {says}",
            ("  (this one)" if is_this else "", "dim"),
        )

    def _cite(self, one: Trace) -> None:
        self._section("cite", [("", plain(cite(one.traced, one.release_id)))], last=True)

    def _section(self, title: str, lines: Iterable[Line], *, last: bool = False) -> None:
        self._print(Text(title, "bold"))
        for label, text in lines:
            self._print(Text(text), 2, label)
        if not last:
            self.console.print()

    def _print(self, text: Text, indent: int = 0, label: str = "") -> None:
        """Print a text, its further lines below its first."""
        head = Text.assemble(" " * indent, (f"{label:<{_LABEL}}", "dim")) if label else Text(" " * indent)
        width = self.console.width - len(head)
        lines = text.wrap(self.console, max(width, 20)) if self.console.is_terminal else [text]
        for number, line in enumerate(lines):
            self.console.print((Text(" " * len(head)) if number else head) + line, soft_wrap=True)


def value_of(row: Row) -> str:
    """Return the value of a figure with its unit and modality, as one line."""
    unit = _unit(row)
    match row["modality"]:
        case "range":
            return f"{_number(row['value_low'])} to {_number(row['value_high'])} {unit}"
        case "exact":
            return f"{_number(row['value'])} {unit}"
        case modality:
            return f"{_number(row['value'])} {unit} ({modality})"


def as_json(trace: Trace) -> dict[str, Any]:
    """Return a trace as a JSON document."""
    citation = cite(trace.traced, trace.release_id)
    return json_of(trace.traced) | {
        "facts": [fact_as_json(fact) for fact in trace.facts],
        "printed_again": trace.prints,
        "part_of": trace.whole,
        "parts": trace.parts,
        "release_id": trace.release_id,
        "citation": {"plain": plain(citation), "bibtex": bibtex(citation), "csl": csl(citation)},
    }


def fact_as_json(fact: Fact) -> dict[str, Any]:
    """Return a fact as a JSON document."""
    return {
        "table": fact.table,
        "key": fact.key,
        "row": fact.row,
        "stands_on": [vars(member) for member in fact.members],
    }


def _where(traced: Traced, place: Place) -> str:
    characters = f"characters {traced.row['char_start']} to {traced.row['char_end']}"
    return ", ".join(part for part in (locator(traced), f"line {place.line}", characters) if part)


def _document(traced: Traced) -> list[Line]:
    document = traced.document
    lines = [
        ("title", document["title"]),
        ("authors", document["authors"]),
        ("publisher", document["publisher"]),
        ("date", traced.published or "not known"),
        ("address", document["url"]),
        ("licence", document["licence"]),
        ("id", document["document_id"]),
        ("sha256", document["sha256"]),
    ]
    return [(title, text) for title, text in lines if text]


def _key_of(fact: Fact) -> str:
    return " ".join([fact.table, *(str(value) for value in fact.key.values())])


def _unit(row: Row) -> str:
    other = row["unit_alternative"]
    return f"{row['unit']} (also printed as {other})" if other else str(row["unit"])


def _period(row: Row) -> str:
    names = ("period_start", "period_end") if "period_start" in row else ("started_on", "ended_on")
    first, last = (row[name] for name in names)
    if first is None and last is None:
        return "not bounded"
    if first == last:
        return str(first)
    if first and last and (first.month, first.day, last.month, last.day) == _WHOLE_YEARS:
        return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    return f"{first or '…'} to {last or '…'}"


def _number(value: Decimal | None) -> str:
    if value is None:
        return "…"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: object) -> str:
    return _number(value) if isinstance(value, Decimal) else str(value)


def _flat(text: str) -> str:
    """Return text with every run of blanks and line ends as one blank."""
    return " ".join(text.split())


def _inner(text: str) -> str:
    """Return text so too, but keep a blank at either end: it parts the text from the span."""
    return re.sub(r"\s+", " ", text)
