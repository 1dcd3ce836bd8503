"""Five hundred days of builds: what Dagster keeps of them does not grow without bound."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.test_utils import freeze_time

from arsenale.settings import Settings
from orchestration.instance import dagster_home
from orchestration.jobs import JOB
from orchestration.release import RELEASE
from orchestration.retention import DAYS_KEPT, forget_runs
from tests.releases.conftest import Warehouse

pytestmark = pytest.mark.slow

DAYS = 500
ASSETS = 3
"""Each with a check: a build of this project in small, five hundred of which take minutes."""

SETTLED_AFTER = 120
"""Days: by then as much goes as comes."""

FIRST = datetime(2026, 1, 1, 6, tzinfo=UTC)


def small_project() -> dg.Definitions:
    """A job of the same name and shape: assets, each with a check and its rows, and a release at the end."""
    rows = dg.MetadataValue.table(
        [dg.TableRecord({"figure_id": f"document@{number}", "value": number}) for number in range(20)]
    )

    def an_asset(number: int) -> dg.AssetsDefinition:
        @dg.asset(name=f"model_{number}", check_specs=[dg.AssetCheckSpec("unique", asset=f"model_{number}")])
        def model() -> Iterator[dg.MaterializeResult[None]]:
            sys.stdout.write("built\n")
            yield dg.MaterializeResult(
                metadata={"rows": rows},
                check_results=[dg.AssetCheckResult(passed=True, metadata={"rows": rows})],
            )

        return model

    @dg.asset(key=RELEASE, output_required=False)
    def release() -> Iterator[dg.AssetObservation]:
        yield dg.AssetObservation(RELEASE, metadata={"release": "the same"})

    assets = [*(an_asset(number) for number in range(ASSETS)), release]
    return dg.Definitions(assets=assets, jobs=[dg.define_asset_job(JOB)], executor=dg.in_process_executor)


def megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def test_five_hundred_daily_builds_leave_what_a_month_of_them_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse = Warehouse(tmp_path)
    for name in ("DAGSTER_HOME", "ARSENALE_POSTGRES"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(warehouse.settings.warehouse))
    home = dagster_home()
    job = small_project().resolve_job_def(JOB)
    sizes, runs = daily(job, home, warehouse.settings)
    with capsys.disabled():
        sys.stdout.write("\nday    runs   storage\n")
        for day in range(SETTLED_AFTER // 2 - 1, DAYS, SETTLED_AFTER // 2):
            sys.stdout.write(f"{day + 1:3} {runs[day]:7} {sizes[day]:7.1f} MB\n")
        sys.stdout.write(f"{DAYS:3} {runs[-1]:7} {sizes[-1]:7.1f} MB\n")
    assert runs[-1] == runs[SETTLED_AFTER] < 2 * DAYS_KEPT
    assert sizes[-1] < 1.1 * sizes[SETTLED_AFTER]


def daily(job: dg.JobDefinition, home: Path, settings: Settings) -> tuple[list[float], list[int]]:
    """Build and forget, day after day; return the storage and the number of runs after each."""
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    sizes: list[float] = []
    runs: list[int] = []
    day: Callable[[int], datetime] = lambda number: FIRST + timedelta(days=number)  # noqa: E731
    for number in range(DAYS):
        with freeze_time(day(number)), dg.DagsterInstance.get() as instance:
            assert job.execute_in_process(instance=instance, run_config=quiet).success
            forget_runs(instance, settings, day(number))
            runs.append(instance.get_runs_count())
        sizes.append(megabytes(home))
    return sizes, runs
