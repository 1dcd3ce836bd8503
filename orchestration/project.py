"""The dbt project as Dagster sees it: a manifest that is up to date.

dbt's manifest says which assets and checks there are. It is made anew when the digest of what it is parsed
from changes: content, not times, so that a fresh checkout and a touched file cost nothing. It is kept in the
warehouse, apart from the `target/` of a bare dbt: that one may be of another day's project, and the project
itself may be read-only.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from arsenale.inputs import project_files
from arsenale.settings import Settings
from orchestration.dbt_process import run_dbt

DIGEST_NAME = "manifest.sha256"


def parse_folder(settings: Settings) -> Path:
    """Return where the manifest is kept, and what lets dbt parse only what has changed."""
    return settings.warehouse / "dbt"


def parse_arguments(settings: Settings) -> list[str]:
    """Return dbt's arguments for parsing the project into the folder where the manifest is kept."""
    folder = str(parse_folder(settings))
    return ["--quiet", "parse", "--target-path", folder, "--log-path", folder]


@cache
def load_manifest() -> dict[str, Any]:
    """Return dbt's manifest, made anew where the project has changed.

    Raises:
        ArsenaleError: If there is no project, or dbt cannot parse it, with what it says.
    """
    settings = Settings.of_project()
    with parsing(settings) as is_current:
        if not is_current:
            run_dbt(settings, parse_folder(settings), "parse")
        content: dict[str, Any] = json.loads((parse_folder(settings) / "manifest.json").read_bytes())
    return content


@contextmanager
def parsing(settings: Settings) -> Iterator[bool]:
    """Hold the folder of the manifest, and tell whether it is current; after the block, it is.

    Ten builds that start together parse once. A block that raises leaves a manifest that nobody will take.
    """
    folder = parse_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    digest_file = folder / DIGEST_NAME
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = _digest(settings.home)
        is_current = digest_file.exists() and digest_file.read_text(encoding="utf-8") == digest
        if not is_current:
            digest_file.unlink(missing_ok=True)
        yield is_current
        if not is_current:
            digest_file.write_text(digest, encoding="utf-8")


def _digest(home: Path) -> str:
    # Another dbt parses to another manifest.
    digest = hashlib.sha256(f"{version('dbt-core')} {version('dbt-duckdb')}\0".encode())
    for file in project_files(home):
        digest.update(f"{file.relative_to(home)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
