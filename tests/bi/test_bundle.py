"""The bundle for Superset: whole, the same every time, and described by dbt's contracts and nothing else."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from arsenale.bi.superset import bundle, database_uri, write_bundle
from arsenale.errors import ArsenaleError
from tests.building import ROOT, Project, built_project

SOURCE = ROOT / "bi" / "superset"


@pytest.fixture(scope="module")
def project() -> Project:
    return built_project()


@pytest.fixture(scope="module")
def connection(project: Project) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(project.database), read_only=True)


@pytest.fixture(scope="module")
def files(project: Project, connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return bundle(SOURCE, connection, project.database)


@pytest.fixture(scope="module")
def contracts(project: Project) -> dict[str, dict[str, Any]]:
    manifest = json.loads((project.warehouse / "dbt" / "manifest.json").read_bytes())
    return {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == "main"
    }


def of(files: dict[str, Any], folder: str) -> dict[str, Any]:
    return {Path(name).stem: content for name, content in files.items() if name.startswith(f"{folder}/")}


def test_every_public_table_is_a_dataset_with_the_columns_and_descriptions_of_its_contract(
    files: dict[str, Any], contracts: dict[str, dict[str, Any]]
) -> None:
    tables = {one["table_name"]: one for one in of(files, "datasets").values() if "sql" not in one}
    assert set(tables) == set(contracts)
    for name, dataset in tables.items():
        model = contracts[name]
        assert dataset["description"].strip() == model["description"].strip(), name
        found = {column["column_name"]: column["description"].strip() for column in dataset["columns"]}
        assert found == {
            column: declared["description"].strip() for column, declared in model["columns"].items()
        }


def test_every_column_of_a_dataset_with_sql_is_described(files: dict[str, Any]) -> None:
    written = [one for one in of(files, "datasets").values() if "sql" in one]
    assert len(written) >= 5
    for dataset in written:
        assert all(column["description"] for column in dataset["columns"])


def test_no_description_and_no_type_is_copied_into_the_yaml() -> None:
    for file in SOURCE.glob("datasets/*/*.yaml"):
        assert not {"columns", "description", "uuid"} & set(yaml.safe_load(file.read_text()))


def test_every_chart_is_on_the_dashboard_once_with_its_title(files: dict[str, Any]) -> None:
    (dashboard,) = of(files, "dashboards").values()
    placed = [
        one["meta"] for one in dashboard["position"].values() if isinstance(one, dict) and "meta" in one
    ]
    titles = [meta["sliceName"] for meta in placed if "sliceName" in meta]
    assert sorted(titles) == sorted(chart["slice_name"] for chart in of(files, "charts").values())


def test_every_row_of_the_dashboard_is_full(files: dict[str, Any]) -> None:
    (dashboard,) = of(files, "dashboards").values()
    position = dashboard["position"]
    for row in position["GRID_ID"]["children"]:
        assert sum(position[child]["meta"]["width"] for child in position[row]["children"]) == 12


def test_charts_use_metrics_of_their_dataset(files: dict[str, Any]) -> None:
    datasets = {one["uuid"]: one for one in of(files, "datasets").values()}
    for name, chart in of(files, "charts").items():
        metrics = {metric["metric_name"] for metric in datasets[chart["dataset_uuid"]]["metrics"]}
        assert set(chart["params"].get("metrics", [])) <= metrics, name


def test_no_chart_adds_up_over_a_fact_table(files: dict[str, Any]) -> None:
    """A sum would mix definitions, ceilings and counts, or a total and its parts."""
    for dataset in of(files, "datasets").values():
        for metric in dataset["metrics"]:
            assert metric["expression"].startswith(("max(", "min(", "count(")), metric
    for chart in of(files, "charts").values():
        assert not chart["params"].get("stack")


def test_a_ceiling_and_a_count_are_never_in_one_chart(files: dict[str, Any]) -> None:
    charts = of(files, "charts")
    filters = {
        name: charts[name]["params"]["adhoc_filters"][0]["sqlExpression"]
        for name in ("deployment_ceilings", "deployment_counts")
    }
    assert "modality = 'maximum'" in filters["deployment_ceilings"]
    assert "modality <> 'maximum'" in filters["deployment_counts"]


def test_the_file_is_opened_read_only_and_locked(files: dict[str, Any], project: Project) -> None:
    (database,) = of(files, "databases").values()
    assert database["sqlalchemy_uri"] == (
        f"duckdb:///{project.database}"
        "?access_mode=READ_ONLY&enable_external_access=false&lock_configuration=true"
    )
    assert not any(database[name] for name in ("allow_dml", "allow_ctas", "allow_cvas", "allow_file_upload"))


def test_a_path_that_a_uri_cannot_hold_is_refused() -> None:
    with pytest.raises(ArsenaleError, match="cannot stand in a URI"):
        database_uri(Path("/what?/arsenale.duckdb"))


def test_the_zip_is_the_same_bytes_every_time(
    connection: duckdb.DuckDBPyConnection, project: Project, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    for out in (one, other):
        write_bundle(SOURCE, connection, project.database, out)
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {"arsenale"}


def test_the_command_writes_it_and_a_mistake_in_the_yaml_is_named(project: Project, tmp_path: Path) -> None:
    zip_it = ["bi", "superset", "--out"]
    done = project.arsenale(*zip_it, str(tmp_path / "dashboard.zip"), ARSENALE_HOME=str(ROOT))
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(tmp_path / "dashboard.zip")
    shutil.copytree(SOURCE, tmp_path / "bi" / "superset")
    chart = tmp_path / "bi" / "superset" / "charts" / "deals.yaml"
    chart.write_text(chart.read_text().replace("buyer,", "byer,"))
    done = project.arsenale(*zip_it, str(tmp_path / "no.zip"), ARSENALE_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "chart deals: deals has no column byer" in done.stderr
    assert not (tmp_path / "no.zip").exists()
