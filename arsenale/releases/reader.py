"""A connection that reads the current release and can do nothing else: no other file, no network, no setting.

A connection that is merely read-only could still read and write any file of the machine (FAILURES.md, row
12).
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from arsenale.errors import ArsenaleError
from arsenale.releases.engine import NO_SURPRISES, first_line
from arsenale.releases.store import Release, require_current
from arsenale.settings import Settings

SPILL_LIMIT = "8GB"
_SPILL_FOLDERS: list[TemporaryDirectory[str]] = []


def connect(
    settings: Settings | None = None,
    *,
    release: Release | None = None,
    memory_limit: str = "1GB",
    threads: int | None = None,
) -> duckdb.DuckDBPyConnection:
    """Open a release for reading, locked.

    The link `current` is resolved once, here: a release that is published later is seen by the next
    connection, and no connection ever sees two.

    DuckDB shares one instance between the connections of a process to one file; they must ask for the
    same settings.

    Args:
        settings: Where the warehouse is; from the environment without it.
        release: Another release than the current one.
        memory_limit: What queries may take before they spill to the system's temporary folder.
        threads: As many as there are cores without it.

    Raises:
        ArsenaleError: Nothing was published yet, or the file cannot be opened.
    """
    release = release or require_current(settings or Settings.from_environment())
    config: dict[str, str | bool | int | float | list[str]] = {
        **NO_SURPRISES,
        "enable_external_access": "false",
        "memory_limit": memory_limit,
        # The release's own folder is read-only, and DuckDB would spill beside the file.
        "temp_directory": _spill_folder(release.database),
        "max_temp_directory_size": SPILL_LIMIT,
        "lock_configuration": "true",
    }
    if threads is not None:
        config["threads"] = threads
    try:
        return duckdb.connect(str(release.database), read_only=True, config=config)
    except duckdb.Error as error:
        raise ArsenaleError(f"cannot open {release.database}: {first_line(error)}") from error


@cache
def _spill_folder(database: Path) -> str:
    """One folder per process and release: two processes that share one overwrite each other's files.

    It goes when the process ends. Where nothing can be written, queries that need more than memory fail.
    """
    try:
        folder = TemporaryDirectory(prefix="arsenale-", ignore_cleanup_errors=True)
    except OSError:
        return ""
    _SPILL_FOLDERS.append(folder)
    return folder.name


def explain(error: duckdb.Error, connection: duckdb.DuckDBPyConnection) -> ArsenaleError:
    """Turn an error of a query into one line, and say the nearest names where one is unknown."""
    message = first_line(error)
    if unknown := re.search(r"Table with name (\S+) does not exist", message):
        # DuckDB's own suggestion counts its system tables in, and they come first.
        near = difflib.get_close_matches(unknown[1].rpartition(".")[2], _tables(connection))
        return ArsenaleError(message, remedy=_suggestion(near) or "`from (show tables)` lists them")
    if "has been locked" in message or isinstance(error, duckdb.PermissionException):
        return ArsenaleError(message, remedy="this connection reads the release and nothing else")
    if hint := re.search(r"(?:Did you mean|Candidate).*", str(error)):
        return ArsenaleError(message, remedy=_suggestion(re.findall(r'"([^"]+)"', hint[0])))
    return ArsenaleError(message)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("select table_name from duckdb_tables() where schema_name = 'main' order by 1")
    return [name for (name,) in found.fetchall()]


def _suggestion(names: list[str]) -> str:
    return f"did you mean {' or '.join(names)}?" if names else ""
