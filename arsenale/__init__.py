"""Arsenale: every figure, and the sentence it stands on.

The library behind the warehouse: documents, mentions, contracts, releases. It knows neither Dagster nor dbt.

`arsenale.connect()` opens the current release for reading, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arsenale.releases.reader import connect

__all__ = ["connect"]


def __getattr__(name: str) -> Any:
    """Import the reader, and DuckDB with it, when asked for: commands that read nothing start without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from arsenale.releases import reader  # noqa: PLC0415

    return getattr(reader, name)
