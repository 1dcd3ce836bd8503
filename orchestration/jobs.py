"""The one job, and when it runs. The command line, the schedule and the button in the UI run the same."""

from __future__ import annotations

import os

import dagster as dg

JOB = "build"

DAILY = os.environ.get("ARSENALE_SCHEDULE", "0 6 * * *")
TIME_ZONE = os.environ.get("ARSENALE_TIME_ZONE", "Europe/Rome")

build_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    description="From the seeds to a release: gate, build in a private database, audit, publish whole.",
)

daily_build = dg.ScheduleDefinition(
    name="daily_build",
    job=build_job,
    cron_schedule=DAILY,
    execution_timezone=TIME_ZONE,
    description="Builds every morning, so that a document that was swapped is noticed within a day.",
)
