"""What follows from what: rows that may change because a figure or an event did, or because one is new.

A row of a fact stands on figures and events: through its foreign keys, or through a bridge table that joins
it to them. So one reason, that of the figure, is enough for all that was worked out from it; and where a new
figure moves an old row, such as the latest report that a target is measured against, nobody needs to say why.

1. Rows whose foreign key names a figure or event that moved: is new, changes or goes. The last two need a
   reason themselves, so nothing is published without, and nobody is asked for more than that one.
2. Facts that a bridge joins to one.
3. Rows whose foreign key names a fact of 1 or 2, where none names a figure or event.
4. Rows of the same fact that differ from one of those in one column of the key: the same series in another
   year, the same year in another document.

Everything else, and every change of a dimension, needs a reason of its own: it comes from a changed model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from arsenale.releases.diff import TableDiff, key_of
from arsenale.releases.engine import ForeignKey, Table, literal, parents_first, quoted, tables
from arsenale.releases.revisions import REPORT_PREFIX

EVIDENCE = ("fct_figure", "fct_event")
"""What is printed in a document: PUBLIC_SCHEMA lets every row of a fact reach one of these."""

BRIDGE_PREFIX = "bridge_"
DIMENSION_PREFIX = "dim_"


def consequences(
    connection: duckdb.DuckDBPyConnection, before: str, after: str, changes: Iterable[TableDiff]
) -> dict[str, dict[str, str]]:
    """Return the rows that may change, by table and key, and from what each follows.

    Args:
        connection: A connection with both databases attached.
        before: The name of the older one.
        after: The name of the newer one.
        changes: The difference between them.
    """
    origins = [origin for table in changes if table.name in EVIDENCE for origin in _origins(table)]
    if not origins:
        return {}
    spread = _Spread(connection, before, after)
    spread.begin(origins)
    derived = [table for table in parents_first(tables(connection, after)) if _is_derived(table)]
    for table in derived:
        spread.along_keys(table, to=EVIDENCE)
    for bridge in derived:
        if bridge.name.startswith(BRIDGE_PREFIX):
            spread.across(bridge, to=[table.name for table in derived])
    for table in derived:
        if not table.references & set(EVIDENCE):
            spread.along_keys(table, to=[table.name for table in derived])
    for table in derived:
        if len(table.primary_key) > 1 and not table.name.startswith(BRIDGE_PREFIX):
            spread.to_siblings(table)
    return spread.result()


def _is_derived(table: Table) -> bool:
    return table.name not in EVIDENCE and not table.name.startswith((DIMENSION_PREFIX, REPORT_PREFIX))


def _origins(table: TableDiff) -> Iterator[tuple[str, str, str]]:
    """Yield table, key and phrase of each row that is new, changes or goes."""
    for row in table.added:
        yield table.name, row.key, f"follows from {table.name} {row.key}, which is new"
    for key in sorted({change.key for change in table.changed} | {row.key for row in table.removed}):
        yield table.name, key, f"follows from {table.name} {key}"


class _Spread:
    """Changes spreading along keys, from what is printed to what is worked out from it.

    The rows that were reached so far stand in a temporary table, `moved`.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, before: str, after: str) -> None:
        self.connection = connection
        self.databases = (before, after)
        self.old = {table.name: table for table in tables(connection, before)}

    def begin(self, origins: Iterable[tuple[str, str, str]]) -> None:
        self.connection.execute(
            "create or replace temp table moved "
            "(name varchar, key varchar, why varchar, primary key (name, key))"
        )
        self.connection.executemany("insert into moved values (?, ?, ?)", list(origins))

    def along_keys(self, table: Table, to: Iterable[str]) -> None:
        """Reach the rows whose foreign keys name one that was reached."""
        wanted = set(to)
        for key in table.foreign_keys:
            if key.table in wanted:
                self._add(
                    table.name,
                    f"select {key_of('t', table.identity)} as key, moved.why "  # noqa: S608
                    f"from {self._rows(table)} as t join moved on {_matches('t', key)}",
                )

    def across(self, bridge: Table, to: Iterable[str]) -> None:
        """Reach the facts at the other end of the rows of a bridge that were reached."""
        wanted = set(to)
        for key in bridge.foreign_keys:
            if key.table in wanted:
                own = key_of("t", bridge.identity)
                self._add(
                    key.table,
                    f"select {key_of('t', key.columns)} as key, moved.why "  # noqa: S608
                    f"from {self._rows(bridge)} as t join moved "
                    f"on moved.name = {literal(bridge.name)} and moved.key = {own}",
                )

    def to_siblings(self, table: Table) -> None:
        """Reach the rows whose key differs in one column from one that was reached."""
        rows, name = self._rows(table), literal(table.name)
        own, other = key_of("t", table.primary_key), key_of("s", table.primary_key)
        reached = (
            f"select s.* from {rows} as s join moved on moved.name = {name} "  # noqa: S608
            f"and moved.key = {other}"
        )
        self.connection.execute(f"create or replace temp table siblings as {reached}")
        for free in table.primary_key:
            same = " and ".join(
                f"t.{quoted(column)} is not distinct from s.{quoted(column)}"
                for column in table.primary_key
                if column != free
            )
            why = f"'follows from ' || {name} || ' ' || {other}"
            pairs = f"{rows} as t join siblings as s on {same}"
            self._add(table.name, f"select {own} as key, {why} as why from {pairs}")  # noqa: S608

    def result(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, key, why in self.connection.execute("from moved order by all").fetchall():
            if name not in EVIDENCE:
                found.setdefault(name, {})[key] = why
        return found

    def _add(self, name: str, select: str) -> None:
        self.connection.execute(
            f"insert into moved select {literal(name)}, key, min(why) from ({select}) group by key "  # noqa: S608
            "on conflict do nothing"
        )

    def _rows(self, table: Table) -> str:
        """Return the rows of both databases, of the columns that both have."""
        old = self.old.get(table.name)
        if old is None:
            return f"(from {table.in_database(self.databases[1])})"
        names = set(_names(old))
        common = ", ".join(quoted(name) for name in _names(table) if name in names)
        selects = [f"select {common} from {table.in_database(database)}" for database in self.databases]  # noqa: S608
        return f"({' union '.join(selects)})"


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def _matches(alias: str, key: ForeignKey) -> str:
    return f"moved.name = {literal(key.table)} and moved.key = {key_of(alias, key.columns)}"
