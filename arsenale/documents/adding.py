"""Registering a document: its text into the folder of documents, its row and its numbers into the seeds."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from arsenale.contracts.cells import SLUG
from arsenale.documents.extract import Extracted
from arsenale.documents.inventory import SEED as MENTIONS
from arsenale.documents.inventory import as_cells, scan_text
from arsenale.documents.registry import read_registry
from arsenale.documents.seed_rows import add_rows
from arsenale.documents.text import open_text
from arsenale.errors import ArsenaleError
from arsenale.files import sha256
from arsenale.mentions.document import settings_of
from arsenale.mentions.language import language_of
from arsenale.settings import Settings

QUESTIONS = {
    "title": "Title, as printed",
    "publisher": "Publisher",
    "authors": "Authors, parted by '; '",
    "published": "Published (2025, July 2025, 5 March 2025 or an ISO date; empty where it is not printed)",
    "url": "Address where it was found",
    "language": "Language, ISO 639-1",
    "licence": "Licence",
    "redistributable": "May it be passed on? yes or no",
    "decimal_mark": "Decimal mark of its numbers, . or ,",
}
"""What is asked about a document, by column of `documents.csv`."""

_OPENING = 100_000
"""So much of a text tells its language and marks."""


@dataclass(frozen=True)
class Registered:
    """A document that was registered.

    Attributes:
        document_id: Its id.
        file: Where its text is.
        characters: Length of its text.
        pages: Number of pages, or None.
        mentions: How many numbers were found in it.
    """

    document_id: str
    file: Path
    characters: int
    pages: int | None
    mentions: int


def check_new(settings: Settings, document_id: str) -> Path:
    """Return where the text of a new document goes.

    Raises:
        ArsenaleError: The id is malformed or taken, or there is no folder for it outside of the project.
    """
    if not re.fullmatch(SLUG.pattern, document_id):
        raise ArsenaleError(
            f"{document_id!r} is no id", remedy=f"take {SLUG.expected}, such as iai-italy-turkey-defence"
        )
    if document_id in read_registry(settings):
        raise ArsenaleError(
            f"{document_id} is registered already, and nothing is overwritten",
            remedy="a changed document is another document: take an id of its own",
        )
    folder = settings.documents
    if folder is None or not folder.is_dir():
        raise ArsenaleError(
            "there is no folder for the text of the document",
            remedy="name a folder that exists in ARSENALE_DOCUMENTS, outside of the project",
        )
    if folder.resolve().is_relative_to(settings.home):
        raise ArsenaleError(
            f"{folder} lies inside the project, which never holds the text of a document",
            remedy="name a folder outside of the project in ARSENALE_DOCUMENTS",
        )
    return folder / f"{document_id}.txt"


def detected(extracted: Extracted) -> dict[str, str]:
    """Return what can be told about a document without asking, by column."""
    opening = extracted.text[:_OPENING]
    return extracted.said | {
        "language": language_of(opening),
        "licence": "none stated",
        "redistributable": "no",
        "decimal_mark": settings_of(opening).decimal_mark,
    }


def register(
    settings: Settings, document_id: str, extracted: Extracted, answers: Mapping[str, str]
) -> Registered:
    """Write the text, the row and the inventory of a document; all of it, or nothing.

    Args:
        settings: Where seeds and documents are.
        document_id: A new id.
        extracted: Its text.
        answers: Its bibliographic data, by column; what is missing is taken as detected.

    Raises:
        ArsenaleError: The id or an answer is refused, or another text of that name is there.
    """
    target = check_new(settings, document_id)
    content = extracted.text.encode("utf-8")
    cells = detected(extracted) | dict(answers)
    row = {name: " ".join(cells.get(name, "").split()) for name in QUESTIONS} | {
        "document_id": document_id,
        "sha256": sha256(content),
        "characters": str(len(extracted.text)),
        "file": target.name,
    }
    mentions = as_cells(scan_text(document_id, extracted.text))
    is_new = _write_text(target, content)
    try:
        add_rows(settings, {"documents": [row], MENTIONS: mentions})
    except ArsenaleError:
        if is_new:
            target.unlink()
        raise
    return Registered(document_id, target, len(extracted.text), extracted.pages, len(mentions))


def _write_text(target: Path, content: bytes) -> bool:
    """Write a text under a name that nothing has; returns whether it was not there already, to the byte.

    Raises:
        ArsenaleError: Another text is there, or the folder cannot be written.
    """
    draft = target.with_name(f".{target.name}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with open(draft, "wb", opener=lambda path, _: os.open(path, flags, 0o644)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces what is there.
        target.hardlink_to(draft)
    except FileExistsError:
        if open_text(target).encode("utf-8") == content:
            return False
        raise ArsenaleError(
            f"{target} is there already, with another text", remedy="take another id, or move it away"
        ) from None
    except OSError as error:
        raise ArsenaleError(
            f"cannot write {target}: {error.strerror or error}", remedy="mend the cause and try again"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return True
