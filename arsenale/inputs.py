"""What a build reads, by content: the seeds and documents that people edit, and all else that it depends on.

By digest and not by time, so that a checkout, a copy or a touched file asks for nothing.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from arsenale.contracts.batches import batch_files, stamp_of
from arsenale.files import RefusedFileError, read_bytes, sha256
from arsenale.settings import LANGUAGES_VARIABLE, REPORT_TO_VARIABLE, Settings

SEEDS = "seeds"
DOCUMENTS = "documents"

PARSED = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds/*.yml", "tests/dbt", "analyses")
"""What dbt makes its manifest of, in the project."""

BESIDE_DBT = ("seeds/*.csv", "requirements.lock")
SOURCE = Path(__file__).parents[1]
PROGRAM = ("arsenale", "orchestration")
"""The packages that build; they lie side by side."""

PAGES = ("arsenale/site", "arsenale/trace")
"""What of them says how the pages look."""


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


def inputs_digest(settings: Settings) -> str:
    """Return one digest of all that a build depends on, by content.

    The seeds, the dbt project, the documents, the lock, this program; and the day, which bounds what the gate
    lets a document report as done.
    """
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    # Who is named on the pages, and in which languages numbers are looked for.
    told = [os.environ.get(name, "") for name in (REPORT_TO_VARIABLE, LANGUAGES_VARIABLE)]
    digest = hashlib.sha256(f"{day} {sys.version} {settings.documents} {told}\0".encode())
    for batch in batch_files(settings.figures) if settings.figures else ():
        digest.update(f"{batch} {stamp_of(batch)}\0".encode())
    _add(digest, Path("/"), _all_inputs(settings))
    return digest.hexdigest()


def pages_digest(settings: Settings) -> str:
    """Return the digest of all that the pages of a release are made of, beside what the release says.

    Mended pages say the same, and are worth a release all the same.
    """
    digest = hashlib.sha256(os.environ.get(REPORT_TO_VARIABLE, "").encode())
    # By where they lie in the project: it says the same in another folder.
    _add(digest, settings.home, sorted((settings.home / "analyses").glob("*.sql")))
    for folder in PAGES:
        _add(digest, SOURCE, _program_files(folder))
    return digest.hexdigest()


def _add(digest: hashlib._Hash, root: Path, files: Iterable[Path]) -> None:
    for file in files:
        digest.update(f"{file.relative_to(root)}\0".encode())
        digest.update(content_digest(file).encode())


def _all_inputs(settings: Settings) -> Iterator[Path]:
    yield from project_files(settings.home)
    for pattern in BESIDE_DBT:
        yield from sorted(settings.home.glob(pattern))
    for package in PROGRAM:
        yield from _program_files(package)
    if languages := os.environ.get(LANGUAGES_VARIABLE):
        yield from sorted(Path(languages).absolute().glob("*.toml"))
    yield from document_files(settings)


def _program_files(folder: str) -> list[Path]:
    found = sorted((SOURCE / folder).rglob("*"))
    return [file for file in found if not file.is_dir() and "__pycache__" not in file.parts]


def project_files(home: Path) -> Iterator[Path]:
    """Yield the files of the project that dbt parses, in one order."""
    for pattern in PARSED:
        for path in sorted(home.glob(pattern)):
            yield from (
                sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)
            )
