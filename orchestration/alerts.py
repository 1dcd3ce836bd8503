"""What is said of runs: their ends, as the library's watch wants to hear of them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from arsenale.alerts.channels import channels_from
from arsenale.alerts.watch import EndedBuild, watch
from arsenale.errors import ArsenaleError
from arsenale.limits import Limits
from arsenale.settings import Settings
from orchestration.jobs import JOB, is_whole
from orchestration.outcome import BuildOutcome, note

UI_VARIABLE = "ARSENALE_UI"
UI = "http://127.0.0.1:3000"
"""Where links of alerts lead to, where the variable names no other address."""

WATCH_SECONDS = 20
LOOKED_AT = 50
"""More runs than can end between two looks."""

ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]
"""A run that a person cancelled tells nobody anything new."""


@dg.sensor(
    minimum_interval_seconds=WATCH_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Says once when a build fails, recovers, a release grows old or a published value changes.",
)
def alerts(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Look once. What cannot be sent fails this tick, and is sent again by the next."""
    watch(
        Settings.from_environment(),
        Limits.from_environment(),
        ended_builds(context.instance),
        channels_from(),
        datetime.now(UTC),
    )
    return dg.SkipReason("looked")


def ended_builds(instance: dg.DagsterInstance) -> Iterator[EndedBuild]:
    """Yield the newest builds that are over: of the whole, and meant to be published."""
    filters = dg.RunsFilter(job_name=JOB, statuses=ENDED)
    for record in instance.get_run_records(filters, limit=LOOKED_AT):
        run = record.dagster_run
        if is_whole(run) and record.end_time is not None:
            yield EndedBuild(
                build_id=run.run_id,
                ended_at=datetime.fromtimestamp(record.end_time, UTC),
                succeeded=run.status is dg.DagsterRunStatus.SUCCESS,
                link=f"{os.environ.get(UI_VARIABLE, UI).rstrip('/')}/runs/{run.run_id}",
                why=lambda run_id=run.run_id: _why(instance, run_id),  # type: ignore[misc]
            )


def _why(instance: dg.DagsterInstance, run_id: str) -> ArsenaleError:
    """Return what stopped a run: its failed checks with their rows, its error, or how its process ended."""
    outcome = BuildOutcome(run_id)
    entries = instance.all_logs(run_id)
    for entry in entries:
        note(entry, outcome, lambda _step, _event: None)
    # Of a process that died there is no error: Dagster's last words on it are what there is.
    last = [entry.user_message or entry.message for entry in entries if int(entry.level) >= logging.ERROR]
    return outcome.failure() or ArsenaleError(
        "build: the process of the run died; nothing was published",
        details=[line for text in last for line in text.splitlines()],
        remedy="nothing, if the next run succeeds: it is tried once more by itself",
    )
