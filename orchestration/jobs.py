"""The one job, and when it runs. The command line, the schedule and the button in the UI run the same.

| variable | what it says | without it |
| --- | --- | --- |
| `ARSENALE_UNATTENDED` | 1: the schedule and the sensor on inputs are on, as on a server | both are off |
| `ARSENALE_SCHEDULE` | when the daily build runs, as cron says it | `0 6 * * *` |
| `ARSENALE_TIME_ZONE` | of the schedule | `Europe/Rome` |
"""

from __future__ import annotations

import os

import dagster as dg

from orchestration.gate import CAPTURED_SEEDS
from orchestration.release import RELEASE

JOB = "build"

DRY_RUN_TAG = "arsenale/dry_run"
"""Marks a run that was never meant to publish."""

UNATTENDED = os.environ.get("ARSENALE_UNATTENDED") == "1"
"""Whether builds start by themselves. A person who looks at the lineage does not expect one."""

DAILY = os.environ.get("ARSENALE_SCHEDULE", "0 6 * * *")
TIME_ZONE = os.environ.get("ARSENALE_TIME_ZONE", "Europe/Rome")

build_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    description="From the seeds to a release: gate, build in a private database, audit, publish whole.",
    # Three hundred lines a build would bury the alerts in the server's log; the run's own log has them all.
    config={"loggers": {"console": {"config": {"log_level": "ERROR"}}}},
)

daily_build = dg.ScheduleDefinition(
    name="daily_build",
    job=build_job,
    cron_schedule=DAILY,
    execution_timezone=TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING if UNATTENDED else dg.DefaultScheduleStatus.STOPPED,
    description="Builds every morning, so that a document that was swapped is noticed within a day.",
)


def is_whole(run: dg.DagsterRun) -> bool:
    """Return whether a run was a build, from the seeds to a release; parts are tried by who looks on."""
    chosen = run.asset_selection
    return DRY_RUN_TAG not in run.tags and (not chosen or {CAPTURED_SEEDS, RELEASE} <= chosen)
