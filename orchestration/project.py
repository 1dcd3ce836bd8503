"""The dbt project as Dagster sees it: where it is, and a manifest that is up to date.

dbt's manifest says which assets and checks there are. It is made anew when the digest of what it is parsed
from changes: content, not times, so that a fresh checkout and a touched file cost nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from arsenale.errors import ArsenaleError
from arsenale.settings import Settings

PARSED = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds/*.yml", "tests/dbt", "analyses")
DIGEST_NAME = "manifest.sha256"


def dbt_executable() -> str:
    """Return the dbt beside the interpreter that runs: never another one that happens to be on the path."""
    return str(Path(sys.executable).with_name("dbt"))


def dbt_environment() -> dict[str, str]:
    """Return the environment in which dbt runs: no telemetry, no terminal colours."""
    return {
        **os.environ,
        # Telemetry hangs for half a minute where there is no network.
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "NO_COLOR": "1",
    }


@cache
def load_manifest() -> dict[str, Any]:
    """Return dbt's manifest, made anew where the project has changed."""
    settings = Settings.from_environment()
    manifest = settings.home / "target" / "manifest.json"
    digest_file = manifest.with_name(DIGEST_NAME)
    digest = _digest(settings.home)
    if not (manifest.exists() and digest_file.exists() and digest_file.read_text(encoding="utf-8") == digest):
        _parse(settings.home)
        digest_file.write_text(digest, encoding="utf-8")
    content: dict[str, Any] = json.loads(manifest.read_bytes())
    return content


def _digest(home: Path) -> str:
    digest = hashlib.sha256()
    for file in _parsed_files(home):
        digest.update(f"{file.relative_to(home)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _parsed_files(home: Path) -> Iterator[Path]:
    for pattern in PARSED:
        for path in sorted(home.glob(pattern)):
            yield from (
                sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)
            )


def _parse(home: Path) -> None:
    result = subprocess.run(  # noqa: S603 - our own interpreter's dbt
        [dbt_executable(), "--quiet", "parse"],
        cwd=home,
        env=dbt_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise ArsenaleError(
            "dbt cannot parse the project",
            details=[line for line in (result.stdout + result.stderr).splitlines() if line.strip()],
            remedy="mend what is named above, then build again",
        )
