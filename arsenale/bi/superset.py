"""The dashboard of bi/superset/ as the ZIP that Superset imports.

The YAML holds what a person decided: questions, filters, metrics, places. What can be known is added here:
columns, types and descriptions from the release itself, where dbt put them; the URI of this machine's file;
identifiers, which are derived from names, so that a second import finds what the first one made.
"""

from __future__ import annotations

import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import yaml

from arsenale.bi.layout import positions
from arsenale.errors import ArsenaleError
from arsenale.releases.names import PUBLIC_SCHEMA

ROOT = "arsenale"
VERSION = "1.0.0"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "arsenale/bi/superset")
LOCKED = "access_mode=READ_ONLY&enable_external_access=false&lock_configuration=true"
"""Read-only alone would let SQL Lab read any file of the machine, and write some."""

EVERY_OTHER = "*"
IN_A_ZIP = (1980, 1, 1, 0, 0, 0)
"""The same bytes, whenever they are zipped."""

UNITS = {"eur": "EUR", "usd": "USD", "pct": "%"}

Document = dict[str, Any]
Comments = Mapping[tuple[str, str], str]


def database_uri(database: Path) -> str:
    """Return the SQLAlchemy URI of a published file: read-only, and locked.

    Raises:
        ArsenaleError: The path cannot stand in a URI.
    """
    if set("?#%") & set(str(database)):
        raise ArsenaleError(f"{database} cannot stand in a URI", remedy="a path without ? # and %")
    return f"duckdb:///{database.absolute()}?{LOCKED}"


def write_bundle(source: Path, connection: duckdb.DuckDBPyConnection, database: Path, out: Path) -> list[str]:
    """Write the ZIP, and return the names of its charts.

    Args:
        source: The folder of the YAML.
        connection: To the release that columns and descriptions are taken from.
        database: Where Superset finds the published file.
        out: The ZIP, replaced as a whole.

    Raises:
        ArsenaleError: The YAML names what there is not.
    """
    files = bundle(source, connection, database)
    partial = out.with_name(f".{out.name}.tmp")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(files.items()):
                text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
                archive.writestr(zipfile.ZipInfo(f"{ROOT}/{name}", IN_A_ZIP), text)
        partial.replace(out)
    except OSError as error:
        raise ArsenaleError(f"cannot write {out}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
    return [content["slice_name"] for name, content in sorted(files.items()) if name.startswith("charts/")]


def bundle(source: Path, connection: duckdb.DuckDBPyConnection, database: Path) -> dict[str, Document]:
    """Return the files of the ZIP: their documents, by path."""
    database_name, declared = _only(source / "databases")
    database_uuid = _identifier("databases", database_name)
    datasets = _datasets(source / "datasets" / database_name, connection)
    charts = {name: _chart(name, given, datasets) for name, given in _documents(source / "charts").items()}
    return {
        "metadata.yaml": _read(source / "metadata.yaml"),
        f"databases/{database_name}.yaml": {
            **declared,
            "sqlalchemy_uri": database_uri(database),
            "uuid": database_uuid,
            "version": VERSION,
        },
        **{
            f"datasets/{database_name}/{name}.yaml": {**dataset, "database_uuid": database_uuid}
            for name, dataset in datasets.items()
        },
        **{f"charts/{name}.yaml": chart for name, chart in charts.items()},
        **{
            f"dashboards/{name}.yaml": _dashboard(name, given, charts)
            for name, given in _documents(source / "dashboards").items()
        },
    }


def _datasets(folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, Document]:
    """Return the datasets that charts stand on, and every public table beside them, ready to explore."""
    comments = _column_comments(connection)
    tables = dict(
        connection.execute(
            "select table_name, comment from duckdb_tables() where schema_name = ? order by table_name",
            [PUBLIC_SCHEMA],
        ).fetchall()
    )
    given = {table: {"table": table} for table in tables} | _documents(folder)
    by_table = {one["table"] for name, one in given.items() if "table" in one and name != one["table"]}
    found = {}
    for name, dataset in given.items():
        if name in by_table:
            # A dataset of the YAML is this table already: Superset takes a table of a database once.
            continue
        found[name] = _dataset(name, dataset, tables, comments, connection)
    return found


def _dataset(
    name: str,
    given: Document,
    tables: Mapping[str, str],
    comments: Comments,
    connection: duckdb.DuckDBPyConnection,
) -> Document:
    given = dict(given)
    table, sql = given.pop("table", None), given.get("sql")
    comments_from = given.pop("comments_from", {EVERY_OTHER: table})
    base = comments_from[EVERY_OTHER]
    if base not in tables:
        raise ArsenaleError(f"dataset {name}: there is no table {base}", details=sorted(tables))
    try:
        described = connection.execute(f"describe {sql or table}").fetchall()
    except duckdb.Error as error:
        raise ArsenaleError(
            f"dataset {name}: its SQL does not run", details=str(error).splitlines()
        ) from error
    columns = []
    for column, kind, *_ in described:
        origin, _, origin_column = comments_from.get(column, f"{base}.{column}").partition(".")
        if (origin, origin_column) not in comments:
            raise ArsenaleError(
                f"dataset {name}: nothing describes {column}", remedy="add it to comments_from"
            )
        columns.append(
            {
                "column_name": column,
                "verbose_name": _label(column),
                "type": kind,
                "is_dttm": kind in ("DATE", "TIMESTAMP"),
                "groupby": True,
                "filterable": True,
                "description": comments[origin, origin_column],
            }
        )
    return {
        "table_name": table or name,
        "schema": PUBLIC_SCHEMA,
        "description": tables[base],
        "metrics": [],
        **given,
        "columns": columns,
        "uuid": _identifier("datasets", name),
        "version": VERSION,
    }


def _chart(name: str, given: Document, datasets: Mapping[str, Document]) -> Document:
    dataset = given["dataset"]
    if dataset not in datasets:
        raise ArsenaleError(f"chart {name}: there is no dataset {dataset}", details=sorted(datasets))
    rest = {key: value for key, value in given.items() if key != "dataset"}
    types = {column["column_name"]: column["type"] for column in datasets[dataset]["columns"]}
    shown = given["params"].get("all_columns", [])
    if unknown := sorted(set(shown) - set(types)):
        raise ArsenaleError(f"chart {name}: {dataset} has no column {unknown[0]}", details=sorted(types))
    formats = {column: {"d3NumberFormat": _format(column, types[column])} for column in shown}
    return {
        **rest,
        "params": {"viz_type": given["viz_type"], "column_config": formats, **given["params"]},
        "dataset_uuid": datasets[dataset]["uuid"],
        "uuid": _identifier("charts", name),
        "version": VERSION,
    }


def _dashboard(name: str, given: Document, charts: Mapping[str, Document]) -> Document:
    given = dict(given)
    sections = given.pop("sections")
    return {
        **given,
        "position": positions(given["dashboard_title"], sections, charts),
        "uuid": _identifier("dashboards", name),
        "version": VERSION,
    }


def _column_comments(connection: duckdb.DuckDBPyConnection) -> Comments:
    rows = connection.execute(
        "select table_name, column_name, comment from duckdb_columns() where schema_name = ?",
        [PUBLIC_SCHEMA],
    )
    return {(table, column): comment for table, column, comment in rows.fetchall() if comment}


def _label(column: str) -> str:
    """Return a column's name as a person writes it, its unit in brackets at the end."""
    words = column.removesuffix("_id").split("_")
    units = [f" ({UNITS[word]})" for word in words[1:] if word in UNITS]
    text = " ".join(word for word in words if word not in UNITS).replace("gdp", "GDP")
    return "".join([text[:1].upper(), text[1:], *units])


def _format(column: str, kind: str) -> str:
    """Return the d3 format of a column: whole euro, other decimals as printed, years without a comma."""
    if column.endswith("year"):
        return "d"
    if {"eur", "usd"} & set(column.split("_")):
        return ",.0f"
    return ",.4~f" if kind.startswith("DECIMAL") else ","


def _identifier(kind: str, name: str) -> str:
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{name}"))


def _only(folder: Path) -> tuple[str, Document]:
    ((name, document),) = _documents(folder).items()
    return name, document


def _documents(folder: Path) -> dict[str, Document]:
    """Return the YAML files of a folder, by name, in one order."""
    return {file.stem: _read(file) for file in sorted(folder.glob("*.yaml"))}


def _read(file: Path) -> Document:
    try:
        document: Document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ArsenaleError(f"cannot read {file}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise ArsenaleError(f"{file} is no YAML", details=str(error).splitlines()) from error
    return document
