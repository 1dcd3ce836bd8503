"""The warehouse as it is, and as of a day in 2025."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE, write_exchange_rates
from orchestration.dbt_process import LOCKED_VARIABLE

HOME = Path(__file__).parents[2]


def build(folder: Path, **variables: str) -> Path:
    """Build all models without their tests, which the pipeline runs, and return the database."""
    rates = folder / "exchange_rates.parquet"
    write_exchange_rates(rates)
    database = folder / "arsenale.duckdb"
    subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            "--quiet",
            "build",
            "--exclude-resource-type",
            "test",
            "unit_test",
            "--vars",
            json.dumps(variables),
        ],
        cwd=HOME,
        env={
            **os.environ,
            "ARSENALE_BUILD_DATABASE": str(database),
            EXCHANGE_RATES_VARIABLE: str(rates),
            LOCKED_VARIABLE: "1",
            "ARSENALE_DBT_TARGET": str(folder / "target"),
            "DBT_PROFILES_DIR": str(HOME),
            "DO_NOT_TRACK": "1",
        },
        check=True,
    )
    return database


@pytest.fixture
def warehouse(built_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(built_database, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def earlier_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("earlier"), as_of="2025-06-30")
