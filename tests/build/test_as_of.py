"""The warehouse as it stood on a day, beside the releases."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]
SHARES = """
    select fiscal_year, definition, amount, share_of_gdp_computed_pct, gdp_published_on
    from fct_spending
    where service_id = 'ita-state' and fiscal_year = 2024 and amount is not null
"""


def arsenale(warehouse: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orchestration.command_line", *arguments],
        cwd=HOME,
        env={**os.environ, "ARSENALE_HOME": str(HOME), "ARSENALE_WAREHOUSE": str(warehouse)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_day_takes_the_edition_of_that_day_and_publishes_nothing(tmp_path) -> None:
    built = arsenale(tmp_path, "build", "--as-of", "2025-06-30")
    assert built.returncode == 0, built.stderr
    asked = arsenale(tmp_path, "query", SHARES, "--as-of", "2025-06-30", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(asked.stdout))
    # 32.3 of 2192.182 billion, the edition of March 2025; that of September gives 1.4684.
    assert float(row["share_of_gdp_computed_pct"]) == 1.4734
    assert row["gdp_published_on"] == "2025-03-03"
    assert not (tmp_path / "current").exists()


def test_a_day_that_was_not_built_is_named_with_what_to_do(tmp_path) -> None:
    asked = arsenale(tmp_path, "query", "select 1", "--as-of", "2024-01-31")
    assert asked.returncode == 1
    assert "no warehouse as of 2024-01-31" in asked.stderr
    assert "arsenale build --as-of 2024-01-31" in asked.stderr
