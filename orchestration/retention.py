"""What Dagster forgets: runs that are old and published nothing. Its own settings forget only ticks.

Kept are the newest runs, those of the last month, and those that published a release which is still on disk:
the history of the release asset is as long as the history of releases.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg

from arsenale.releases.store import list_releases
from arsenale.settings import Settings
from orchestration.dagster_internals import AssetCheckExecutionsTable, SqlEventLogStorage
from orchestration.release import RELEASE, RELEASE_ID

DAYS_KEPT = 30
RUNS_KEPT = 50
"""Whatever their age: a machine that was off for a month comes back with a history."""

RUNS_AT_ONCE = 20
"""A tick is short; what is left over goes with the next."""

TICK_SECONDS = 600


@dg.sensor(
    minimum_interval_seconds=TICK_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Forgets old runs with their logs, so that storage stays bounded. Releases stay.",
)
def retention(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Forget some of what is too old."""
    forgotten = forget_runs(context.instance, Settings.from_environment(), datetime.now(UTC))
    return dg.SkipReason(f"{forgotten} runs forgotten")


def forget_runs(instance: dg.DagsterInstance, settings: Settings, now: datetime) -> int:
    """Forget the oldest runs that need not be kept, and return how many went."""
    filters = dg.RunsFilter(
        statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED],
        created_before=now - timedelta(days=DAYS_KEPT),
    )
    old = [record.dagster_run.run_id for record in instance.get_run_records(filters, ascending=True)]
    if not old:
        return 0
    newest = {record.dagster_run.run_id for record in instance.get_run_records(limit=RUNS_KEPT)}
    kept = newest | _runs_of_releases(instance, settings)
    leaving = [run_id for run_id in old if run_id not in kept][:RUNS_AT_ONCE]
    for run_id in leaving:
        forget_run(instance, run_id)
    return len(leaving)


def forget_run(instance: dg.DagsterInstance, run_id: str) -> None:
    """Forget one run: its record, events, checks, and what its steps printed."""
    instance.delete_run(run_id)
    instance.compute_log_manager.delete_logs(prefix=[run_id])
    storage = instance.event_log_storage
    # Dagster leaves a row for each check of each run: a hundred a day.
    if isinstance(storage, SqlEventLogStorage):
        with storage.index_connection() as connection:
            connection.execute(
                AssetCheckExecutionsTable.delete().where(AssetCheckExecutionsTable.c.run_id == run_id)
            )


def _runs_of_releases(instance: dg.DagsterInstance, settings: Settings) -> set[str]:
    on_disk = {release.release_id for release in list_releases(settings)}
    published = instance.fetch_materializations(RELEASE, limit=max(1, 2 * len(on_disk))).records
    return {
        record.run_id
        for record in published
        if record.asset_materialization
        and _text(record.asset_materialization.metadata.get(RELEASE_ID)) in on_disk
    }


def _text(value: dg.MetadataValue[Any] | None) -> str:
    return "" if value is None else str(value.value)
