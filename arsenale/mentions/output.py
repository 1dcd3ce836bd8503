"""Mentions written out: JSON lines, CSV, and a table with the number highlighted in its passage."""

# ruff: noqa: PLC0415 (heavy modules are loaded by what needs them)

import csv
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TextIO

from arsenale.mentions.model import Mention, Value

if TYPE_CHECKING:
    from rich.console import Console

FIELDS: Final = ("start", "end", "text", "kind", "value_low", "value_high", "unit", "modality", "language")
_AROUND: Final = 48
_quote = json.JSONEncoder(ensure_ascii=False).encode


def number_text(value: Decimal) -> str:
    """A decimal in full: no exponent, no trailing zeros after the mark."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(value: Value) -> str:
    if value is None:
        return "null"
    # json would turn a Decimal into a float; the exact digits are written instead.
    return number_text(value) if isinstance(value, Decimal) else _quote(value)


def _text(value: str | None) -> str:
    return "null" if value is None else _quote(value)


def json_line(mention: Mention, document: str | None = None) -> str:
    """One mention as a JSON object with the fields of `FIELDS`, after `document` if one is named."""
    named = "" if document is None else f'"document": {_quote(document)}, '
    fields = (
        f'{named}"start": {mention.start}, "end": {mention.end}',
        f'"text": {_quote(mention.text)}, "kind": "{mention.kind}"',
        f'"value_low": {_value(mention.value_low)}, "value_high": {_value(mention.value_high)}',
        f'"unit": {_text(mention.unit)}, "modality": {_text(mention.modality)}',
        f'"language": "{mention.language}"',
    )
    return "{" + ", ".join(fields) + "}"


def write_jsonl(mentions: Iterable[Mention], stream: TextIO, document: str | None = None) -> int:
    """Writes one JSON object a line; returns how many."""
    count = 0
    for mention in mentions:
        stream.write(json_line(mention, document) + "\n")
        count += 1
    return count


def write_csv(
    mentions: Iterable[Mention], stream: TextIO, document: str | None = None, *, header: bool = True
) -> int:
    """Writes CSV with a header row; a missing value is an empty cell."""
    writer = csv.writer(stream, lineterminator="\n")
    if header:
        writer.writerow((["document"] if document is not None else []) + list(FIELDS))
    count = 0
    for m in mentions:
        low, high = (number_text(v) if isinstance(v, Decimal) else v for v in (m.value_low, m.value_high))
        row = [m.start, m.end, m.text, m.kind, low, high, m.unit, m.modality, m.language]
        writer.writerow(([document] if document is not None else []) + row)
        count += 1
    return count


def write_table(mentions: Iterable[Mention], text: str, console: "Console", title: str | None = None) -> int:
    """Prints a table: kind, value, unit, modality, and the passage with the number highlighted."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left")
    for name in ("at", "kind", "value", "unit", "modality", "passage"):
        table.add_column(name, justify="right" if name in ("at", "value") else "left", overflow="fold")
    count = 0
    for m in mentions:
        before = text[max(0, m.start - _AROUND) : m.start].replace("\n", " ")
        after = text[m.end : m.end + _AROUND].replace("\n", " ")
        passage = Text.assemble(before, (m.text.replace("\n", " "), "bold reverse"), after)
        table.add_row(str(m.start), m.kind, _printed_value(m), m.unit or "", m.modality or "", passage)
        count += 1
    console.print(table)
    return count


def _printed_value(m: Mention) -> str:
    low, high = (
        f"{v:,f}".rstrip("0").rstrip(".")
        if isinstance(v, Decimal) and "." in f"{v:f}"
        else f"{v:,f}"
        if isinstance(v, Decimal)
        else v or ""
        for v in (m.value_low, m.value_high)
    )
    return low if low == high else f"{low} to {high}"
