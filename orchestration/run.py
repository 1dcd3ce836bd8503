"""Running the job in this process, telling what happens as it happens.

The job is the one that the UI and the schedule run; only the messages are ours.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import dagster as dg

from arsenale.errors import ArsenaleError
from orchestration.build_room import BuildRoom
from orchestration.dbt import Dbt
from orchestration.definitions import build_defs
from orchestration.instance import dagster_home
from orchestration.jobs import DRY_RUN_TAG, JOB
from orchestration.outcome import BuildOutcome, note

STEPS = {
    "documents": "re-read passages",
    "captured_seeds": "gate the seeds",
    "ecb__exchange_rates": "read exchange rates",
    "models": "build and test",
    "audit": "audit",
    "release": "publish",
}
"""The steps of the job, in the order in which they run, and what they are called on the command line."""


SILENT = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""Dagster's own console log; the run's log in the UI is complete."""


@contextmanager
def own_streams() -> Iterator[None]:
    """Give this process its output back after the block.

    Dagster sends it to files while a step runs, and leaves it there where their disk is full: nobody would
    read what was said afterwards.
    """
    streams = (1, 2)
    kept = [os.dup(stream) for stream in streams]
    try:
        yield
    finally:
        for stream, copy in zip(streams, kept, strict=True):
            os.dup2(copy, stream)
            os.close(copy)


def run_build(room: BuildRoom, dbt: Dbt, on_progress: Callable[[str, str], None]) -> BuildOutcome:
    """Run the whole job.

    Args:
        room: Who holds the lock.
        dbt: The dbt that builds the models.
        on_progress: Told a step's name and what happened there: "start", "end", or the asset or check that is
            done.
    """
    dagster_home()
    outcome = BuildOutcome(run_id=str(uuid.uuid4()))
    tags = {DRY_RUN_TAG: "true"} if room.dry_run else {}
    job = build_defs(room, dbt).resolve_job_def(JOB)
    # dbt's lines are in the run's log; this process's standard output is for what was asked.
    with (
        own_streams(),
        dg.DagsterInstance.get() as instance,
        Path(os.devnull).open("w") as nowhere,
        redirect_stdout(nowhere),
    ):
        instance.add_event_listener(outcome.run_id, lambda entry: note(entry, outcome, on_progress))
        result = job.execute_in_process(
            instance=instance, run_id=outcome.run_id, raise_on_error=False, run_config=SILENT, tags=tags
        )
    if not result.success and not outcome.failed_checks and outcome.error is None:
        outcome.error = ArsenaleError(
            "build: the run failed", remedy=f"`arsenale ui` shows run {outcome.run_id}"
        )
    return outcome
