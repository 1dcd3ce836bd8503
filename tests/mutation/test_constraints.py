"""Every constraint of the built file, and a row that it refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pytest

from arsenale.releases.engine import PUBLIC_SCHEMA, Table, attach, parents_first, quoted, tables

from .conftest import Built

pytestmark = pytest.mark.failure(2)

MESSAGES = {
    "NOT NULL": "NOT NULL constraint failed: {table}.{columns}",
    "PRIMARY KEY": "uplicate key",
    "FOREIGN KEY": "oreign key constraint",
    "CHECK": "CHECK constraint failed on table {table}",
}
"""What DuckDB says, by the kind of constraint."""

CHECKS = {("dim_exchange_rate", "(units_per_eur > 0)"): ("units_per_eur", "0")}
"""A column and a value that each CHECK refuses, by its table and expression."""


@dataclass(frozen=True)
class Constraint:
    table: str
    kind: str
    columns: tuple[str, ...]
    expression: str | None

    def __str__(self) -> str:
        return f"{self.table}: {self.kind} {', '.join(self.columns)}"

    @property
    def message(self) -> str:
        return MESSAGES[self.kind].format(table=self.table, columns=".".join(self.columns))

    def bad(self) -> dict[str, str]:
        """Return SQL for the columns of a row that this constraint refuses, beside the same row once more."""
        match self.kind:
            case "NOT NULL":
                return {self.columns[0]: "null"}
            case "FOREIGN KEY":
                return {self.columns[0]: "'no-such-row'"}
            case "CHECK":
                column, value = CHECKS[self.table, str(self.expression)]
                return {column: value}
        return {}


def constraints(connection: duckdb.DuckDBPyConnection) -> list[Constraint]:
    return [
        Constraint(table, kind, tuple(columns), expression)
        for table, kind, columns, expression in connection.execute(
            "select table_name, constraint_type, constraint_column_names, expression "
            "from duckdb_constraints() where database_name = 'built' order by table_name, constraint_index"
        ).fetchall()
    ]


@pytest.fixture(scope="module")
def builtin(built: Built) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        attach(connection, built.database, "built")
        yield connection


@contextmanager
def recreated(connection: duckdb.DuckDBPyConnection, table: Table, all_tables: list[Table]) -> Iterator[None]:
    """Have an empty table with all its constraints, and those that it refers to with all their rows."""
    by_name = {one.name: one for one in all_tables}
    needed, waiting = {table.name}, [table]
    while waiting:
        parents = {by_name[name] for name in waiting.pop().references} - {by_name[name] for name in needed}
        needed |= {parent.name for parent in parents}
        waiting += parents
    connection.execute("attach ':memory:' as recreated")
    connection.execute("use recreated")
    for one in parents_first([one for one in all_tables if one.name in needed]):
        connection.execute(one.ddl)
        if one.name != table.name:
            connection.execute(
                f"insert into {quoted(one.name)} from built.{PUBLIC_SCHEMA}.{quoted(one.name)}"
            )
    try:
        yield
    finally:
        connection.execute("use memory")
        connection.execute("detach recreated")


def refused(connection: duckdb.DuckDBPyConnection, constraint: Constraint) -> str:
    """Return what DuckDB says to a bad row, or nothing where it takes it."""
    table = quoted(constraint.table)
    good = f"select * from built.{PUBLIC_SCHEMA}.{table} limit 1"
    bad = ", ".join(f"{value} as {quoted(column)}" for column, value in constraint.bad().items())
    row = f"select * replace ({bad}) from ({good})" if bad else good
    try:
        connection.execute("begin")
        if constraint.kind == "PRIMARY KEY":
            connection.execute(f"insert into {table} {good}")
        connection.execute(f"insert into {table} {row}")
    except duckdb.ConstraintException as error:
        return str(error)
    finally:
        connection.execute("rollback")
    return ""


def test_every_check_has_a_mutation_and_no_mutation_is_left_over(builtin: duckdb.DuckDBPyConnection) -> None:
    checks = {(one.table, one.expression) for one in constraints(builtin) if one.kind == "CHECK"}
    assert checks == set(CHECKS)
    assert {one.kind for one in constraints(builtin)} == set(MESSAGES)


def test_every_constraint_stands_on_a_public_table_that_has_rows(builtin: duckdb.DuckDBPyConnection) -> None:
    public = {table.name for table in tables(builtin, "built")}
    assert {one.table for one in constraints(builtin)} <= public
    for name in public:
        assert builtin.execute(f"select count(*) > 0 from built.main.{quoted(name)}").fetchone() == (True,), (
            name
        )


def test_every_constraint_refuses_its_mutation(
    builtin: duckdb.DuckDBPyConnection, record_property: Callable[[str, object], None]
) -> None:
    found, everything = constraints(builtin), tables(builtin, "built")
    record_property("trials", len(found))
    missed = []
    for table in everything:
        with recreated(builtin, table, everything):
            for constraint in (one for one in found if one.table == table.name):
                said = refused(builtin, constraint)
                if constraint.message not in said.replace('"', ""):
                    missed.append(f"{constraint}: {said or 'taken'}")
    assert not missed, missed
    assert len(found) > 200
