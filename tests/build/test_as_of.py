"""The warehouse as it stood on a day, beside the releases."""

from __future__ import annotations

import csv
import io

from tests.building import Project

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
    built = project.arsenale("build", "--as-of", "2025-06-30")
    assert built.returncode == 0, built.stderr
    then, now = share_of(project, "--as-of", "2025-06-30"), share_of(project)
    # 32.3 of 2192.182 billion, the edition of March 2025; and of 2199.619, that of September.
    assert then == {"share_of_gdp_computed_pct": "1.473400", "gdp_published_on": "2025-03-03"}
    assert now == {"share_of_gdp_computed_pct": "1.468400", "gdp_published_on": "2025-09-22"}


def test_a_day_that_was_not_built_is_named_with_what_to_do(project: Project) -> None:
    asked = project.arsenale("query", "select 1", "--as-of", "2024-01-31")
    assert asked.returncode == 1
    assert "no warehouse as of 2024-01-31" in asked.stderr
    assert "arsenale build --as-of 2024-01-31" in asked.stderr
