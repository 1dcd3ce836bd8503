"""Rows as Dagster's UI shows them: the one way in which metadata becomes a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import dagster as dg


def table_of(rows: Iterable[Mapping[str, object]], columns: Iterable[str]) -> dg.TableMetadataValue:
    """Return rows as a table; whole numbers stay numbers, so that they sort, and all else is text."""
    names = tuple(columns)
    records = [{name: _cell(row[name]) for name in names} for row in rows]
    return dg.TableMetadataValue(
        records=[dg.TableRecord(record) for record in records],
        schema=dg.TableSchema([dg.TableColumn(name, _type(records, name)) for name in names]),
    )


def _cell(value: object) -> int | str:
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _type(records: list[dict[str, int | str]], name: str) -> str:
    return "int" if records and all(isinstance(record[name], int) for record in records) else "string"
