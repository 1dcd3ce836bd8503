"""What the site is made of: the rows of one release, read once and tied together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import duckdb

from arsenale.releases.diff import TableDiff
from arsenale.releases.engine import Table, tables
from arsenale.settings import PUBLIC_SCHEMA
from arsenale.site.address import Addresses
from arsenale.trace.evidence import Traced
from arsenale.trace.lookup import EVENT, EVIDENCE, FIGURE, Evidence, Fact, Lookup

Row = dict[str, Any]

NOT_SHOWN = ("dim_exchange_rate", "dim_release")
"""Tables that no page shows row by row."""

ROWS_OF_A_QUESTION = 40


@dataclass(frozen=True)
class Question:
    """One file of `analyses/`, asked.

    Attributes:
        name: The file's name without its ending.
        asks: Its question.
        reading: How to read the answer.
        sql: The statement, without its comments on top.
        columns: Names of the answer's columns.
        rows: The answer, at most ROWS_OF_A_QUESTION rows.
        count: How many rows the answer has.
    """

    name: str
    asks: str
    reading: str
    sql: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    count: int


@dataclass(frozen=True)
class Content:
    """One release.

    Attributes:
        release_id: Its id.
        previous_id: The release before, or None.
        rows: The rows of every public table, in key order.
        raw: Lists of the seeds that explain values: terms, measures, units.
        schema: The public tables as the catalogue has them.
        facts: Every fact with what it stands on.
        counts: How many rows each public table has.
        changes: What changed since the release before.
        questions: The analyses.
        passages: The passage of each figure and event; empty where they are not to be shown.
    """

    release_id: str
    previous_id: str | None
    rows: Mapping[str, Sequence[Row]]
    raw: Mapping[str, Sequence[Row]]
    schema: Sequence[Table]
    facts: Sequence[Fact]
    counts: Mapping[str, int]
    changes: Sequence[TableDiff] = ()
    questions: Sequence[Question] = ()
    passages: Mapping[str, Traced] = field(default_factory=dict)

    @cached_property
    def evidence(self) -> dict[str, tuple[Evidence, Row]]:
        """Every figure and event, by id, in the order of documents and offsets."""
        found = [(kind, row) for kind in EVIDENCE for row in self.rows[kind.table]]
        found.sort(key=lambda one: (one[1]["document_id"], one[1]["char_start"]))
        return {row[kind.key]: (kind, row) for kind, row in found}

    @cached_property
    def addresses(self) -> Addresses:
        """Where each figure and event stands on the site."""
        return Addresses(self.evidence)

    @cached_property
    def figures(self) -> dict[str, Row]:
        """Every figure, by id."""
        return by(FIGURE.key, self.rows[FIGURE.table])

    @cached_property
    def events(self) -> dict[str, Row]:
        """Every event, by id."""
        return by(EVENT.key, self.rows[EVENT.table])

    @cached_property
    def documents(self) -> dict[str, Row]:
        """The documents, by id."""
        return by("document_id", self.rows["dim_document"])

    @cached_property
    def definitions(self) -> dict[str, Row]:
        """The ways of counting, by id."""
        return by("definition_id", self.rows["dim_definition"])

    @cached_property
    def facts_of(self) -> dict[str, list[Fact]]:
        """The facts that stand on each figure or event."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            for identity in dict.fromkeys(member.id for member in fact.members):
                found.setdefault(identity, []).append(fact)
        return found

    @cached_property
    def prints(self) -> dict[str, list[str]]:
        """Other prints of the same figure or event, by id, in the order of the text."""
        groups: dict[str, list[str]] = {}
        for identity, (kind, row) in self.evidence.items():
            groups.setdefault(row[kind.repeats] or identity, []).append(identity)
        return {one: [other for other in group if other != one] for group in groups.values() for one in group}

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The figures that are parts of a figure."""
        found: dict[str, list[str]] = {}
        for row in self.rows[FIGURE.table]:
            if row["subset_of"]:
                found.setdefault(row["subset_of"], []).append(row["figure_id"])
        return found

    def meaning(self, measure: str) -> str:
        """Return what a measure counts, in the project's words."""
        return next((row["meaning"] for row in self.raw["measures"] if row["measure"] == measure), "")


def by(key: str, rows: Iterable[Row]) -> dict[str, Row]:
    """Return rows by the value of a column."""
    return {row[key]: row for row in rows}


def read_rows(lookup: Lookup, schema: Sequence[Table]) -> dict[str, list[Row]]:
    """Return the rows of the public tables, each in the order of its key."""
    return {
        table.name: lookup.rows(f"select * from main.{table.name} order by {table.sort_key}")  # noqa: S608
        for table in schema
        if table.name not in NOT_SHOWN
    }


def count_rows(connection: duckdb.DuckDBPyConnection, schema: Sequence[Table]) -> dict[str, int]:
    """Return how many rows each of the public tables has."""
    found = {}
    for table in schema:
        (found[table.name],) = connection.execute(f"select count(*) from main.{table.name}").fetchall()[0]  # noqa: S608
    return found


def read_raw(lookup: Lookup) -> dict[str, list[Row]]:
    """Return the lists that explain values."""
    return {
        name: lookup.rows(f"select * from raw.{name} order by all")  # noqa: S608
        for name in ("measures", "terms", "units")
    }


def schema_of(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the public tables of an open release."""
    found = connection.execute("select current_database()").fetchone()
    return tables(connection, str(found[0]) if found else "", PUBLIC_SCHEMA)


def ask(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> Question:
    """Ask a question of `analyses/`: comments with the question, an empty one, how to read it; then SQL."""
    lines = text.splitlines()
    comments = list(_leading_comments(lines))
    asked, _, reading = "\n".join(comments).partition("\n\n")
    sql = "\n".join(lines[len(comments) :]).strip()
    result = connection.execute(sql)
    columns = [column[0] for column in result.description]
    rows = result.fetchall()
    return Question(
        name,
        " ".join(asked.split()),
        " ".join(reading.split()),
        sql,
        columns,
        rows[:ROWS_OF_A_QUESTION],
        len(rows),
    )


def _leading_comments(lines: Sequence[str]) -> Iterable[str]:
    for line in lines:
        if not line.startswith("--"):
            return
        yield line.removeprefix("--").strip()
