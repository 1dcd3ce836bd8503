r"""What a database says, as one digest: the same rows give the same hash, on any machine.

The bytes of two DuckDB files differ even between identical builds, so a release is named by what it says.
Each public table becomes text in PostgreSQL's COPY text format (columns split by tabs, NULL as `\N`, which
no value can print as, since backslashes are doubled), its lines sorted by their bytes; a heading gives
columns, types and comments, because a column that means something else says something else. The SHA-256 of
that text is the table's; the SHA-256 of the lines "table, tab, digest" is the database's.

`dim_release` is left out: it names the release, and would differ in each.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from arsenale.engine import open_engine
from arsenale.errors import ArsenaleError
from arsenale.releases.engine import RELEASE_TABLE, Column, Table, attach, quoted, tables

CANONICAL_TYPES = re.compile(
    r"VARCHAR|DATE|TIMESTAMP|BOOLEAN|U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|DECIMAL\(\d+,\d+\)"
)
"""Types whose text depends on nothing but the value. A floating-point sum depends on the number of threads, a
TIMESTAMP WITH TIME ZONE on the session: PUBLIC_SCHEMA has neither, and the hash refuses both."""

ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
"""The backslash first, or it would double those that the others bring."""

NULL = r"\N"
ROWS_AT_A_TIME = 50_000


@dataclass(frozen=True)
class TableHash:
    """One table's digest and number of rows."""

    sha256: str
    rows: int


@dataclass(frozen=True)
class LogicalHash:
    """A database's digest, and that of each table by name."""

    sha256: str
    tables: dict[str, TableHash]


def hash_file(database: Path) -> LogicalHash:
    """Hash what the file says."""
    with open_engine() as connection:
        attach(connection, database, "hashed")
        return logical_hash(connection, "hashed")


def logical_hash(connection: duckdb.DuckDBPyConnection, database: str) -> LogicalHash:
    """Hash what an attached database says.

    Raises:
        ArsenaleError: A column's type has no canonical text.
    """
    hashes = {
        table.name: _hash_table(connection, table, database)
        for table in tables(connection, database)
        if table.name != RELEASE_TABLE
    }
    overall = "".join(f"{name}\t{table.sha256}\n" for name, table in sorted(hashes.items()))
    return LogicalHash(hashlib.sha256(overall.encode()).hexdigest(), hashes)


def _hash_table(connection: duckdb.DuckDBPyConnection, table: Table, database: str) -> TableHash:
    digest = hashlib.sha256(_heading(table).encode())
    fields = " || chr(9) || ".join(_canonical(table, column) for column in table.columns)
    rows_as_text = f"select {fields} as line from {table.in_database(database)}"  # noqa: S608
    lines = connection.execute(f"select line || chr(10) from ({rows_as_text}) order by line")  # noqa: S608
    rows = 0
    while batch := lines.fetchmany(ROWS_AT_A_TIME):
        digest.update("".join([line for (line,) in batch]).encode())
        rows += len(batch)
    return TableHash(digest.hexdigest(), rows)


def _heading(table: Table) -> str:
    described = [(table.name, "TABLE", table.comment), *((c.name, c.type, c.comment) for c in table.columns)]
    return "".join("\t".join(_escaped(field) for field in line) + "\n" for line in described)


def _escaped(text: str | None) -> str:
    if text is None:
        return NULL
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _canonical(table: Table, column: Column) -> str:
    if not CANONICAL_TYPES.fullmatch(column.type):
        raise ArsenaleError(
            f"{table.name}.{column.name} is {column.type}, whose text differs between machines or sessions",
            remedy="PUBLIC_SCHEMA.md: VARCHAR, DATE, TIMESTAMP in UTC, BIGINT, DECIMAL or BOOLEAN",
        )
    text = f"{quoted(column.name)}::varchar"
    if column.type == "VARCHAR":
        for character, escape in ESCAPES.items():
            text = f"replace({text}, chr({ord(character)}), '{escape}')"
    return f"coalesce({text}, '{NULL}')"
