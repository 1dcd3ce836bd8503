"""What a build reads that people edit, by content: the seeds and the documents.

By digest and not by time, so that a checkout, a copy or a touched file asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from arsenale.files import RefusedFileError, read_bytes, sha256
from arsenale.settings import Settings

SEEDS = "seeds"
DOCUMENTS = "documents"


def input_digests(settings: Settings) -> dict[str, str]:
    """Return the SHA-256 of every seed and document, by `seeds/NAME` or `documents/NAME`."""
    return {name: content_digest(file) for name, file in _inputs(settings)}


def content_digest(file: Path) -> str:
    """Return the SHA-256 of a file, or why it is not read."""
    try:
        return sha256(read_bytes(file))
    except RefusedFileError as refused:
        # The gate says so, with a remedy; here it is merely something else than before.
        return str(refused)


def _inputs(settings: Settings) -> Iterator[tuple[str, Path]]:
    for file in sorted(settings.seeds.glob("*.csv")):
        yield f"{SEEDS}/{file.name}", file
    for file in document_files(settings):
        yield f"{DOCUMENTS}/{file.name}", file


def document_files(settings: Settings) -> list[Path]:
    """Return the texts in the folder of the documents, in one order; a note that lies there is none."""
    return sorted(settings.documents.glob("*.txt")) if settings.documents else []


def changed_inputs(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return which files differ, each with what happened to it: "seeds/figures.csv changed"."""
    changes = []
    for name in sorted(before.keys() | after.keys()):
        if name not in before:
            changes.append(f"{name} added")
        elif name not in after:
            changes.append(f"{name} removed")
        elif before[name] != after[name]:
            changes.append(f"{name} changed")
    return changes
