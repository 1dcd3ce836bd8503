"""What tests of every room may ask for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from arsenale.reference.exchange_rates import EXCHANGE_RATES_VARIABLE, write_exchange_rates
from arsenale.settings import DATABASE_NAME, Settings
from orchestration.project import DATABASE_VARIABLE, EXCHANGE_RATES, dbt_environment, dbt_executable

pytest_plugins = ["tests.failures"]

HOME = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that `dbt build` makes of the project's own seeds, once per session. Open it read-only.

    It is built where nothing else is, so that neither the project's `target/` nor a release is touched.
    """
    folder = tmp_path_factory.mktemp("built")
    database, rates = folder / DATABASE_NAME, folder / EXCHANGE_RATES
    write_exchange_rates(rates)
    result = subprocess.run(
        [dbt_executable(), "--quiet", "build", "--target-path", folder / "target", "--log-path", folder],
        cwd=HOME,
        env={
            **dbt_environment(Settings(home=HOME, warehouse=folder, documents=None)),
            DATABASE_VARIABLE: str(database),
            EXCHANGE_RATES_VARIABLE: str(rates),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"dbt build failed:\n{result.stdout}{result.stderr}"
    return database
