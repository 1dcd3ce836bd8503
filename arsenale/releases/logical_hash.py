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
from typing import TYPE_CHECKING

import duckdb

from arsenale.engine import open_engine
from arsenale.errors import ArsenaleError
from arsenale.releases.engine import RELEASE_TABLE, Column, Table, attach, quoted, tables

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

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
    # By the line without its end: with it, a text would come after one that goes on with a control character.
    lines = connection.sql(
        f"select line || chr(10) as ended from"  # noqa: S608
        f" (select {_line(table)} as line from {table.in_database(database)}) order by line"
    )
    rows = 0
    for batch in lines.to_arrow_reader(ROWS_AT_A_TIME):
        digest.update(_text_of(batch.column(0)))
        rows += batch.num_rows
    return TableHash(digest.hexdigest(), rows)


def _text_of(lines: pa.Array) -> memoryview:
    """Return the bytes of all lines, one after the other, as Arrow keeps them: none becomes a Python text."""
    _, ends, text = lines.cast("string").buffers()
    edges = memoryview(ends).cast("i")
    return memoryview(text)[edges[lines.offset] : edges[lines.offset + len(lines)]]


def _heading(table: Table) -> str:
    described = [(table.name, "TABLE", table.comment), *((c.name, c.type, c.comment) for c in table.columns)]
    return "".join("\t".join(_escaped(field) for field in line) + "\n" for line in described)


def _escaped(text: str | None) -> str:
    if text is None:
        return NULL
    for character, escape in ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _line(table: Table) -> str:
    """Return the SQL of a row's line. Few rows have anything to escape: only they are searched four times."""
    plain = ", ".join(_canonical(table, column, _text(column)) for column in table.columns)
    escaped = ", ".join(_canonical(table, column, _escaped_text(column)) for column in table.columns)
    texts = ", ".join(quoted(column.name) for column in table.columns if column.type == "VARCHAR")
    special = f"regexp_matches(concat({texts}), '[{''.join(ESCAPES.values())}]')" if texts else "false"
    return f"case when {special} then concat_ws(chr(9), {escaped}) else concat_ws(chr(9), {plain}) end"


def _text(column: Column) -> str:
    return f"{quoted(column.name)}::varchar"


def _escaped_text(column: Column) -> str:
    text = _text(column)
    if column.type == "VARCHAR":
        for character, escape in ESCAPES.items():
            text = f"replace({text}, chr({ord(character)}), '{escape}')"
    return text


def _canonical(table: Table, column: Column, text: str) -> str:
    if not CANONICAL_TYPES.fullmatch(column.type):
        raise ArsenaleError(
            f"{table.name}.{column.name} is {column.type}, whose text differs between machines or sessions",
            remedy="PUBLIC_SCHEMA.md: VARCHAR, DATE, TIMESTAMP in UTC, BIGINT, DECIMAL or BOOLEAN",
        )
    return f"coalesce({text}, '{NULL}')"
