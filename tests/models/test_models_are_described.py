"""Every model says what a row of it is, what each column holds, and by what it is told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml  # type: ignore[import-untyped]

HOME = Path(__file__).parents[2]
MODELS = HOME / "models"
NAMES = sorted(file.stem for file in MODELS.rglob("*.sql"))
INTERMEDIATE = frozenset(file.stem for file in (MODELS / "intermediate").rglob("*.sql"))
REF = re.compile(r"""ref\(["'](\w+)["']\)""")
MARTS = sorted(file.stem for file in (MODELS / "marts").rglob("*.sql"))

PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "dimensions": ("dim_",),
    "facts": ("fct_", "bridge_"),
    "reports": ("rpt_",),
}
"""By folder, what a model's name begins with."""


def sql_file(name: str) -> Path:
    return next(MODELS.rglob(f"{name}.sql"))


def described(name: str) -> dict[str, Any]:
    """The model as the YAML beside it describes it."""
    file = sql_file(name).with_suffix(".yml")
    assert file.exists(), f"no {file.name} beside {name}.sql"
    (model,) = yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    assert model["name"] == name
    return dict(model)


def described_columns(name: str) -> set[str]:
    return {column["name"] for column in described(name)["columns"]}


def carried_columns(name: str) -> set[str]:
    """The columns that a model may carry along: their description stays where they come from."""
    if name not in INTERMEDIATE:
        return set()
    sources = REF.findall(sql_file(name).read_text(encoding="utf-8"))
    return set().union(*(described_columns(source) | carried_columns(source) for source in sources))


def constraints(model: dict[str, Any]) -> Iterator[str]:
    for holder in (model, *model["columns"]):
        for constraint in holder.get("constraints", ()):
            yield constraint["type"]


@pytest.mark.parametrize("name", NAMES)
def test_a_description_begins_with_the_grain(name: str) -> None:
    assert described(name)["description"].startswith(("One row per ", "One row:"))


@pytest.mark.parametrize("name", NAMES)
def test_every_described_column_says_something(name: str) -> None:
    silent = [column["name"] for column in described(name)["columns"] if not column.get("description")]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_begins_as_its_folder_asks(name: str) -> None:
    assert name.startswith(PREFIXES[sql_file(name).parent.name])


@pytest.mark.parametrize("name", MARTS)
def test_a_mart_has_a_primary_key(name: str) -> None:
    assert "primary_key" in set(constraints(described(name)))


@pytest.mark.parametrize("name", MARTS)
def test_no_mart_leaves_the_enforced_contract(name: str) -> None:
    project = yaml.safe_load((HOME / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["models"]["arsenale"]["marts"]["+contract"] == {"enforced": True}
    assert "contract" not in described(name).get("config", {})
    assert "contract" not in sql_file(name).read_text(encoding="utf-8")


def test_every_yaml_describes_a_model_that_exists() -> None:
    described_models = [
        model["name"]
        for file in MODELS.rglob("*.yml")
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", ())
    ]
    assert sorted(described_models) == NAMES


def test_the_described_columns_are_those_of_the_built_tables(built_database: Path) -> None:
    with duckdb.connect(built_database, read_only=True) as connection:
        built = connection.execute(
            "select table_name, list(column_name order by column_name) from duckdb_columns() "
            "where schema_name in ('main', 'staging', 'intermediate') and not internal group by table_name"
        ).fetchall()
    built_columns = {name: set(columns) for name, columns in built}
    columns = {name: described_columns(name) for name in NAMES}
    for name in INTERMEDIATE:
        columns[name] |= built_columns[name] & carried_columns(name)
    assert columns == built_columns


def test_every_table_and_column_of_the_built_database_carries_its_comment(built_database: Path) -> None:
    with duckdb.connect(built_database, read_only=True) as connection:
        silent = connection.execute(
            "select schema_name, table_name, null from duckdb_tables() where comment is null "
            "union all select schema_name, table_name, column_name from duckdb_columns() "
            "where comment is null and not internal and schema_name in ('main', 'raw')"
        ).fetchall()
    assert silent == []
