"""The passage of one figure or event: where it stands, and, with the document at hand, what it says there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from arsenale.documents.places import Note, Place, notes_carried, place_of
from arsenale.documents.registry import Document, document_of
from arsenale.documents.text import digest, open_text
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings
from arsenale.trace.lookup import Evidence, Lookup, Row

ELSEWHERE = ("hedge", "scale", "unit")
"""What a seed may cite from outside the span, in columns `<name>_printed` and `<name>_start`."""

_AROUND = 90
"""Code points on each side of a scale, unit or hedge that stands in another sentence."""


@dataclass(frozen=True)
class Elsewhere:
    """A scale, unit or hedge that the document prints outside the span.

    Attributes:
        what: `scale`, `unit` or `hedge`.
        printed: Its text.
        start: Its offset.
        context: The words around it, where the document is at hand and it stands in another sentence.
    """

    what: str
    printed: str
    start: int
    context: str = ""


@dataclass(frozen=True)
class Passage:
    """A span in its sentence.

    Attributes:
        before: The sentence up to the span.
        span: The span.
        after: The sentence behind it.
        notes: The footnotes whose marks the sentence carries.
    """

    before: str
    span: str
    after: str
    notes: list[Note] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The sentence as printed."""
        return self.before + self.span + self.after


@dataclass(frozen=True)
class Traced:
    """One figure or event with the passage that it stands on.

    Attributes:
        kind: Figure or event.
        row: Its row of the release.
        document: The row of `dim_document`.
        published: When the document was published, as it says itself; empty where it does not.
        elsewhere: What is printed outside the span.
        passage: The sentence; None where it was not re-read.
        place: Page, section and footnote; None where it was not re-read.
        not_reread: Why it was not re-read; empty where it was.
    """

    kind: Evidence
    row: Row
    document: Row
    published: str
    elsewhere: list[Elsewhere]
    passage: Passage | None
    place: Place | None
    not_reread: str

    @property
    def id(self) -> str:
        """The id of the figure or event."""
        return str(self.row[self.kind.key])


NOT_REGISTERED = ArsenaleError("the document came with a batch of figures; its text is not registered")


class Reader:
    """Reads passages, each document once.

    Attributes:
        lookup: The release.
        settings: Where the documents are.
    """

    def __init__(self, lookup: Lookup, settings: Settings) -> None:
        self.lookup = lookup
        self.settings = settings
        self._texts: dict[str, str | ArsenaleError] = {}

    def trace(self, kind: Evidence, row: Row) -> Traced:
        """Return the figure or event with its passage."""
        document_id = row["document_id"]
        (document,) = self.lookup.rows("select * from main.dim_document where document_id = ?", document_id)
        # A document that came with a batch of figures is in no seed.
        registered = self.lookup.rows("select * from raw.documents where document_id = ?", document_id)
        printed = self.lookup.printed(kind, row)
        elsewhere = [
            Elsewhere(what, printed[f"{what}_printed"], int(printed[f"{what}_start"]))
            for what in ELSEWHERE
            if printed.get(f"{what}_printed") and printed.get(f"{what}_start")
        ]
        text = self._text(document_of(registered[0])) if registered else NOT_REGISTERED
        passage, place, reason = None, None, ""
        if isinstance(text, ArsenaleError):
            reason = text.message
        elif text[row["char_start"] : row["char_end"]] != row["as_reported"]:
            reason = f"{document_id} prints something else at {row['char_start']}"
        else:
            place = place_of(text, row["char_start"], row["char_end"])
            passage = _passage(text, row, place)
            elsewhere = [_in_context(text, one, place) for one in elsewhere]
        return Traced(
            kind,
            row,
            document,
            (registered[0]["published"] or "") if registered else str(document["published_on"] or ""),
            elsewhere,
            passage,
            place,
            reason,
        )

    def _text(self, document: Document) -> str | ArsenaleError:
        """Return the text of a document, or why it is not the one that the release was made from."""
        if document.document_id not in self._texts:
            self._texts[document.document_id] = self._read(document)
        return self._texts[document.document_id]

    def _read(self, document: Document) -> str | ArsenaleError:
        if self.settings.documents is None:
            return ArsenaleError("the documents are not at hand: ARSENALE_DOCUMENTS names no folder")
        try:
            text = open_text(document.path_in(self.settings.documents))
        except ArsenaleError as error:
            return error
        if digest(text) != document.sha256:
            return ArsenaleError(f"{document.file} is not the text that this release was made from")
        return text


def _passage(text: str, row: Row, place: Place) -> Passage:
    start, end = row["char_start"], row["char_end"]
    return Passage(
        before=text[place.start : start],
        span=text[start:end],
        after=text[end : place.end],
        notes=notes_carried(text, place.start, place.end),
    )


def _in_context(text: str, one: Elsewhere, place: Place) -> Elsewhere:
    end = one.start + len(one.printed)
    if place.start <= one.start and end <= place.end:
        return one
    context = " ".join(text[max(0, one.start - _AROUND) : end + _AROUND].split())
    return Elsewhere(one.what, one.printed, one.start, context)


def evidence_of(reader: Reader, identity: str) -> Traced:
    """Return a figure or event by its id, with its passage.

    Raises:
        ArsenaleError: The release has none of that id.
    """
    kind, row = reader.lookup.require_evidence(identity)
    return reader.trace(kind, row)


def json_of(traced: Traced) -> dict[str, Any]:
    """Return it as a JSON document; absent values are null."""
    place, passage = traced.place, traced.passage
    return {
        traced.kind.kind: traced.row,
        "elsewhere": [vars(one) for one in traced.elsewhere],
        "passage": passage
        and {
            "sentence": passage.sentence,
            "before": passage.before,
            "span": passage.span,
            "after": passage.after,
            "line": place.line if place else None,
            "page": place.page if place else None,
            "section": (place.section if place else "") or None,
            "footnote": (place.footnote if place else "") or None,
            "notes": [vars(note) for note in passage.notes],
        },
        "not_reread": traced.not_reread or None,
        "document": traced.document | {"published": traced.published or None},
    }
