"""Re-reading every passage: do the documents still print, where the seeds say so, what the seeds say?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from arsenale.contracts.problems import Problem, in_order, quote
from arsenale.contracts.seed_files import Record, SeedFile
from arsenale.contracts.span_rules import PRINTED
from arsenale.documents.registry import Document, read_or_raise, read_registry
from arsenale.documents.text import digest, open_text
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings

_SPAN = {"as_reported": "char_start"}
_SPANS = {"figures": _SPAN | PRINTED, "events": _SPAN, "dismissed": _SPAN, "claim_spans": _SPAN}
"""By seed, the columns that hold printed text, each with the column of its offset."""


@dataclass(frozen=True)
class RereadReport:
    """What re-reading the documents showed.

    Attributes:
        reread: Ids of the documents whose text was read.
        not_reread: Ids of the others, whose passages nobody looked at.
        passages: How many printed texts were compared.
        differences: Each document or passage that is not what the seeds say, by file and line.
    """

    reread: tuple[str, ...]
    not_reread: tuple[str, ...]
    passages: int
    differences: tuple[Problem, ...]

    def __str__(self) -> str:
        """Return one line: how much was re-read, and what was not."""
        line = f"{self.passages} passages of {len(self.reread)} documents re-read"
        return f"{line}; not re-read: {', '.join(self.not_reread)}" if self.not_reread else line


def reread(settings: Settings) -> RereadReport:
    """Compare every printed text of the seeds with the document that it is said to stand in.

    Without the folder of the documents nothing is compared, and the report says so. With it, a registered
    document that is missing is a difference.

    Raises:
        ArsenaleError: If a seed cannot be read at all; wrong cells are the gate's concern.
    """
    registry = read_registry(settings)
    if settings.documents is None:
        return RereadReport((), tuple(registry), 0, ())
    texts, absent = _texts(registry, settings.documents)
    passages = [passage for name in _SPANS for passage in _printed(read_or_raise(settings, name), texts)]
    moved = [passage.difference() for passage in passages if not passage.stands()]
    return RereadReport(
        reread=tuple(texts),
        not_reread=tuple(name for name in registry if name not in texts),
        passages=len(passages),
        differences=in_order([*absent, *_changed(registry, texts), *moved]),
    )


@dataclass(frozen=True)
class _Printed:
    """A printed text of a seed, beside the document that it is said to stand in."""

    file: SeedFile
    row: Record
    column: str
    offset: str
    start: int
    text: str

    @property
    def _found(self) -> str:
        end = self.row.whole("char_end") if self.offset == "char_start" else None
        return self.text[self.start : end or self.start + len(self.row[self.column])]

    def stands(self) -> bool:
        """Return whether the document prints it where the seed says."""
        return self._found == self.row[self.column]

    def difference(self) -> Problem:
        """Return what stands there instead, and where the text stands now if that is certain."""
        printed = self.row[self.column]
        found = f"{quote(self._found)} at {self.start} of {self.row['document_id']}"
        places = self.text.count(printed)
        if places == 1:
            remedy = f"it stands at {self.text.index(printed)} now: correct {self.offset}"
        else:
            remedy = f"look for it: it stands in {places} places" if places else "it stands nowhere any more"
        return self.file.problem(self.row, self.column, quote(printed), remedy, found)


def _texts(registry: Mapping[str, Document], folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Return the texts of the registered documents, and a problem for each that cannot be read."""
    texts, absent = {}, []
    for name, document in registry.items():
        try:
            texts[name] = open_text(document.path_in(folder))
        except ArsenaleError as error:
            absent.append(_absent(document, error))
    return texts, absent


def _printed(file: SeedFile, texts: Mapping[str, str]) -> Iterator[_Printed]:
    for row in file.records:
        text = texts.get(row["document_id"])
        for column, offset in _SPANS[file.seed.name].items():
            start = row.whole(offset)
            if text is not None and row[column] and start is not None:
                yield _Printed(file, row, column, offset, start, text)


def _absent(document: Document, error: ArsenaleError) -> Problem:
    found = f"{document.document_id} cannot be read ({error.message})"
    remedy = error.remedy or "restore the document"
    return Problem("documents.csv", document.line, "file", found, "the registered document", remedy)


def _changed(registry: Mapping[str, Document], texts: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the documents whose digest or length is not the pinned one."""
    for name, text in texts.items():
        document, found = registry[name], digest(text)
        if found != document.sha256:
            remedy = "restore the document, or capture the changed one again under an id of its own"
            changed = f"{name} changed, its digest is {found}"
            yield Problem("documents.csv", document.line, "sha256", changed, document.sha256, remedy)
        if len(text) != document.characters:
            length = f"{name} has {len(text)} characters"
            expected = str(document.characters)
            remedy = "restore the document, or correct the number"
            yield Problem("documents.csv", document.line, "characters", length, expected, remedy)
