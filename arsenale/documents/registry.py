"""The register of documents: `seeds/documents.csv`, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.problems import error_of
from arsenale.contracts.seed_files import SeedFile, read_seed
from arsenale.contracts.strict_csv import UnreadableError
from arsenale.documents.text import digest, open_text
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings


@dataclass(frozen=True)
class Document:
    """A source document.

    Attributes:
        document_id: Its id.
        title: Its title.
        language: ISO 639-1 code.
        published: When it was published, as printed, or empty.
        url: Where it was found, or empty.
        decimal_mark: `.` or `,`.
        sha256: Pinned digest of its file.
        characters: Its length in code points.
        file: Name of its file in the folder of the documents.
        line: Line of `documents.csv` that registers it.
    """

    document_id: str
    title: str
    language: str
    published: str
    url: str
    decimal_mark: str
    sha256: str
    characters: int
    file: str
    line: int

    def path_in(self, folder: Path) -> Path:
        """Return where its text is, in the folder of the documents.

        Raises:
            ArsenaleError: If the registered name leads out of the folder of the documents.
        """
        if Path(self.file).name != self.file or self.file == "..":
            raise ArsenaleError(
                f"documents.csv:{self.line}:file: found {self.file!r}, expected a plain file name",
                remedy="write the name of the file alone",
            )
        return folder / self.file


def read_registry(settings: Settings) -> dict[str, Document]:
    """Return the registered documents by their id, in the order of the register.

    Raises:
        ArsenaleError: If `documents.csv` cannot be read. What its cells hold is the gate's concern.
    """
    rows = read_or_raise(settings, "documents").records
    return {row["document_id"]: document_of(row.cells, row.line) for row in rows}


def registered_text(settings: Settings, document_id: str) -> tuple[Document, str]:
    """Return a document and its text.

    Raises:
        ArsenaleError: It is not registered, not at hand, or no longer the text that was registered.
    """
    registry = read_registry(settings)
    document = registry.get(document_id)
    if document is None:
        raise ArsenaleError(
            f"no document {document_id!r}",
            details=list(registry),
            remedy="take one of these ids, or register it: arsenale documents add PATH --id ID",
        )
    if settings.documents is None:
        raise ArsenaleError(
            f"the text of {document_id} is not at hand",
            remedy="set ARSENALE_DOCUMENTS to the folder that holds it",
        )
    text = open_text(document.path_in(settings.documents))
    if digest(text) != document.sha256:
        raise ArsenaleError(
            f"{document.file} is not the text that was registered as {document_id}",
            remedy="restore it, or register the changed one under an id of its own",
        )
    return document, text


def read_or_raise(settings: Settings, seed: str) -> SeedFile:
    """Return one seed of the project.

    Raises:
        ArsenaleError: If it cannot be read, with every problem.
    """
    try:
        return read_seed(settings.seeds, SEED_OF[seed])
    except UnreadableError as error:
        raise error_of("documents", error.problems) from None


def document_of(cells: Mapping[str, str | None], line: int = 0) -> Document:
    """Return a document from its row, of the seed or of a release's copy of it.

    Args:
        cells: Text by column; a release has None where the seed has an empty cell.
        line: Line of `documents.csv`, where it is known.
    """
    characters = cells["characters"] or ""
    return Document(
        document_id=cells["document_id"] or "",
        title=cells["title"] or "",
        language=cells["language"] or "",
        published=cells["published"] or "",
        url=cells["url"] or "",
        decimal_mark=cells["decimal_mark"] or "",
        sha256=cells["sha256"] or "",
        characters=int(characters) if characters.isascii() and characters.isdecimal() else 0,
        file=cells["file"] or "",
        line=line,
    )
