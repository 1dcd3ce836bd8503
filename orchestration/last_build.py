"""What the last build read and came to: where the next would read the same, there is nothing to build.

Only the command line looks here. It remembers a build that succeeded, by one digest of all that a build
depends on: the seeds, the dbt project, the documents, the lock, this program, and the day, which bounds what
the gate lets a document report as done.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import arsenale
import orchestration
from arsenale.contracts.batches import batch_files, stamp_of
from arsenale.files import replaced
from arsenale.inputs import content_digest, document_files
from arsenale.releases.confirmation import confirm
from arsenale.releases.store import current_release
from arsenale.releases.verify import verify
from arsenale.settings import Settings
from orchestration.project import parsed_files

FILE_NAME = "last-build.json"
BESIDE_DBT = ("seeds/*.csv", "requirements.lock")

Report = dict[str, dict[str, Any]]


def inputs_digest(settings: Settings) -> str:
    """Return the digest of all that a build depends on, by content."""
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    digest = hashlib.sha256(f"{day} {sys.version} {settings.documents}\0".encode())
    for batch in batch_files(settings.figures) if settings.figures else ():
        digest.update(f"{batch} {stamp_of(batch)}\0".encode())
    for file in _inputs(settings):
        digest.update(f"{file}\0".encode())
        digest.update(content_digest(file).encode())
    return digest.hexdigest()


def _inputs(settings: Settings) -> Iterator[Path]:
    yield from parsed_files(settings.home)
    for pattern in BESIDE_DBT:
        yield from sorted(settings.home.glob(pattern))
    program = (Path(package.__file__ or "").parent.rglob("*") for package in (arsenale, orchestration))
    for file in sorted(chain(*program, document_files(settings))):
        if not file.is_dir() and "__pycache__" not in file.parts:
            yield file


def last_report(settings: Settings, inputs: str) -> Report | None:
    """Return what the last build said, where it read the same and its release is current and intact."""
    try:
        last = json.loads((settings.warehouse / FILE_NAME).read_bytes())
    except (OSError, ValueError):
        return None
    current = current_release(settings)
    if last.get("inputs") != inputs or current is None or verify(current, content=False):
        return None
    report: Report = last["report"]
    if report["release"]["release"] != current.release_id:
        return None
    confirm(settings, current)
    return report | {"release": report["release"] | {"new": False}}


def remember_build(settings: Settings, inputs: str, report: Report) -> None:
    """Keep what a build said, unless something was edited while it ran."""
    if inputs_digest(settings) != inputs:
        return
    with replaced(settings.warehouse / FILE_NAME) as draft:
        draft.write_text(json.dumps({"inputs": inputs, "report": report}, default=str), encoding="utf-8")
