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

from arsenale.bi.datasets import datasets
from arsenale.bi.layout import positions
from arsenale.errors import ArsenaleError
from arsenale.files import replaced

ROOT = "arsenale"
VERSION = "1.0.0"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "arsenale/bi/superset")
LOCKED = "access_mode=READ_ONLY&enable_external_access=false&lock_configuration=true"
"""Read-only alone would let SQL Lab read any file of the machine, and write some."""

IN_A_ZIP = (1980, 1, 1, 0, 0, 0)
"""The same bytes, whenever they are zipped."""

Document = dict[str, Any]


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
    with replaced(out) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
            archive.writestr(zipfile.ZipInfo(f"{ROOT}/{name}", IN_A_ZIP), text)
    return [content["slice_name"] for name, content in sorted(files.items()) if name.startswith("charts/")]


def bundle(source: Path, connection: duckdb.DuckDBPyConnection, database: Path) -> dict[str, Document]:
    """Return the files of the ZIP: their documents, by path."""
    database_name, declared = _only(source / "databases")
    database_uuid = _identifier("databases", database_name)
    given = _documents(source / "datasets" / database_name)
    found = {
        name: {**dataset, "uuid": _identifier("datasets", name), "version": VERSION}
        for name, dataset in datasets(given, connection).items()
    }
    charts = {name: _chart(name, one, found) for name, one in _documents(source / "charts").items()}
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
            for name, dataset in found.items()
        },
        **{f"charts/{name}.yaml": chart for name, chart in charts.items()},
        **{
            f"dashboards/{name}.yaml": _dashboard(name, given, charts)
            for name, given in _documents(source / "dashboards").items()
        },
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
