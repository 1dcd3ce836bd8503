"""The data package: what a stranger's tools make of a release, with none of our code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

from arsenale.releases.reader import connect

from .conftest import TODAY, Warehouse


@pytest.fixture
def released(warehouse: Warehouse) -> Path:
    return warehouse.publish().release.folder


@pytest.fixture
def descriptor(released: Path) -> dict[str, Any]:
    return json.loads((released / "datapackage.json").read_text(encoding="utf-8"))


def resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in descriptor["resources"] if one["name"] == name]
    return found


def test_frictionless_finds_no_error(released: Path) -> None:
    command = [str(Path(sys.executable).with_name("frictionless")), "validate", "--json", "datapackage.json"]
    result = subprocess.run(command, cwd=released, capture_output=True, text=True, check=False)
    report = json.loads(result.stdout)
    assert report["valid"], report
    assert report["stats"]["errors"] == report["stats"]["warnings"] == 0
    assert report["stats"]["tasks"] == len(list(released.glob("csv/*"))) + len(
        list(released.glob("parquet/*"))
    )


@pytest.mark.parametrize(
    ("file", "replaced", "error"),
    [
        ("csv/fct_figure.csv", ("sipri@5,sipri", "sipri@6,sipri"), "hash-count"),
        ("csv/fct_figure.csv", ("35500000000.0000", "3550000000x.0000"), "type-error"),
        ("csv/fct_figure.csv", ("iai@200,iai,", "iai@100,iai,"), "primary-key"),
        ("csv/fct_figure.csv", ("sipri@5,sipri", "sipri@5,nowhere"), "foreign-key"),
        ("csv/fct_figure.csv", ("sipri@5,sipri", "sipri@5,"), "constraint-error"),
        ("parquet/fct_figure.parquet", ("PAR1", "PAR2"), "hash-count"),
    ],
)
def test_frictionless_would_find_one(
    released: Path, tmp_path: Path, file: str, replaced: tuple[str, str], error: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(released, folder)
    path = folder / file
    path.chmod(0o644)
    old, new = replaced
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))
    report = validate(str(folder / "datapackage.json"))
    assert error in {kind for (kind,) in report.flatten(["type"])}


def test_texts_like_formulas_and_texts_of_many_lines_are_valid_cells(warehouse: Warehouse) -> None:
    folder = warehouse.publish(
        "update fct_figure set as_reported = '=1+1' where figure_id = 'iai@100'",
        "update fct_figure set note = E'\"quoted\", \\r\\n and ''more' where figure_id = 'iai@200'",
    ).release.folder
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.to_summary()


def test_a_tool_that_knows_only_the_package_reads_what_sql_reads(warehouse: Warehouse) -> None:
    folder = warehouse.publish().release.folder
    with connect(warehouse.settings) as connection:
        figures = connection.execute(
            "select figure_id, value, unit, fiscal_year, is_preferred from fct_figure order by 1"
        ).fetchall()
        documents = connection.execute(
            "select document_id, published_on from dim_document order by 1"
        ).fetchall()
    package = Package(str(folder / "datapackage.json"))
    rows = package.get_resource("fct_figure").read_rows()
    assert [
        (row["figure_id"], row["value"], row["unit"], row["fiscal_year"], row["is_preferred"]) for row in rows
    ] == figures
    rows = package.get_resource("dim_document").read_rows()
    assert [(row["document_id"], row["published_on"]) for row in rows] == documents


def test_every_public_table_is_there_twice_and_the_release_names_itself(
    released: Path, descriptor: dict[str, Any]
) -> None:
    names = {one["name"] for one in descriptor["resources"]}
    tables = {path.stem for path in (released / "csv").iterdir()}
    assert names == tables | {f"{table}.parquet" for table in tables}
    assert descriptor["version"] == released.name
    assert descriptor["created"] == f"{TODAY:%Y-%m-%dT%H:%M:%S}Z"
    assert [licence["name"] for licence in descriptor["licenses"]] == ["CC-BY-4.0"]


def test_keys_types_and_descriptions_are_those_of_the_database(descriptor: dict[str, Any]) -> None:
    schema = resource(descriptor, "fct_figure")["schema"]
    assert schema["primaryKey"] == ["figure_id"]
    reference = {"resource": "dim_document", "fields": ["document_id"]}
    assert schema["foreignKeys"] == [{"fields": ["document_id"], "reference": reference}]
    value = next(field for field in schema["fields"] if field["name"] == "value")
    assert value == {
        "name": "value",
        "type": "number",
        "description": "in base units",
        "sqlType": "DECIMAL(38,4)",
        "unitColumn": "unit",
    }
    assert resource(descriptor, "dim_document")["description"].startswith("one row per source document")


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("amount_eur", {"unit": "EUR"}),
        ("amount_eur_constant", {"unit": "EUR"}),
        ("share_of_gdp_reported_pct", {"unit": "percent"}),
        ("units_per_eur", {"unitColumn": "currency"}),
        ("quantity", {"unitColumn": "quantity_unit"}),
        ("value", {"unitColumn": "currency"}),
        ("note", {}),
    ],
)
def test_a_column_says_its_unit_or_where_it_stands(
    warehouse: Warehouse, column: str, said: dict[str, str]
) -> None:
    kind = "varchar" if column == "note" else "decimal(28, 6)"
    units = "" if column == "amount_eur" else ", currency varchar, quantity_unit varchar"
    folder = warehouse.publish(f"create table fct_deal ({column} {kind}{units})").release.folder
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    field = resource(package, "fct_deal")["schema"]["fields"][0]
    assert {name: field[name] for name in ("unit", "unitColumn") if name in field} == said


def test_sources_are_the_documents_and_whoever_no_document_prints(descriptor: dict[str, Any]) -> None:
    iai, sipri, ecb = descriptor["sources"]
    assert iai == {
        "title": "L'Italia",
        "path": "https://example.org/a",
        "document_id": "iai",
        "publisher": "IAI",
        "licence": "none stated",
        "sha256": "a" * 64,
    }
    assert sipri["authors"] == "A; B"
    assert "path" not in sipri
    assert ecb["publisher"] == "European Central Bank"
