"""A span with the words around it, for a reader who asks where a number comes from."""

from __future__ import annotations

from dataclasses import dataclass

from arsenale.documents.registry import read_registry
from arsenale.documents.text import open_text
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings


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


def passage(settings: Settings, document_id: str, start: int, end: int, width: int = 120) -> Passage:
    """Return what a document prints around a span.

    The text is the document's, for the eyes of whoever has it: it is never stored.

    Args:
        settings: Where the register and the documents are.
        document_id: A registered document.
        start: Offset of the span's first code point.
        end: Offset behind its last.
        width: Code points of context on each side.

    Raises:
        ArsenaleError: If the document is not registered or not at hand, or ends before the span.
    """
    document = read_registry(settings).get(document_id)
    if document is None:
        raise ArsenaleError(f"no document {document_id!r}", remedy="take an id of seeds/documents.csv")
    if settings.documents is None:
        raise ArsenaleError(
            f"the text of {document_id} is not at hand",
            remedy="set ARSENALE_DOCUMENTS to the folder that holds it",
        )
    text = open_text(document.path_in(settings.documents))
    if not 0 <= start < end <= len(text):
        raise ArsenaleError(f"{document_id} has {len(text)} characters, and no span {start} to {end}")
    return Passage(
        before=text[max(0, start - width) : start],
        span=text[start:end],
        after=text[end : end + width],
        line=text.count("\n", 0, start) + 1,
    )
