"""The project on either engine: plain dbt, the same models and inputs, all output in one folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE
from arsenale.settings import DATABASE_NAME
from orchestration.dbt_process import DATABASE_VARIABLE, dbt_executable

HOME = Path(__file__).parents[2]
ENVIRONMENT = Path(os.environ.get("ARSENALE_SPARK_ENVIRONMENT", HOME / ".venv-spark"))
"""Where `make test-spark` installs dbt-spark and pyspark."""

QUICK = Path(__file__).parent / "conf"
"""Spark's settings for tables of a hundred rows."""

TABLES = "warehouse/main.db"
"""Below a build's folder: where Spark writes the public tables, a folder of Parquet each."""


def dbt_on_duckdb(folder: Path, rates: Path, *command: str, **variables: str) -> str:
    """Run dbt on DuckDB, and return what it prints; the database is `arsenale.duckdb` in the folder."""
    database = {DATABASE_VARIABLE: str(folder / DATABASE_NAME)}
    return _dbt(dbt_executable(), folder, rates, *command, **variables, **database)


def dbt_on_spark(folder: Path, rates: Path, *command: str, **variables: str) -> str:
    """Run dbt on Spark, and return what it prints; the tables are in `TABLES` below the folder."""
    spark = {
        "ARSENALE_SPARK": str(folder),
        # What one process builds, no other reads through Spark.
        "ARSENALE_SPARK_CATALOG": "in-memory",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    return _dbt(
        str(ENVIRONMENT / "bin/dbt"), folder, rates, *command, "--target", "spark", **variables, **spark
    )


def _dbt(executable: str, folder: Path, rates: Path, *command: str, **variables: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    inherited = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("ARSENALE_", "DBT_", "SPARK_", "PYSPARK_"))
    }
    done = subprocess.run(
        [executable, "--quiet", *command, "--target-path", folder / "target", "--log-path", folder],
        cwd=HOME,
        env={
            **inherited,
            "DO_NOT_TRACK": "1",
            "NO_COLOR": "1",
            EXCHANGE_RATES_VARIABLE: str(rates),
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"dbt failed:\n{done.stdout}{done.stderr}"
    return done.stdout
