from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from arsenale.engine import NO_SURPRISES
from arsenale.releases.engine import Table, attach, literal, quoted, tables

CATALOGUE = "arsenale"
"""What dbt compiled the tests for."""


@dataclass(frozen=True)
class Built:
    """What a build of the project's own seeds made.

    Attributes:
        database: The private database.
        nodes: dbt's nodes by their id.
        compiled: The SQL of each data test that ran, by its node's id.
    """

    database: Path
    nodes: dict[str, dict[str, Any]]
    compiled: dict[str, str]


@pytest.fixture(scope="session")
def built(built_database: Path) -> Built:
    target = built_database.parent / "target"
    results = json.loads((target / "run_results.json").read_bytes())["results"]
    return Built(
        database=built_database,
        nodes=json.loads((target / "manifest.json").read_bytes())["nodes"],
        compiled={
            row["unique_id"]: row["compiled_code"] for row in results if row["unique_id"].startswith("test.")
        },
    )


@pytest.fixture(scope="session")
def originals(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the built database attached as "built"."""
    with duckdb.connect(":memory:", config=dict(NO_SURPRISES)) as connection:
        attach(connection, built.database, "built")
        yield connection


@pytest.fixture(scope="session")
def scratch(originals: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The connection with a copy that anything can be done to: no constraints, views as tables."""
    originals.execute(f"attach ':memory:' as {CATALOGUE}")
    for schema, name in originals.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'built' union all "
        "select schema_name, view_name from duckdb_views() where database_name = 'built' and not internal"
    ).fetchall():
        originals.execute(f"create schema if not exists {CATALOGUE}.{quoted(schema)}")
        place = f"{quoted(schema)}.{quoted(name)}"
        originals.execute(f"create table {CATALOGUE}.{place} as from built.{place}")
    for table in tables(originals, "built"):
        _describe(originals, table)
    # The audit looks at every catalogue that it sees, and asks for one release.
    originals.execute(f"insert into {CATALOGUE}.main.dim_release from built.main.dim_release limit 0")
    originals.execute("detach built")
    originals.execute(f"use {CATALOGUE}")
    return originals


def _describe(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    place = table.in_database(CATALOGUE)
    connection.execute(f"comment on table {place} is {literal(table.comment or '')}")
    for column in table.columns:
        comment = literal(column.comment or "")
        connection.execute(f"comment on column {place}.{quoted(column.name)} is {comment}")


@contextmanager
def mutated(connection: duckdb.DuckDBPyConnection, *statements: str) -> Iterator[None]:
    """Have a change for a while; one that changes nothing would test nothing."""
    connection.execute("begin")
    try:
        for statement in statements:
            connection.execute(statement)
        yield
    finally:
        connection.execute("rollback")
