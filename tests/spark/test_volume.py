"""A million made figures say the same on both engines, by logical hash."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arsenale.releases.logical_hash import hash_file
from arsenale.settings import DATABASE_NAME
from benchmarks.generate import generate
from tests.spark.comparison import as_database, both, differences, tables
from tests.spark.engines import TABLES, dbt_on_duckdb, dbt_on_spark

pytestmark = [pytest.mark.slow, pytest.mark.spark]

FIGURES = int(os.environ.get("ARSENALE_SPARK_FIGURES", "1_000_000"))
BUILD = ("build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
"""The models alone: on the five documents, their tests have passed on both."""


def test_made_figures_are_the_same_on_both(rates: Path, tmp_path: Path) -> None:
    generate(tmp_path / "figures", FIGURES, batches=4)
    made = {"ARSENALE_FIGURES": str(tmp_path / "figures")}
    dbt_on_duckdb(tmp_path / "duckdb", rates, *BUILD, **made)
    dbt_on_spark(tmp_path / "spark", rates, *BUILD, **made)
    database = tmp_path / "duckdb" / DATABASE_NAME
    warehouse = tmp_path / "spark" / TABLES
    copied = as_database(database, warehouse, tmp_path / "spark.duckdb")
    if hash_file(copied) != hash_file(database):
        with both(database, warehouse) as connection:
            named = [line for table in tables(connection) for line in differences(connection, table)]
        pytest.fail("\n".join(named))
    assert hash_file(database).tables["fct_figure"].rows > FIGURES
