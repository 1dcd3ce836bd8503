"""What two engines made of one project, compared value by value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

SHOWN = 10
"""Differences that a report names."""


@contextmanager
def both(database: Path, folder: Path, schema: str = "main") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open DuckDB's tables as `ours.<table>`, and Spark's as `theirs.<table>`: a folder of Parquet each."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as built (read_only)")
        connection.execute("create schema ours; create schema theirs")
        for name in tables(connection, schema):
            connection.execute(f"create view ours.{name} as from built.{schema}.{name}")
            connection.execute(f"create view theirs.{name} as from read_parquet('{folder / name}/*.parquet')")
        yield connection


def tables(connection: duckdb.DuckDBPyConnection, schema: str = "main") -> list[str]:
    """Return the names of DuckDB's tables."""
    rows = connection.execute(
        "select table_name from duckdb_tables() "
        "where database_name = 'built' and schema_name = ? order by all",
        [schema],
    )
    return [name for (name,) in rows.fetchall()]


def columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[tuple[str, str]]:
    """Return names and types, in order."""
    return [(name, kind) for name, kind, *_ in connection.execute(f"describe {relation}").fetchall()]


def differences(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return how the two differ, one line each: table, key, column, both values."""
    ours, theirs = columns(connection, f"ours.{table}"), columns(connection, f"theirs.{table}")
    if ours != theirs:
        return [
            f"{table}: DuckDB has {a}, Spark {b}" for a, b in zip(ours, theirs, strict=False) if a != b
        ] or [f"{table}: DuckDB has {len(ours)} columns, Spark {len(theirs)}"]
    only_ours, only_theirs = (
        connection.execute(f"from {a}.{table} except all from {b}.{table} limit {SHOWN}").fetchall()
        for a, b in (("ours", "theirs"), ("theirs", "ours"))
    )
    if not only_ours and not only_theirs:
        return []
    key = _primary_key(connection, table)
    named = (
        [
            line
            for name, _ in ours
            if name not in key
            for line in _unequal_values(connection, table, key, name)
        ]
        if key
        else []
    )
    # Without a key, or where a row is there twice, whole rows.
    return named[:SHOWN] or [
        f"{table}: only on {engine}: {row}"
        for engine, rows in (("DuckDB", only_ours), ("Spark", only_theirs))
        for row in rows
    ]


def _unequal_values(
    connection: duckdb.DuckDBPyConnection, table: str, key: list[str], column: str
) -> list[str]:
    shown = " || ', ' || ".join(f"coalesce({name}::varchar, 'NULL')" for name in key)
    rows = connection.execute(
        f"select {shown}, a.{column}::varchar, b.{column}::varchar, a.there, b.there "
        f"from (select *, true as there from ours.{table}) as a "
        f"full join (select *, true as there from theirs.{table}) as b using ({', '.join(key)}) "
        f"where a.{column} is distinct from b.{column} or a.there is distinct from b.there "
        f"order by all limit {SHOWN}"
    ).fetchall()
    return [
        f"{table} [{at}] {column}: "
        f"DuckDB {ours if here else 'has no row'}, Spark {theirs if there else 'has no row'}"
        for at, ours, theirs, here, there in rows
    ]


def _primary_key(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    found = connection.execute(
        "select constraint_column_names from duckdb_constraints() "
        "where database_name = 'built' and schema_name = 'main' and table_name = ? "
        "and constraint_type = 'PRIMARY KEY'",
        [table],
    ).fetchone()
    return list(found[0]) if found else []


def as_database(database: Path, folder: Path, path: Path) -> Path:
    """Write Spark's rows into a DuckDB file with the comments of `database`, so that it can be hashed."""
    with both(database, folder) as connection:
        connection.execute(f"attach '{path}' as copied")
        for name in tables(connection):
            assert columns(connection, f"ours.{name}") == columns(connection, f"theirs.{name}")
            connection.execute(f"create table copied.main.{name} as from theirs.{name}")
        comments = connection.execute(
            "select table_name, null, comment from duckdb_tables() "
            "where database_name = 'built' and schema_name = 'main' and comment is not null "
            "union all select table_name, column_name, comment from duckdb_columns() "
            "where database_name = 'built' and schema_name = 'main' and comment is not null"
        ).fetchall()
        for table, column, comment in comments:
            target = f"column copied.main.{table}.{column}" if column else f"table copied.main.{table}"
            literal = comment.replace("'", "''")
            connection.execute(f"comment on {target} is '{literal}'")
    return path
