"""The keys of a warehouse's tables: those that DuckDB holds, or those that a build checked and wrote down.

A build with `ARSENALE_KEYS=checked` leaves the indexes out, and with them DuckDB's knowledge of the keys. It
notes each key that it checked in `raw.declared_keys` instead (`macros/keys.sql`); a release takes that along.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from arsenale.settings import CAPTURED_SCHEMA, PUBLIC_SCHEMA

NOTED = "declared_keys"
"""The table, in the schema of what was captured: text columns, lists separated by blanks."""


@dataclass(frozen=True)
class Key:
    """One key of one table.

    Attributes:
        table: The table that has it.
        columns: Its columns, in declared order.
        referenced: The table that a foreign key names; None of a primary key.
        referenced_columns: The columns there.
    """

    table: str
    columns: tuple[str, ...]
    referenced: str | None = None
    referenced_columns: tuple[str, ...] = ()

    @property
    def is_primary(self) -> bool:
        """Whether it tells the rows of its table apart."""
        return self.referenced is None


def keys_of(
    connection: duckdb.DuckDBPyConnection, database: str | None = None, schema: str = PUBLIC_SCHEMA
) -> list[Key]:
    """Return the keys of a schema's tables, by table and in declared order.

    Args:
        connection: A connection with the database attached.
        database: Its name; that in use where None.
        schema: The schema.
    """
    held = connection.execute(
        "select table_name, constraint_column_names, referenced_table, referenced_column_names"
        " from duckdb_constraints() where database_name = coalesce(?, current_database()) and schema_name = ?"
        " and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY') order by table_name, constraint_index",
        [database, schema],
    ).fetchall()
    if schema == PUBLIC_SCHEMA:
        held += _noted(connection, database)
    return [
        Key(table, tuple(columns), referenced or None, tuple(there) if referenced else ())
        for table, columns, referenced, there in held
    ]


def _noted(
    connection: duckdb.DuckDBPyConnection, database: str | None
) -> list[tuple[str, list[str], str, list[str]]]:
    found = connection.execute(
        "select database_name from duckdb_tables()"
        " where database_name = coalesce(?, current_database()) and schema_name = ? and table_name = ?",
        [database, CAPTURED_SCHEMA, NOTED],
    ).fetchone()
    if not found:
        return []
    name = found[0].replace('"', '""')
    return connection.execute(
        "select table_name, string_split(key_columns, ' '), referenced_table,"  # noqa: S608
        f" string_split(referenced_columns, ' ') from \"{name}\".{CAPTURED_SCHEMA}.{NOTED}"
        " order by table_name, rowid"
    ).fetchall()
