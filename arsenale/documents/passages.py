"""A span with the words around it, for a reader who asks where a number comes from."""

from __future__ import annotations

from dataclasses import dataclass

from arsenale.errors import ArsenaleError


@dataclass(frozen=True)
class Passage:
    """A span and its context, as printed.

    Attributes:
        before: Up to `width` characters in front of the span.
        span: The span itself.
        after: Up to `width` characters behind it.
        line: Line of the document on which the span begins, from 1.
    """

    before: str
    span: str
    after: str
    line: int


def passage(text: str, start: int, end: int, width: int = 120) -> Passage:
    """Return what a document prints around a span.

    The text is the document's, for the eyes of whoever has it: it is never stored.

    Args:
        text: The document's.
        start: Offset of the span's first code point.
        end: Offset behind its last.
        width: Code points of context on each side.

    Raises:
        ArsenaleError: The document ends before the span, or the span is none.
    """
    if not 0 <= start < end <= len(text):
        raise ArsenaleError(f"the document has {len(text)} characters, and no span {start} to {end}")
    return Passage(
        before=text[max(0, start - width) : start],
        span=text[start:end],
        after=text[end : end + width],
        line=text.count("\n", 0, start) + 1,
    )
