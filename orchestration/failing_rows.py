"""The rows behind a failed dbt test, as metadata of its check.

dbt says how many rows fail; whoever mends it wants to see them. They are read from the private database once
dbt has closed it, with the very SQL that dbt ran.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

ROWS_SHOWN = 20


def hold_failed_checks(events: Iterable[Any], held: list[dg.AssetCheckResult]) -> Iterator[Any]:
    """Pass on dbt's events, but for failed checks: those wait until their rows can be read."""
    for event in events:
        if isinstance(event, dg.AssetCheckResult) and not event.passed:
            held.append(event)
        else:
            yield event


def with_failing_rows(
    held: Iterable[dg.AssetCheckResult], run_results: Path, database: Path
) -> Iterator[dg.AssetCheckResult]:
    """Yield each failed check with the rows that fail it."""
    if not run_results.exists():
        yield from held
        return
    results = json.loads(run_results.read_bytes())["results"]
    sql_of = {result["unique_id"]: result.get("compiled_code") for result in results}
    with duckdb.connect(str(database), read_only=True) as connection:
        for check in held:
            unique_id = str((check.metadata or {})["unique_id"].value)
            yield _with_rows(check, *_failing_rows(connection, sql_of.get(unique_id)))


def _failing_rows(connection: duckdb.DuckDBPyConnection, sql: str | None) -> tuple[list[str], list[Any]]:
    if not sql:
        return [], []
    rows = connection.sql(f"select * from ({sql}) limit {ROWS_SHOWN}")  # noqa: S608 - dbt ran it already
    return rows.columns, rows.fetchall()


def _with_rows(check: dg.AssetCheckResult, columns: list[str], rows: list[Any]) -> dg.AssetCheckResult:
    lines = [", ".join(f"{name} {cell}" for name, cell in zip(columns, row, strict=True)) for row in rows]
    table = dg.TableMetadataValue(
        records=[
            dg.TableRecord({name: str(cell) for name, cell in zip(columns, row, strict=True)}) for row in rows
        ],
        schema=dg.TableSchema([dg.TableColumn(name, "string") for name in columns]),
    )
    return dg.AssetCheckResult(
        passed=check.passed,
        asset_key=check.asset_key,
        check_name=check.check_name,
        metadata={**(check.metadata or {}), "failing rows": table},
        severity=check.severity,
        description="\n".join(lines) or check.description,
    )
