"""A release of the built database, and the way in which an analyst asks it."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from arsenale.releases.command import query
from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.settings import DATABASE_NAME, Settings

RELEASED = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)

Row = dict[str, str]


@pytest.fixture(scope="session")
def ask(built_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Row]]:
    """`arsenale query` over a release of the built database: from SQL to rows of text."""
    home = tmp_path_factory.mktemp("released")
    private = home / "private" / DATABASE_NAME
    private.parent.mkdir()
    shutil.copyfile(built_database, private)
    warehouse = home / "warehouse"
    run = Provenance(git_commit="0" * 40, checks=())
    publish(private, Settings(home=home, warehouse=warehouse, documents=None), run, now=RELEASED)

    def asked(sql: str) -> list[Row]:
        result = CliRunner().invoke(
            query, ["-", "--format", "csv"], input=sql, env={"ARSENALE_WAREHOUSE": str(warehouse)}
        )
        assert result.exit_code == 0, result.output
        return list(csv.DictReader(io.StringIO(result.stdout)))

    return asked
