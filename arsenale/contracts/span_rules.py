"""Rules on offsets: a span lies in its document, is as long as its text, and shares no character."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from arsenale.contracts.context import Context
from arsenale.contracts.problems import Problem
from arsenale.contracts.seed_files import Record, SeedFile

PRINTED = {"scale_printed": "scale_start", "unit_printed": "unit_start", "hedge_printed": "hedge_start"}
"""Columns of text that stands outside a figure's span, with the column of its offset."""

_FROM_TEXT = "count the code points of the document's text again"


def spans_fit(context: Context) -> Iterator[Problem]:
    """A span begins before it ends, ends within its document, and is as long as its text."""
    for name in ("figures", "events", "dismissed", "claim_spans"):
        file = context[name]
        for row in file.records:
            start, end = row.whole("char_start"), row.whole("char_end")
            if start is None or end is None:
                continue
            if end <= start:
                yield file.problem(row, "char_end", f"more than char_start, {start}", _FROM_TEXT)
            elif end - start != len(row["as_reported"]):
                found = f"{len(row['as_reported'])} characters of text in a span of {end - start}"
                expected = f"text of {end - start} characters"
                yield file.problem(row, "as_reported", expected, "correct the span or the text", found)
            yield from _beyond_document(context, file, row, "char_end", end)


def printed_texts_have_offsets(context: Context) -> Iterator[Problem]:
    """Scale, unit and hedge printed outside the span come with their offset, which lies in the document."""
    file = context["figures"]
    for row in file.records:
        for text, offset in PRINTED.items():
            if bool(row[text]) != bool(row[offset]):
                empty, filled = (offset, text) if row[text] else (text, offset)
                expected = f"{empty} beside {filled}"
                yield file.problem(row, empty, expected, f"fill in {empty}, or empty {filled}")
            start = row.whole(offset)
            if start is not None:
                yield from _beyond_document(context, file, row, offset, start + len(row[text]))


def figures_do_not_overlap(context: Context) -> Iterator[Problem]:
    """No two figures of a document share a character; two that begin together are one key twice."""
    file = context["figures"]
    spans = sorted(
        (row["document_id"], start, end, row.line, row)
        for row in file.records
        if (start := row.whole("char_start")) is not None and (end := row.whole("char_end")) is not None
    )
    for (document, start, end, line, _), (other, next_start, _, _, row) in pairwise(spans):
        if document == other and start < next_start < end:
            found = f"{next_start}, inside the figure of line {line} ({start} to {end})"
            remedy = "tighten one of the spans, or delete one row"
            yield file.problem(row, "char_start", "figures apart from each other", remedy, found)


def _beyond_document(
    context: Context, file: SeedFile, row: Record, column: str, end: int | None
) -> Iterator[Problem]:
    document = context.documents.get(row["document_id"])
    characters = document.whole("characters") if document else None
    if end is not None and characters is not None and end > characters:
        found = f"an end at {end}"
        yield file.problem(row, column, f"at most {characters}, the document's length", _FROM_TEXT, found)
