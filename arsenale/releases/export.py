r"""One Parquet and one CSV per public table, written from the finished file: same rows, same bytes.

The file's rows stand in key order, and DuckDB writes them as they stand, so neither the day, the time zone
nor the number of threads shows. `dim_release` is not exported: it differs in every release, and
`MANIFEST.json` says all that it says.

Parquet holds texts exactly. CSV is what people open in a spreadsheet, which runs a cell that begins with
one of `= + - @` as a formula (CWE-1236): such a text, and one that begins with a tab or a line break,
gets an apostrophe in front. So does a text whose leading apostrophes are followed by one of these, so
that the mark can be taken off again: remove one apostrophe from every text that matches
`^'+[=+@\t\r\n-]`. Numbers are numbers and stay as they are. NULL is an empty field, an empty text is
`""`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from arsenale.releases.engine import RELEASE_TABLE, Column, literal, quoted, tables
from arsenale.settings import PUBLIC_SCHEMA

FORMULA = "^'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""For DuckDB and Python alike. OWASP, "CSV Injection": the signs, their full-width forms, and whitespace."""

PARQUET_OPTIONS = "format parquet, compression zstd"
CSV_OPTIONS = "format csv, header true, delimiter ',', nullstr ''"


def export_tables(connection: duckdb.DuckDBPyConnection, database: str, folder: Path) -> None:
    """Write `parquet/<table>.parquet` and `csv/<table>.csv` into the folder.

    Args:
        connection: A connection with the finished file attached.
        database: The name it is attached under.
        folder: The release's folder.
    """
    for kind in ("parquet", "csv"):
        (folder / kind).mkdir()
    for table in tables(connection, database, PUBLIC_SCHEMA):
        if table.name == RELEASE_TABLE:
            continue
        rows = f"from {table.in_database(database)}"
        cells = ", ".join(_safe_in_spreadsheets(column) for column in table.columns)
        for select, path, options in (
            (f"select * {rows}", folder / f"parquet/{table.name}.parquet", PARQUET_OPTIONS),
            (f"select {cells} {rows}", folder / f"csv/{table.name}.csv", CSV_OPTIONS),
        ):
            connection.execute(f"copy ({select}) to {literal(str(path))} ({options})")


def _safe_in_spreadsheets(column: Column) -> str:
    name = quoted(column.name)
    if column.type != "VARCHAR":
        return name
    return (
        f"case when regexp_matches({name}, {literal(FORMULA)}) then '''' || {name} else {name} end as {name}"
    )
