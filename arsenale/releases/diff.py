"""What changed between two databases: rows added, rows removed and values changed, each by its key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from arsenale.engine import open_engine
from arsenale.releases.engine import RELEASE_TABLE, Table, attach, literal, quoted, tables

KEY_SEPARATOR = "|"
"""Between the columns of a key that has several."""

NUMERIC = re.compile(r"U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL\(.*\)")


@dataclass(frozen=True)
class Row:
    """A row that was added or removed: its key, and its document where the table names one.

    The key of a table without a primary key is the whole row.
    """

    key: str
    document_id: str | None


@dataclass(frozen=True)
class Change:
    """A value that changed, old and new as text; None is NULL."""

    key: str
    document_id: str | None
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class TableDiff:
    """What changed in one table.

    Attributes:
        name: The table.
        rows_before: How many rows it had; None where it did not exist.
        rows_after: How many rows it has; None where it exists no more.
        added: Rows whose key is new.
        removed: Rows whose key is gone.
        changed: Values of rows that are in both.
        columns_removed: Columns that are gone, and every value with them.
        definition: Changes of columns, types and comments, each as a phrase.
    """

    name: str
    rows_before: int | None
    rows_after: int | None
    added: list[Row]
    removed: list[Row]
    changed: list[Change]
    columns_removed: list[str]
    definition: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed, rows or definition."""
        same_presence = (self.rows_before is None) == (self.rows_after is None)
        return same_presence and not (self.added or self.removed or self.changed or self.definition)


def diff_files(before: Path, after: Path) -> list[TableDiff]:
    """Compare two database files."""
    with open_engine() as connection:
        attach(connection, before, "before")
        attach(connection, after, "after")
        return diff(connection, "before", "after")


def diff(connection: duckdb.DuckDBPyConnection, before: str, after: str) -> list[TableDiff]:
    """Compare two attached databases; every public table of either is in the result, by name."""
    old = {table.name: table for table in tables(connection, before)}
    new = {table.name: table for table in tables(connection, after)}
    comparison = _Comparison(connection, before, after)
    names = sorted((old.keys() | new.keys()) - {RELEASE_TABLE})
    return [comparison.table(old.get(name), new.get(name)) for name in names]


@dataclass(frozen=True)
class _Comparison:
    connection: duckdb.DuckDBPyConnection
    before: str
    after: str

    def table(self, old: Table | None, new: Table | None) -> TableDiff:
        if old and new:
            added, removed, changed = self.rows_of_both(old, new)
        else:
            added = self.all_rows(new, self.after) if new else []
            removed = self.all_rows(old, self.before) if old else []
            changed = []
        either = new or old
        assert either is not None  # noqa: S101 - one of the two names this table
        return TableDiff(
            name=either.name,
            rows_before=self.count(old, self.before) if old else None,
            rows_after=self.count(new, self.after) if new else None,
            added=added,
            removed=removed,
            changed=changed,
            columns_removed=_columns_removed(old, new),
            definition=_definition(old, new),
        )

    def count(self, table: Table, database: str) -> int:
        sql = f"select count(*) from {table.in_database(database)}"  # noqa: S608
        return int(self.connection.execute(sql).fetchall()[0][0])

    def all_rows(self, table: Table, database: str) -> list[Row]:
        return self.rows(f"select * from {table.in_database(database)}", table)  # noqa: S608

    def rows(self, select: str, table: Table) -> list[Row]:
        key, document = key_of("t", table.identity), _document("t", table)
        sql = f"select {key}, {document} from ({select}) as t order by all"  # noqa: S608
        found = self.connection.execute(sql).fetchall()
        return [Row(*row) for row in found]

    def rows_of_both(self, old: Table, new: Table) -> tuple[list[Row], list[Row], list[Change]]:
        before, after = old.in_database(self.before), new.in_database(self.after)
        if not new.primary_key or new.primary_key != old.primary_key:
            common = ", ".join(quoted(name) for name in _common_columns(old, new))
            gone = f"select {common} from {before} except all select {common} from {after}"  # noqa: S608
            come = f"select {common} from {after} except all select {common} from {before}"  # noqa: S608
            kept = _only(new, _common_columns(old, new))
            return self.rows(come, kept), self.rows(gone, kept), []
        using = f"using ({', '.join(quoted(name) for name in new.primary_key)})"
        return (
            self.rows(f"select * from {after} anti join {before} {using}", new),  # noqa: S608
            self.rows(f"select * from {before} anti join {after} {using}", old),  # noqa: S608
            self.changes(old, new, using),
        )

    def changes(self, old: Table, new: Table, using: str) -> list[Change]:
        types = {column.name: column.type for column in old.columns}
        compared = [
            (index, column.name, _differs(column.name, types[column.name], column.type))
            for index, column in enumerate(new.columns)
            if column.name in types and column.name not in new.primary_key
        ]
        if not compared:
            return []
        values = ", ".join(
            f"o.{quoted(name)}::varchar as old_{index}, n.{quoted(name)}::varchar as new_{index}, "
            f"{differs} as differs_{index}"
            for index, name, differs in compared
        )
        each = " union all ".join(
            f"select key, document_id, {index} as position, {literal(name)}, old_{index}, new_{index} "  # noqa: S608
            f"from differing where differs_{index}"
            for index, name, _ in compared
        )
        found = self.connection.execute(
            f"""
            with differing as materialized (
                select {key_of("n", new.identity)} as key, {_document("n", new)} as document_id, {values}
                from {old.in_database(self.before)} as o join {new.in_database(self.after)} as n {using}
                where {" or ".join(differs for _, _, differs in compared)}
            )
            select * exclude (position) from ({each}) order by key, position
            """  # noqa: S608
        ).fetchall()
        return [Change(*row) for row in found]


def key_of(alias: str, names: Iterable[str]) -> str:
    """Return the SQL of a row's key as one text, from the columns of its primary key."""
    parts = ", ".join(f"coalesce({alias}.{quoted(name)}::varchar, '')" for name in names)
    return f"concat_ws({literal(KEY_SEPARATOR)}, {parts})"


def _document(alias: str, table: Table) -> str:
    has_document = any(column.name == "document_id" for column in table.columns)
    return f"{alias}.document_id" if has_document else "null"


def _differs(name: str, old_type: str, new_type: str) -> str:
    """Compare values of two types as such where they have an order in common, so that 1.5 is 1.50."""
    native = old_type == new_type or (NUMERIC.fullmatch(old_type) and NUMERIC.fullmatch(new_type))
    cast = "" if native else "::varchar"
    return f"o.{quoted(name)}{cast} is distinct from n.{quoted(name)}{cast}"


def _common_columns(old: Table, new: Table) -> list[str]:
    names = {column.name for column in old.columns}
    return [column.name for column in new.columns if column.name in names]


def _only(table: Table, names: Iterable[str]) -> Table:
    kept = set(names)
    columns = tuple(column for column in table.columns if column.name in kept)
    return Table(table.schema, table.name, table.comment, table.ddl, columns, (), ())


def _columns_removed(old: Table | None, new: Table | None) -> list[str]:
    if not (old and new):
        return []
    names = {column.name for column in new.columns}
    return [column.name for column in old.columns if column.name not in names]


def _definition(old: Table | None, new: Table | None) -> list[str]:
    if not (old and new):
        return ["table added" if new else "table removed"]
    phrases = [f"column `{name}` removed" for name in _columns_removed(old, new)]
    before = {column.name: column for column in old.columns}
    for column in new.columns:
        was = before.get(column.name)
        if was is None:
            phrases.append(f"column `{column.name}` added")
        elif was.type != column.type:
            phrases.append(f"column `{column.name}`: {was.type} became {column.type}")
        elif was.comment != column.comment:
            phrases.append(f"column `{column.name}` described anew: {column.comment}")
    if old.comment != new.comment:
        phrases.append(f"table described anew: {new.comment}")
    return phrases
