"""What DuckDB sees in a database that is attached to it: tables, columns, keys, comments."""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from arsenale.errors import ArsenaleError
from arsenale.keys import keys_of
from arsenale.settings import PUBLIC_SCHEMA

RELEASE_TABLE = "dim_release"
"""Says which release a file is. It differs in every release, so it is no part of what a release says."""


@dataclass(frozen=True)
class Column:
    """A column, as DuckDB's catalogue has it."""

    name: str
    type: str
    comment: str | None
    nullable: bool = True


@dataclass(frozen=True)
class ForeignKey:
    """Columns that name a row of another table of the same schema."""

    columns: tuple[str, ...]
    table: str
    referenced: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table, as DuckDB's catalogue has it.

    Attributes:
        schema: Its schema.
        name: Its name.
        comment: Its comment.
        ddl: The statement that creates it, with every constraint, naming no catalogue.
        columns: In declared order.
        primary_key: Column names, empty without one.
        foreign_keys: In declared order.
    """

    schema: str
    name: str
    comment: str | None
    ddl: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def references(self) -> frozenset[str]:
        """Tables that its foreign keys name."""
        return frozenset(key.table for key in self.foreign_keys)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that tell its rows apart: the primary key, else all."""
        return self.primary_key or tuple(column.name for column in self.columns)

    @property
    def sort_key(self) -> str:
        """The SQL that puts its rows in one order."""
        return ", ".join(f"{quoted(name)} nulls first" for name in self.identity)

    def in_database(self, database: str) -> str:
        """Return its full name in SQL."""
        return f"{quoted(database)}.{quoted(self.schema)}.{quoted(self.name)}"


def attach(
    connection: duckdb.DuckDBPyConnection, database: Path, name: str, *, options: str = "read_only"
) -> None:
    """Attach a file under a name.

    Raises:
        ArsenaleError: The file is held by another process, or is no DuckDB file.
    """
    try:
        connection.execute(f"attach {literal(str(database))} as {quoted(name)} ({options})")
    except duckdb.Error as error:
        raise ArsenaleError(f"cannot open {database}: {first_line(error)}") from error


def require_closed(database: Path) -> None:
    """Refuse a database that is not there, or whose last writes are still in its log.

    Raises:
        ArsenaleError: With the file that stands in the way.
    """
    if not database.is_file():
        raise ArsenaleError(f"no database at {database}", remedy="`arsenale build` makes one")
    log = database.with_name(f"{database.name}.wal")
    if log.exists():
        raise ArsenaleError(
            f"{log} exists: the last writes are not in {database.name} yet",
            remedy="end the process that writes it, or build again",
        )


def schema_version(connection: duckdb.DuckDBPyConnection, database: str) -> str:
    """Return the public schema's version as an attached database states it."""
    table = f"{quoted(database)}.{PUBLIC_SCHEMA}.{RELEASE_TABLE}"
    rows = connection.sql(f"select schema_version from {table}").fetchall()  # noqa: S608
    if len(rows) != 1:
        raise ArsenaleError(f"{RELEASE_TABLE} has {len(rows)} rows, expected one", remedy="see the audit")
    return str(rows[0][0])


def tables(connection: duckdb.DuckDBPyConnection, database: str, schema: str = PUBLIC_SCHEMA) -> list[Table]:
    """Return the tables of a schema, by name; views and macros are none."""
    where = "where database_name = ? and schema_name = ?"
    parameters = [database, schema]
    columns: dict[str, list[Column]] = {}
    for table, *column in connection.execute(
        f"select table_name, column_name, data_type, comment, is_nullable from duckdb_columns() {where} "  # noqa: S608
        "order by table_name, column_index",
        parameters,
    ).fetchall():
        columns.setdefault(table, []).append(Column(*column))
    keys: dict[str, tuple[str, ...]] = {}
    foreign_keys: dict[str, list[ForeignKey]] = {}
    for key in keys_of(connection, database, schema):
        if key.referenced is None:
            keys[key.table] = key.columns
        else:
            foreign_key = ForeignKey(key.columns, key.referenced, key.referenced_columns)
            foreign_keys.setdefault(key.table, []).append(foreign_key)
    return [
        Table(
            schema=schema,
            name=name,
            comment=comment,
            ddl=ddl,
            columns=tuple(columns[name]),
            primary_key=keys.get(name, ()),
            foreign_keys=tuple(foreign_keys.get(name, ())),
        )
        for name, comment, ddl in connection.execute(
            f"select table_name, comment, sql from duckdb_tables() {where} order by table_name",  # noqa: S608
            parameters,
        ).fetchall()
    ]


def parents_first(unordered: list[Table]) -> list[Table]:
    """Order tables so that each comes after those its foreign keys name."""
    by_name = {table.name: table for table in unordered}
    graph = {table.name: table.references - {table.name} for table in unordered}
    return [by_name[name] for name in TopologicalSorter(graph).static_order()]


def quoted(name: str) -> str:
    """Return a name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as a SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def first_line(error: Exception) -> str:
    """Return the first line of an error's text; DuckDB's go on with the statement and a caret."""
    return str(error).partition("\n")[0]
