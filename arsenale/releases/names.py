"""The names that a query may use: for completing what is typed, and for the nearest where one is unknown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from arsenale.settings import CAPTURED_SCHEMA, PUBLIC_SCHEMA

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]*)*\Z")
_BEFORE_A_TABLE = re.compile(r"\b(from|join|describe|summarize|table)\s+\Z", re.IGNORECASE)
_ALIAS = re.compile(r"\b(?:from|join|,)\s*([a-z_.]+)(?:\s+as)?\s+([a-z_][a-z0-9_]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The tables of a release and their columns.

    Attributes:
        columns: By table; what is captured carries its schema, `raw.figures`.
    """

    columns: Mapping[str, Sequence[str]]

    def nearest_tables(self, unknown: str) -> list[str]:
        """Return the tables whose name is near, the nearest first."""
        # Of two of one name, the public one stands first and is meant.
        by_name = {table.rpartition(".")[2]: table for table in reversed(list(self.columns))}
        return [by_name[name] for name in difflib.get_close_matches(unknown.rpartition(".")[2], by_name)]

    def tables_with(self, column: str) -> list[str]:
        """Return the public tables that have a column of exactly this name."""
        return [table for table, columns in self.columns.items() if "." not in table and column in columns]

    def completions(self, before: str) -> Iterator[str]:
        """Yield what the last word of an SQL text may become.

        After `from` and `join` that is a table; elsewhere a column of the tables that the text names, or of
        any table where it names none yet, and a table.

        Args:
            before: The text up to the cursor.
        """
        word = last_word(before)
        before = before.removesuffix(word)
        if _BEFORE_A_TABLE.search(before):
            yield from _beginning(word, self.columns)
        elif "." in word:
            qualifier, _, _ = word.rpartition(".")
            table = self._aliases(before).get(qualifier, qualifier)
            yield from _beginning(word, (f"{qualifier}.{name}" for name in self.columns.get(table, ())))
        else:
            named = [table for table in self.columns if re.search(rf"\b{re.escape(table)}\b", before)]
            columns = {name for table in named or self.columns for name in self.columns[table]}
            yield from _beginning(word, sorted(columns))
            yield from _beginning(word, self.columns)

    def _aliases(self, text: str) -> dict[str, str]:
        return {alias: table for table, alias in _ALIAS.findall(text) if table in self.columns}


def last_word(before: str) -> str:
    """Return the name that an SQL text ends with, perhaps qualified and perhaps not yet whole."""
    found = _WORD.search(before)
    return found[0] if found else ""


def read_names(connection: duckdb.DuckDBPyConnection) -> Names:
    """Return the names of the release that a connection reads: the public tables and what was captured."""
    rows = connection.execute(
        """
        select
            if(schema_name = $public, table_name, schema_name || '.' || table_name),
            list(column_name order by column_index)
        from duckdb_columns()
        where schema_name in ($public, $captured) and not internal
        group by schema_name, table_name
        order by schema_name <> $public, table_name
        """,
        {"public": PUBLIC_SCHEMA, "captured": CAPTURED_SCHEMA},
    )
    return Names(dict(rows.fetchall()))


def _beginning(word: str, names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.startswith(word.lower()))
