"""The warehouse as it stood on a day, beside the releases."""

from __future__ import annotations

import csv
import io
import json

import duckdb
import pytest
from click.testing import CliRunner

from arsenale.contracts.audit import RULES
from arsenale.releases.store import Release
from arsenale.releases.verify import verify
from orchestration.command_line import arsenale
from tests.building import Project

DAY = "2025-06-30"
SHARES = """
    select share_of_gdp_computed_pct, gdp_published_on
    from fct_spending
    where service_id = 'ita-state' and fiscal_year = 2024 and amount is not null
"""


def share_of(project: Project, *arguments: str) -> dict[str, str]:
    asked = project.arsenale("query", SHARES, "--format", "csv", *arguments)
    (row,) = csv.DictReader(io.StringIO(asked.stdout))
    return row


def test_a_day_takes_the_edition_of_that_day_and_publishes_nothing(project: Project) -> None:
    built = project.arsenale("build", "--as-of", DAY)
    assert built.returncode == 0, built.stderr
    then, now = share_of(project, "--as-of", DAY), share_of(project)
    # 32.3 of 2192.182 billion, the edition of March 2025; and of 2199.619, that of September.
    assert then == {"share_of_gdp_computed_pct": "1.473400", "gdp_published_on": "2025-03-03"}
    assert now == {"share_of_gdp_computed_pct": "1.468400", "gdp_published_on": "2025-09-22"}
    beside = project.warehouse / "as-of" / DAY / "current"
    with duckdb.connect(str(beside / "arsenale.duckdb"), read_only=True) as connection:
        schemas = connection.sql("select distinct schema_name from duckdb_tables() order by all").fetchall()
        release = connection.sql("select release_id from dim_release").fetchall()
    assert schemas == [("main",), ("raw",)]
    assert release == [(beside.readlink().name,)]
    manifest = json.loads((beside / "MANIFEST.json").read_text(encoding="utf-8"))
    assert manifest["as_of"] == DAY
    assert {f"audit.{rule.name}" for rule in RULES} < set(manifest["checks_passed"])
    assert verify(Release(beside.resolve())) == []


@pytest.mark.parametrize("option", ["--dry-run", "--json", "--rebuild"])
def test_a_day_refuses_what_it_would_not_do(option: str) -> None:
    shown = CliRunner().invoke(arsenale, ["build", "--as-of", DAY, option])
    assert shown.exit_code == 2
    assert "--as-of goes with --quiet and --wait alone" in " ".join(shown.output.split())


def test_a_day_that_is_still_to_come_is_refused(project: Project) -> None:
    asked = project.arsenale("build", "--as-of", "2999-01-01")
    assert asked.returncode == 1
    assert "2999-01-01 is still to come" in asked.stderr
    assert not (project.warehouse / "as-of" / "2999-01-01").exists()


def test_a_day_that_was_not_built_is_named_with_what_to_do(project: Project) -> None:
    asked = project.arsenale("query", "select 1", "--as-of", "2024-01-31")
    assert asked.returncode == 1
    assert "no warehouse as of 2024-01-31" in asked.stderr
    assert "arsenale build --as-of 2024-01-31" in asked.stderr
