"""What a failed dbt test found: its rows, read from the private database once dbt has closed it.

dbt itself reports how many there are. Whoever has to mend a row needs to see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration.tables import table_of

ROWS_SHOWN = 20
ROWS_IN_LINE = 3


def with_rows(
    failed: Iterable[dg.AssetCheckResult], run_results: Path, database: Path
) -> Iterator[dg.AssetCheckResult]:
    """Yield the failed checks, each with the rows that its query returns."""
    results = list(failed)
    if not results:
        return
    queries = {
        row["unique_id"]: row["compiled_code"] for row in json.loads(run_results.read_bytes())["results"]
    }
    with duckdb.connect(str(database), read_only=True) as connection:
        for result in results:
            query = queries[_text(result.metadata["unique_id"])]
            yield _with_rows(result, _rows(connection, query))


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, str]]:
    try:
        found = connection.sql(query).limit(ROWS_SHOWN)
    except duckdb.Error as error:
        # A test that failed because its query does: that is what there is to see.
        return [{"error": str(error).partition("\n")[0]}]
    return [dict(zip(found.columns, map(str, row), strict=True)) for row in found.fetchall()]


def _with_rows(result: dg.AssetCheckResult, rows: list[dict[str, str]]) -> dg.AssetCheckResult:
    table = table_of(rows, rows[0] if rows else ())
    lines = [", ".join(f"{name} {cell!r}" for name, cell in row.items()) for row in rows[:ROWS_IN_LINE]]
    return dg.AssetCheckResult(
        passed=False,
        asset_key=result.asset_key,
        check_name=result.check_name,
        severity=result.severity,
        metadata={**result.metadata, "rows": table},
        description="\n".join(lines),
    )


def _text(value: Any) -> str:
    return str(value.value if isinstance(value, dg.MetadataValue) else value)
