"""What a BI tool explores: tables and questions over them, described by the release itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from arsenale.errors import ArsenaleError
from arsenale.settings import PUBLIC_SCHEMA

EVERY_OTHER = "*"
"""In `comments_from`: the table that describes the columns which are not named there."""

UNITS = {"eur": "EUR", "usd": "USD", "pct": "%"}

Dataset = dict[str, Any]
Comments = Mapping[tuple[str, str], str]


def datasets(given: Mapping[str, Dataset], connection: duckdb.DuckDBPyConnection) -> dict[str, Dataset]:
    """Return the datasets that charts stand on, and every public table beside them, ready to explore.

    Args:
        given: By name, what the YAML says: a table, or SQL and where its comments come from; metrics.
        connection: To the release.

    Raises:
        ArsenaleError: A dataset is of a table that there is not, its SQL does not run, or nothing describes
            a column of it.
    """
    comments = _column_comments(connection)
    tables = dict(
        connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = ? order by table_name",
            [PUBLIC_SCHEMA],
        ).fetchall()
    )
    # Superset takes a table of a database once: under the name that the YAML gives it, if it does.
    named = {dataset["table"] for dataset in given.values() if "table" in dataset}
    every = {table: {"table": table} for table in tables if table not in named} | dict(given)
    return {name: _dataset(name, one, tables, comments, connection) for name, one in every.items()}


def _dataset(
    name: str,
    given: Dataset,
    tables: Mapping[str, str],
    comments: Comments,
    connection: duckdb.DuckDBPyConnection,
) -> Dataset:
    own = {key: value for key, value in given.items() if key not in ("table", "comments_from")}
    table = given.get("table")
    comments_from = given.get("comments_from", {EVERY_OTHER: table})
    base = comments_from[EVERY_OTHER]
    if base not in tables:
        raise ArsenaleError(f"dataset {name}: there is no table {base}", details=sorted(tables))
    try:
        described = connection.execute(f"describe {given.get('sql') or table}").fetchall()
    except duckdb.Error as error:
        lines = str(error).splitlines()
        raise ArsenaleError(f"dataset {name}: its SQL does not run", details=lines) from error
    columns = []
    for column, kind, *_ in described:
        origin, _, origin_column = comments_from.get(column, f"{base}.{column}").partition(".")
        comment = comments.get((origin, origin_column))
        if comment is None:
            raise ArsenaleError(
                f"dataset {name}: nothing describes {column}", remedy="add it to comments_from"
            )
        columns.append(_column(column, kind, comment))
    return {
        "table_name": table or name,
        "schema": PUBLIC_SCHEMA,
        "description": tables[base],
        "metrics": [],
        **own,
        "columns": columns,
    }


def _column(name: str, kind: str, comment: str) -> Dataset:
    return {
        "column_name": name,
        "verbose_name": label(name),
        "type": kind,
        "is_dttm": kind in ("DATE", "TIMESTAMP"),
        "groupby": True,
        "filterable": True,
        "description": comment,
    }


def label(column: str) -> str:
    """Return a column's name as a person writes it, its unit in brackets at the end."""
    words = column.removesuffix("_id").split("_")
    units = [f" ({UNITS[word]})" for word in words[1:] if word in UNITS]
    text = " ".join(word for word in words if word not in UNITS).replace("gdp", "GDP")
    return "".join([text[:1].upper(), text[1:], *units])


def _column_comments(connection: duckdb.DuckDBPyConnection) -> Comments:
    rows = connection.execute(
        "select table_name, column_name, comment from duckdb_columns() where schema_name = ?",
        [PUBLIC_SCHEMA],
    )
    return {(table, column): comment for table, column, comment in rows.fetchall() if comment}
