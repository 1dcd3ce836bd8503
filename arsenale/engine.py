"""DuckDB as Arsenale opens it to work: no extension, no Python variable for a table, bounded memory.

| variable | what it says | without it |
| --- | --- | --- |
| `ARSENALE_MEMORY_LIMIT` | what gate, dbt, audit and publishing take each before they spill | `3GB` |

`profiles.yml` reads it for dbt. Readers of a release have a limit of their own (`arsenale.releases.reader`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

NO_SURPRISES: dict[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "python_scan_all_frames": "false",
}


def memory_limit() -> str:
    """Return what DuckDB may take, as it writes sizes: `3GB`."""
    return os.environ.get("ARSENALE_MEMORY_LIMIT") or "3GB"


@contextmanager
def open_engine(scratch: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty in-memory DuckDB.

    Args:
        scratch: Where sorts larger than memory may spill; the system's temporary folder without it. Each
            engine gets a folder of its own there: two that share one overwrite each other's files.
    """
    with TemporaryDirectory(prefix="arsenale-", dir=scratch, ignore_cleanup_errors=True) as spill:
        config: dict[str, str | bool | int | float | list[str]] = {
            **NO_SURPRISES,
            "memory_limit": memory_limit(),
            "temp_directory": spill,
        }
        with duckdb.connect(":memory:", config=config) as connection:
            yield connection
