"""The five documents say the same on DuckDB and on Apache Spark: every public table, value by value."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsenale.releases.logical_hash import hash_file
from tests.models.test_models_are_described import MARTS
from tests.spark.comparison import as_database, both, differences, tables
from tests.spark.engines import HOME, TABLES

pytestmark = [pytest.mark.slow, pytest.mark.spark]

SEEDS = sorted(file.stem for file in (HOME / "seeds").glob("*.csv"))


def test_spark_writes_the_public_tables_and_no_other(built_database: Path, built_on_spark: Path) -> None:
    with both(built_database, built_on_spark / TABLES) as connection:
        assert tables(connection) == MARTS
    assert sorted(folder.name for folder in (built_on_spark / TABLES).iterdir()) == MARTS


@pytest.mark.parametrize("table", MARTS)
def test_a_public_table_is_the_same_on_both(built_database: Path, built_on_spark: Path, table: str) -> None:
    with both(built_database, built_on_spark / TABLES) as connection:
        assert connection.execute(f"select count(*) > 0 from ours.{table}").fetchone() == (True,)
        assert differences(connection, table) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_is_the_same_text_on_both(built_database: Path, built_on_spark: Path, seed: str) -> None:
    with both(built_database, built_on_spark / "warehouse/raw.db", "raw") as connection:
        assert differences(connection, seed) == []


def test_the_logical_hash_is_the_same(built_database: Path, built_on_spark: Path, tmp_path: Path) -> None:
    copied = as_database(built_database, built_on_spark / TABLES, tmp_path / "spark.duckdb")
    assert hash_file(copied) == hash_file(built_database)


def test_a_difference_is_named_by_table_key_column_and_both_values(
    built_database: Path, built_on_spark: Path, tmp_path: Path
) -> None:
    with both(built_database, built_on_spark / TABLES) as connection:
        connection.execute(
            "create or replace view theirs.fct_figure as select * replace ("
            "case figure_id when (select min(figure_id) from ours.fct_figure) then 1 else value end"
            "::decimal(28, 6) as value) from (from read_parquet("
            f"'{built_on_spark / TABLES}/fct_figure/*.parquet'))"
        )
        figure, value = (
            connection.execute("select figure_id, value from ours.fct_figure order by 1").fetchone() or ()
        )
        assert differences(connection, "fct_figure") == [
            f"fct_figure [{figure}] value: DuckDB {value}, Spark 1.000000"
        ]
