"""What tests of every room may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from arsenale.settings import DATABASE_NAME, Settings
from orchestration.dbt_process import run_dbt

pytest_plugins = ["tests.failures"]

HOME = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that `dbt build` makes of the project's own seeds, once per session. Open it read-only.

    It is built where nothing else is, so that neither the project's `target/` nor a release is touched.
    """
    folder = tmp_path_factory.mktemp("built")
    database = folder / DATABASE_NAME
    settings = Settings(home=HOME, warehouse=folder, documents=None)
    run_dbt(settings, folder / "target", "build", database=database)
    return database
