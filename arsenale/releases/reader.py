"""A connection that reads the current release and can do nothing else: no other file, no network, no setting.

A connection that is merely read-only could still read and write any file of the machine (FAILURES.md, row
12).
"""

from __future__ import annotations

import difflib
import re
import threading
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from arsenale.engine import NO_SURPRISES
from arsenale.errors import ArsenaleError
from arsenale.releases.engine import first_line
from arsenale.releases.names import read_names
from arsenale.releases.store import Release, require_current
from arsenale.settings import Settings

SPILL_LIMIT = "8GB"
_SPILL_FOLDERS: list[TemporaryDirectory[str]] = []
_ONE_AT_A_TIME = threading.Lock()


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
        "temp_directory": _spill_folder_of(release.database),
        "max_temp_directory_size": SPILL_LIMIT,
        "lock_configuration": "true",
    }
    if threads is not None:
        config["threads"] = threads
    try:
        return duckdb.connect(str(release.database), read_only=True, config=config)
    except duckdb.Error as error:
        raise ArsenaleError(f"cannot open {release.database}: {first_line(error)}") from error


def _spill_folder_of(database: Path) -> str:
    # A cache lets two threads that come first make two folders, and DuckDB then refuses the second.
    with _ONE_AT_A_TIME:
        return _spill_folder(database)


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
    """Turn an error of a query into one line, its place in the text, and the nearest names."""
    message = first_line(error)
    return ArsenaleError(message, details=_place(error), remedy=_remedy(message, error, connection))


def _remedy(message: str, error: duckdb.Error, connection: duckdb.DuckDBPyConnection) -> str:
    if unknown := re.search(r"Table with name (\S+) does not exist", message):
        # DuckDB's own suggestion counts its system tables in, and they come first.
        near = read_names(connection).nearest_tables(unknown[1])
        return _suggestion(near) or "`from (show tables)` lists them"
    if "has been locked" in message or isinstance(error, duckdb.PermissionException):
        return "this connection reads the release and nothing else"
    hint = re.search(r"(?:Did you mean|Candidate).*", str(error))
    near = re.findall(r'"([^"]+)"', hint[0]) if hint else []
    if column := re.search(r'olumn (?:named )?"([^"]+)"', message):
        # DuckDB lists columns that only share a letter as well.
        close = difflib.get_close_matches(column[1], near)
        if elsewhere := read_names(connection).tables_with(column[1]):
            here = f"; {_suggestion(close)}" if close else ""
            return f"{column[1]} is a column of {', '.join(elsewhere)}{here}"
        near = close or near
    return _suggestion(near)


def _place(error: duckdb.Error) -> list[str]:
    """Return the line of the query that DuckDB stopped at, and the mark below it."""
    return re.findall(r"^(?:LINE \d+:.*| +\^+)$", str(error), re.MULTILINE)


def _suggestion(names: list[str]) -> str:
    return f"did you mean {' or '.join(names)}?" if names else ""
