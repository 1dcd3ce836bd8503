"""The dbt project as Dagster sees it: where it is, and a manifest that is up to date.

dbt's manifest says which assets and checks there are. It is made anew when the digest of what it is parsed
from changes: content, not times, so that a fresh checkout and a touched file cost nothing. It is kept in the
warehouse, apart from the `target/` of a bare dbt: that one may be of another day's project, and the project
itself may be read-only.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from arsenale.errors import ArsenaleError
from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE
from arsenale.releases.builds import BUILDS_NAME
from arsenale.settings import DATABASE_NAME, FIGURES_VARIABLE, Settings
from orchestration.dbt_lines import lines_of

PARSED = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds/*.yml", "tests/dbt", "analyses")
DIGEST_NAME = "manifest.sha256"

DATABASE_VARIABLE = "ARSENALE_BUILD_DATABASE"
"""Where profiles.yml lets dbt write."""

LOCKED_VARIABLE = "ARSENALE_IS_LOCKED"
"""Set for a dbt whose caller holds the build lock, or whose database is nobody else's."""

EXCHANGE_RATES = "exchange_rates.parquet"


def latest_build(settings: Settings) -> Path:
    """Return the link to the folder of the running build.

    dbt is told the database's path through it: the path is a part of the profile, and dbt parses the whole
    project anew when that changes.
    """
    return settings.warehouse / BUILDS_NAME / "latest"


def parse_folder(settings: Settings) -> Path:
    """Return where the manifest is kept, and what lets dbt parse only what has changed."""
    return settings.warehouse / "dbt"


def dbt_executable() -> str:
    """Return the dbt beside the interpreter that runs: never another one that happens to be on the path."""
    return str(Path(sys.executable).with_name("dbt"))


def dbt_environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which dbt runs: the build's database, no telemetry, no terminal colours."""
    return {
        **os.environ,
        **({FIGURES_VARIABLE: settings.figures} if settings.figures else {}),
        DATABASE_VARIABLE: str(latest_build(settings) / DATABASE_NAME),
        EXCHANGE_RATES_VARIABLE: str(latest_build(settings) / EXCHANGE_RATES),
        LOCKED_VARIABLE: "1",
        # Telemetry hangs for half a minute where there is no network.
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_PROJECT_DIR": str(settings.home),
        "DBT_PROFILES_DIR": str(settings.home),
        "DBT_USE_COLORS": "false",
    }


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
            _parse(settings)
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
    for file in parsed_files(home):
        digest.update(f"{file.relative_to(home)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def parsed_files(home: Path) -> Iterator[Path]:
    """Yield the files of the project that dbt parses, in one order."""
    for pattern in PARSED:
        for path in sorted(home.glob(pattern)):
            yield from (
                sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)
            )


def _parse(settings: Settings) -> None:
    result = subprocess.run(  # noqa: S603 - our own interpreter's dbt
        [dbt_executable(), *parse_arguments(settings)],
        cwd=settings.home,
        env=dbt_environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise ArsenaleError(
            "dbt cannot parse the project", details=lines_of(result), remedy="mend that, then build again"
        )
