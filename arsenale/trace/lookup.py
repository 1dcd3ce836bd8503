"""Which row of a release is meant, and what else stands on the same fact.

No table is named here but the two that hold the evidence, `fct_figure` and `fct_event`. Whatever table has
a column that names a figure or an event (`figure_id`, `share_figure_id`, `figure_id_a`, ...) is a fact or a
bridge to one, and its primary key tells its rows apart: a fact table that is added is traced without a change
here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import duckdb

from arsenale.errors import ArsenaleError
from arsenale.keys import Key, keys_of

Row = dict[str, Any]


@dataclass(frozen=True)
class Evidence:
    """A table whose every row is one printed span.

    Attributes:
        kind: What a row is.
        table: Its name.
        key: Its primary key, which other tables name in columns that hold this name.
        repeats: Column that names the first print of the same thing.
        raw: The seed's own table, with what was printed outside the span.
    """

    kind: str
    table: str
    key: str
    repeats: str
    raw: str


FIGURE = Evidence("figure", "fct_figure", "figure_id", "same_fact_as", "figures")
EVENT = Evidence("event", "fct_event", "event_id", "same_event_as", "events")
EVIDENCE = (FIGURE, EVENT)

SPAN = Evidence("span", "", "span_id", "", "")
"""A passage that a bridge points at where nothing is captured: a date or a count that no table holds."""

_SPAN = ("document_id", "char_start", "char_end", "as_reported")
"""Columns of a span, which a bridge may hold."""


@dataclass(frozen=True)
class Member:
    """A figure, event or bare span that a fact stands on.

    Attributes:
        kind: `figure`, `event` or `span`.
        id: Its id.
        role: What it is to the fact, as the release's columns call it; empty where it is the fact's only one.
    """

    kind: str
    id: str
    role: str


@dataclass(frozen=True)
class Fact:
    """A row of a fact table.

    Attributes:
        table: Its table.
        key: Its primary key, by column.
        row: All of it.
        members: The figures, events and spans that it stands on, each once.
    """

    table: str
    key: Row
    row: Row
    members: list[Member] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """A public table that names figures or events.

    Attributes:
        name: Its name.
        columns: Its columns, in order.
        key: The columns of its primary key.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def is_bridge(self) -> bool:
        """Whether its rows only tie a fact to what it stands on."""
        return self.name.startswith("bridge_")

    @property
    def has_spans(self) -> bool:
        """Whether its rows say where in a document they stand."""
        return set(_SPAN) <= set(self.columns)

    def naming(self, evidence: Evidence) -> list[str]:
        """Return the columns that name a figure, or an event."""
        return [column for column in self.columns if evidence.key in column]

    @property
    def references(self) -> list[str]:
        """All columns that name a figure or an event."""
        return [column for evidence in EVIDENCE for column in self.naming(evidence)]


class Lookup:
    """One release, asked about its rows.

    Attributes:
        connection: An open connection to the release; whoever opened it closes it.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of a query, each by column."""
        result = self.connection.execute(sql, list(values))
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    @cached_property
    def _keys(self) -> list[Key]:
        return keys_of(self.connection)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every public table that has a primary key, by its name."""
        keys = {key.table: key.columns for key in self._keys if key.is_primary}
        columns: dict[str, list[str]] = {name: [] for name in keys}
        for row in self.rows(
            "select table_name, column_name from duckdb_columns() "
            "where schema_name = 'main' order by table_name, column_index"
        ):
            if row["table_name"] in columns:
                columns[row["table_name"]].append(row["column_name"])
        return {name: Table(name, tuple(columns[name]), keys[name]) for name in sorted(keys)}

    @property
    def _facts(self) -> list[Table]:
        evidence = {one.table for one in EVIDENCE}
        bridged = {fact.name for bridge in self._bridges for fact in self._bridged_by(bridge)}
        return [
            table
            for table in self.tables.values()
            if not table.is_bridge
            and table.name not in evidence
            and (table.references or table.name in bridged)
        ]

    @property
    def _bridges(self) -> list[Table]:
        return [table for table in self.tables.values() if table.is_bridge and table.references]

    def _bridged_by(self, bridge: Table) -> list[Table]:
        """Return the facts that a bridge leads to: their whole key stands in it beside the evidence."""
        own = set(bridge.columns) - set(bridge.references)
        return [
            table
            for table in self.tables.values()
            if table.name.startswith("fct_") and table.key and set(table.key) <= own
        ]

    def evidence(self, kind: Evidence, identity: str) -> Row | None:
        """Return a figure or event, or None where the release has none of that id."""
        found = self.rows(f"select * from main.{kind.table} where {kind.key} = ?", identity)  # noqa: S608
        return found[0] if found else None

    def span(self, identity: str) -> Row | None:
        """Return the span that begins at `<document_id>@<char_start>`, or None where no bridge has one."""
        document, _, offset = identity.rpartition("@")
        for bridge in self._bridges:
            if bridge.has_spans:
                found = self.rows(
                    f"select {', '.join(_SPAN)} from main.{bridge.name} "  # noqa: S608
                    "where document_id = ? and char_start::varchar = ? order by all limit 1",
                    document,
                    offset,
                )
                if found:
                    return {SPAN.key: identity, **found[0]}
        return None

    def require_evidence(self, identity: str) -> tuple[Evidence, Row]:
        """Return the figure or event of an id, or the span where a fact stands on no more than that.

        Raises:
            ArsenaleError: There is none, with the nearest ids of the document.
        """
        for kind in EVIDENCE:
            if row := self.evidence(kind, identity):
                return kind, row
        if row := self.span(identity):
            return SPAN, row
        document, _, offset = identity.rpartition("@")
        near = self._nearest(document, offset)
        raise ArsenaleError(
            f"no figure or event {identity!r} in this release",
            details=[f"{row['id']}  {row['as_reported']}" for row in near],
            remedy="ids are `<document_id>@<char_start>`: "
            + ("the nearest are above" if near else '`arsenale query "from fct_figure"` lists them'),
        )

    def _nearest(self, document: str, offset: str) -> list[Row]:
        if not (offset.isascii() and offset.isdecimal()):
            return []
        return self.rows(
            "select id, as_reported from ("
            "select figure_id as id, document_id, char_start, as_reported from main.fct_figure union all "
            "select event_id, document_id, char_start, as_reported from main.fct_event) "
            "where document_id = ? order by abs(char_start - ?::bigint), char_start limit 3",
            document,
            offset[:18],
        )

    @cached_property
    def _foreign_keys(self) -> dict[tuple[str, str], tuple[str, str]]:
        """The table and key that a column names, by table and column."""
        return {
            (key.table, key.columns[0]): (key.referenced, key.referenced_columns[0])
            for key in self._keys
            if key.referenced is not None and len(key.columns) == 1
        }

    def name_of(self, table: str, column: str, value: object) -> str:
        """Return the name that a dimension has for a cell; empty where the column names no dimension."""
        named, key = self._foreign_keys.get((table, column), ("", ""))
        if value is None or named not in self.tables or "name" not in self.tables[named].columns:
            return ""
        found = self.rows(f"select name from main.{named} where {key} = ?", value)  # noqa: S608
        return str(found[0]["name"]) if found else ""

    def meaning_of(self, measure: str) -> str:
        """Return what a measure counts, in the project's words."""
        found = self.rows("select meaning from raw.measures where measure = ?", measure)
        return str(found[0]["meaning"]) if found else ""

    @property
    def release_id(self) -> str:
        """The id of the release."""
        return str(self.rows("select release_id from main.dim_release")[0]["release_id"])

    def printed(self, kind: Evidence, row: Row) -> Row:
        """Return the seed's row behind a figure or event: what was printed outside the span."""
        if kind is SPAN:
            return {}
        found = self.rows(
            f"select * from raw.{kind.raw} where document_id = ? and char_start = ?",  # noqa: S608
            row["document_id"],
            str(row["char_start"]),
        )
        return found[0] if found else {}

    def prints(self, kind: Evidence, row: Row) -> list[str]:
        """Return the ids of the other prints of the same thing in its document, in text order."""
        if kind is SPAN:
            return []
        first = row[kind.repeats] or row[kind.key]
        found = self.rows(
            f"select {kind.key} as id from main.{kind.table} "  # noqa: S608
            f"where ? in ({kind.key}, {kind.repeats}) and {kind.key} <> ? order by char_start",
            first,
            row[kind.key],
        )
        return [other["id"] for other in found]

    def parts(self, row: Row) -> list[str]:
        """Return the ids of the figures that are parts of a figure."""
        found = self.rows(
            "select figure_id as id from main.fct_figure where subset_of = ? order by char_start",
            row["figure_id"],
        )
        return [other["id"] for other in found]

    def facts_on(self, kind: Evidence, identity: str) -> list[Fact]:
        """Return every fact that stands on a figure or event, in its own columns or through a bridge."""
        facts = {}
        for table, row in self._rows_on(kind, identity):
            key = {column: row[column] for column in table.key}
            facts[table.name, tuple(key.values())] = (table, key, row)
        return [Fact(table.name, key, row, self._members(table, row)) for table, key, row in facts.values()]

    def all_facts(self) -> list[Fact]:
        """Return every fact, table by table in the order of its key: `facts_on` for all at once."""
        return [fact for table in self._facts for fact in self._facts_in(table)]

    def _facts_in(self, table: Table) -> Iterator[Fact]:
        ties: dict[tuple[Any, ...], list[Member]] = {}
        for bridge in self._bridges:
            if table in self._bridged_by(bridge):
                for tie in self.rows(f"select * from main.{bridge.name} order by all"):  # noqa: S608
                    of = tuple(tie[column] for column in table.key)
                    ties.setdefault(of, []).extend(self._tied(bridge, table, tie))
        key = ", ".join(table.key)
        for row in self.rows(f"select * from main.{table.name} order by {key}"):  # noqa: S608
            of = tuple(row[column] for column in table.key)
            members = _united([*self._own_members(table, row), *ties.get(of, ())])
            yield Fact(table.name, dict(zip(table.key, of, strict=True)), row, members)

    def _rows_on(self, kind: Evidence, identity: str) -> Iterator[tuple[Table, Row]]:
        for table in self._facts:
            if columns := table.naming(kind):
                found = self.rows(
                    f"select * from main.{table.name} where ? in ({', '.join(columns)})",  # noqa: S608
                    identity,
                )
                yield from ((table, row) for row in found)
        for bridge in self._bridges:
            names = _names(bridge, kind)
            for table in self._bridged_by(bridge) if names else ():
                joined = " and ".join(f"facts.{column} = bridge.{column}" for column in table.key)
                found = self.rows(
                    f"select distinct facts.* from main.{table.name} as facts "  # noqa: S608
                    f"inner join main.{bridge.name} as bridge on {joined} "
                    f"where ? in ({', '.join(names)})",
                    identity,
                )
                yield from ((table, row) for row in found)

    def _members(self, table: Table, row: Row) -> list[Member]:
        """Return what a fact stands on, from its own columns first."""
        members = self._own_members(table, row)
        for bridge in self._bridges:
            if table in self._bridged_by(bridge):
                members += self._bridged_members(bridge, table, row)
        return _united(members)

    def _own_members(self, table: Table, row: Row) -> list[Member]:
        return [
            Member(kind.kind, row[column], column.replace(kind.key, "").strip("_").replace("_", " "))
            for kind in EVIDENCE
            for column in table.naming(kind)
            if row[column]
        ]

    def _bridged_members(self, bridge: Table, table: Table, row: Row) -> Iterator[Member]:
        where = " and ".join(f"{column} = ?" for column in table.key)
        ties = self.rows(
            f"select * from main.{bridge.name} where {where} order by all",  # noqa: S608
            *(row[column] for column in table.key),
        )
        for tie in ties:
            yield from self._tied(bridge, table, tie)

    def _tied(self, bridge: Table, table: Table, tie: Row) -> Iterator[Member]:
        """Yield what one row of a bridge ties to a fact."""
        known = {*table.key, *bridge.references, *_SPAN}
        labels = [column for column in bridge.columns if column not in known]
        # Numbers there only order or weigh the rows.
        role = ", ".join(tie[label] for label in labels if isinstance(tie[label], str))
        named = [Member(kind.kind, tie[c], role) for kind in EVIDENCE for c in bridge.naming(kind) if tie[c]]
        if not named and bridge.has_spans and tie["document_id"]:
            named = [Member(SPAN.kind, f"{tie['document_id']}@{tie['char_start']}", role)]
        yield from named

    def require_fact(self, name: str, values: Sequence[str]) -> Fact:
        """Return the row of a fact table with this key.

        Args:
            name: Of the table, with or without `fct_` in front.
            values: Of its primary key, in the order of the key's columns.

        Raises:
            ArsenaleError: No such table, a key of another length, or no such row; says what there is.
        """
        table = self._require_table(name)
        if len(values) > len(table.key):
            raise ArsenaleError(
                f"{len(values)} values for the key of {table.name}, which has {len(table.key)}: "
                + " ".join(table.key)
            )
        given = table.key[: len(values)]
        where = " and ".join(f"{column}::varchar = ?" for column in given) or "true"
        found = self.rows(f"select * from main.{table.name} where {where} order by all", *values)  # noqa: S608
        if len(found) != 1:
            raise self._not_one(table, values, found)
        row = found[0]
        key = {column: row[column] for column in table.key}
        return Fact(table.name, key, row, self._members(table, row))

    def _require_table(self, name: str) -> Table:
        facts = {table.name: table for table in self._facts}
        found = facts.get(name) or facts.get(f"fct_{name}")
        if found is None:
            near = difflib.get_close_matches(name, facts, n=1)
            raise ArsenaleError(
                f"{name!r} is neither the id of a figure or event nor a table of facts",
                details=[f"{table.name}  {' '.join(table.key)}" for table in facts.values()],
                remedy=f"did you mean {near[0]}?" if near else "name one of these tables and a key of it",
            )
        return found

    def _not_one(self, table: Table, values: Iterable[str], found: list[Row]) -> ArsenaleError:
        shown = found or self.rows(f"select * from main.{table.name} order by all")  # noqa: S608
        details = [" ".join(_shown(row[column]) for column in table.key) for row in shown[:SHOWN]]
        if len(shown) > SHOWN:
            details.append(f"and {len(shown) - SHOWN} more")
        return ArsenaleError(
            f"{len(found) or 'no'} rows of {table.name} have the key {' '.join(values) or '(none given)'}",
            details=details,
            remedy=f"the key is {' '.join(table.key)}: give it whole, as it stands above",
        )


def _names(bridge: Table, kind: Evidence) -> list[str]:
    """Return the SQL of what names a figure, an event or a span in a bridge."""
    if kind is SPAN:
        return ["bridge.document_id || '@' || bridge.char_start"] if bridge.has_spans else []
    return [f"bridge.{column}" for column in bridge.naming(kind)]


def _united(members: Iterable[Member]) -> list[Member]:
    """Return each figure and event once, with all its roles."""
    roles: dict[tuple[str, str], dict[str, None]] = {}
    for member in members:
        parts = [part for part in member.role.split(", ") if part]
        roles.setdefault((member.kind, member.id), {}).update(dict.fromkeys(parts))
    return [Member(kind, identity, ", ".join(parts)) for (kind, identity), parts in roles.items()]


SHOWN = 15
"""So many keys are listed where one is not found."""


def _shown(value: object) -> str:
    text = str(value)
    return f'"{text}"' if " " in text or not text else text
