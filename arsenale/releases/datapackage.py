"""`datapackage.json`: the release as a Frictionless Data Package, for tools and strangers who know no DuckDB.

Everything in it is read from the finished file: tables, types, descriptions (the comments), keys. Each
public table is a tabular resource on its CSV, with schema and digest, and a plain file resource on its
Parquet: `frictionless validate datapackage.json` checks every cell of the first and every byte of both.

What the standard has no word for stands in further properties of a field, which it allows:

| property | says |
| --- | --- |
| `sqlType` | the type in DuckDB and Parquet, such as DECIMAL(28,6) |
| `unit` | the unit of every value of the column |
| `unitColumn` | the column of the same row that holds the unit |
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from arsenale.files import sha256_of
from arsenale.releases.engine import RELEASE_TABLE, Column, ForeignKey, Table, tables
from arsenale.releases.licences import AUTHOR, DATA_LICENCE, TITLE
from arsenale.releases.manifest import Imprint
from arsenale.settings import PUBLIC_SCHEMA

if TYPE_CHECKING:
    from frictionless import Package, Resource, Schema

DATAPACKAGE_NAME = "datapackage.json"

DESCRIPTION = (
    "Every figure, and the sentence it stands on: figures on Italian defence as documents print them, each "
    "with the offsets of its passage. In the CSV files an empty field is NULL, and a text that a spreadsheet "
    "would run as a formula has an apostrophe in front; Parquet holds every text exactly."
)

FIELD_TYPES = {
    "VARCHAR": "string",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "BOOLEAN": "boolean",
    "DECIMAL": "number",
}
"""By the name of DuckDB's type before its parentheses; what is left are whole numbers."""

UNIT_OF_NAME = re.compile(r"(?<!per)_(eur|usd|pct)(_|$)")
UNITS = {"eur": "EUR", "usd": "USD", "pct": "percent"}
UNIT_COLUMNS = ("unit", "currency")

SOURCES_OF_DOCUMENTS = f"""
    select document_id, title, publisher, authors, url, licence, sha256
    from arsenale.{PUBLIC_SCHEMA}.dim_document
    order by document_id
"""  # noqa: S608

FURTHER_SOURCES = (
    {
        "title": "Euro foreign exchange reference rates",
        "publisher": "European Central Bank",
        "path": "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
    },
)
"""What no document prints."""


def write_datapackage(connection: duckdb.DuckDBPyConnection, folder: Path, imprint: Imprint) -> None:
    """Describe a folder that holds the exports.

    Args:
        connection: A connection with the finished file attached as "arsenale".
        folder: The release's folder.
        imprint: What names the release.
    """
    package = describe(connection, folder, imprint)
    (folder / DATAPACKAGE_NAME).write_text(f"{package.to_json()}\n", encoding="utf-8")


def describe(connection: duckdb.DuckDBPyConnection, folder: Path, imprint: Imprint) -> Package:
    """Return the package."""
    # Imported here: it takes a third of a second, which only a publish should pay.
    from frictionless import Package  # noqa: PLC0415

    exported = [
        table for table in tables(connection, "arsenale", PUBLIC_SCHEMA) if table.name != RELEASE_TABLE
    ]
    rows = {name: table.rows for name, table in imprint.logical.tables.items()}
    resources = [_tabular(table, folder, rows[table.name]) for table in exported]
    resources += [_parquet(table, folder) for table in exported]
    return Package(
        name="arsenale",
        title=TITLE,
        description=DESCRIPTION,
        version=imprint.release_id,
        created=f"{imprint.built_at.isoformat()}Z",
        keywords=["Italy", "defence", "military expenditure", "provenance"],
        contributors=[{"title": AUTHOR, "role": "author"}],
        licenses=[DATA_LICENCE],
        sources=[*(_documents(connection) if imprint.lists_documents else [_corpus(rows)]), *FURTHER_SOURCES],
        resources=resources,
    )


def _documents(connection: duckdb.DuckDBPyConnection) -> Iterator[dict[str, Any]]:
    found = connection.sql(SOURCES_OF_DOCUMENTS)
    for row in found.fetchall():
        source = dict(zip(found.columns, row, strict=True))
        source["path"] = source.pop("url")
        yield {name: value for name, value in source.items() if value is not None}


def _corpus(rows: Mapping[str, int]) -> dict[str, Any]:
    table = "dim_document"
    return {"title": f"{rows[table]:,} documents, a row each", "path": f"parquet/{table}.parquet"}


def _tabular(table: Table, folder: Path, rows: int) -> Resource:
    from frictionless.resources import TableResource  # noqa: PLC0415

    return TableResource(
        name=table.name,
        description=table.comment,
        schema=_schema(table),
        rows=rows,
        encoding="utf-8",
        **_file(folder, f"csv/{table.name}.csv", "text/csv"),
    )


def _parquet(table: Table, folder: Path) -> Resource:
    from frictionless.resources import FileResource  # noqa: PLC0415

    path = f"parquet/{table.name}.parquet"
    return FileResource(
        name=f"{table.name}.parquet",
        description=table.comment,
        **_file(folder, path, "application/vnd.apache.parquet"),
    )


def _file(folder: Path, path: str, media_type: str) -> dict[str, Any]:
    file = folder / path
    return {
        "path": path,
        "scheme": "file",
        "format": file.suffix.removeprefix("."),
        "mediatype": media_type,
        "hash": f"sha256:{sha256_of(file)}",
        "bytes": file.stat().st_size,
    }


def _schema(table: Table) -> Schema:
    from frictionless import Schema  # noqa: PLC0415

    return Schema.from_descriptor(
        {
            "fields": [_field(column, table) for column in table.columns],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [_foreign_key(key) for key in table.foreign_keys],
        }
    )


def _field(column: Column, table: Table) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": FIELD_TYPES.get(column.type.partition("(")[0], "integer"),
        "sqlType": column.type,
    }
    if column.comment:
        field["description"] = column.comment.strip()
    if not column.nullable:
        field["constraints"] = {"required": True}
    return field | _unit(column, table)


def _unit(column: Column, table: Table) -> dict[str, str]:
    """Return the unit that the column's name says, as the schema demands, or else where the unit stands."""
    if named := UNIT_OF_NAME.search(column.name):
        return {"unit": UNITS[named[1]]}
    if column.type.startswith("DECIMAL"):
        names = {other.name for other in table.columns}
        for unit in (f"{column.name}_unit", *UNIT_COLUMNS):
            if unit in names:
                return {"unitColumn": unit}
    return {}


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    return {
        "fields": list(key.columns),
        "reference": {"resource": key.table, "fields": list(key.referenced)},
    }
