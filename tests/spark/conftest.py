"""The five documents on both engines, once per session."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from arsenale.reference.exchange_rates import write_exchange_rates
from tests.spark.engines import ENVIRONMENT, QUICK, dbt_on_spark


@pytest.fixture(scope="session", autouse=True)
def spark() -> None:
    """Spark and its Java, or the reason why there is none."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java 17: apt-get install openjdk-17-jre-headless")
    if not (ENVIRONMENT / "bin/dbt").exists():
        pytest.skip(f"no {ENVIRONMENT}: `make test-spark` sets it up")


@pytest.fixture(scope="session")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exchange rates that both engines read."""
    file = tmp_path_factory.mktemp("rates") / "exchange_rates.parquet"
    write_exchange_rates(file)
    return file


@pytest.fixture(scope="session")
def built_on_spark(spark: None, rates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `dbt build --target spark` built the project: models, unit tests and data tests."""
    folder = tmp_path_factory.mktemp("spark")
    dbt_on_spark(folder, rates, "build", SPARK_CONF_DIR=str(QUICK))
    return folder
