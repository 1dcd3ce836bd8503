"""A build whose process died is asked for once more, all of it: it is cheap, and half of one is nothing.

Dagster's own retries give up where the code server was killed together with the run: they look for the
definitions at once, and only once. A sensor is evaluated where the definitions are. A build whose check
failed is not asked for again: it would fail again.
"""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import JOB, UNATTENDED, build_job, is_whole

RETRY_TAG = "arsenale/retry_of"
LOOK_SECONDS = 15

WHY_TAG, A_STEP = "dagster/failure_reason", "STEP_FAILURE"
"""What Dagster notes of a run that failed, and of one that a step failed: nothing died there."""


@dg.sensor(
    job=build_job,
    minimum_interval_seconds=LOOK_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING if UNATTENDED else dg.DefaultSensorStatus.STOPPED,
    description="Asks once more for a build whose process died.",
)
def died_builds(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Look at the newest build; it is asked for again at most once, however often this looks."""
    newest = next(iter(context.instance.get_runs(dg.RunsFilter(job_name=JOB), limit=1)), None)
    if newest is None or not has_died(newest):
        return dg.SkipReason("the newest build did not die")
    return dg.RunRequest(run_key=newest.run_id, tags={RETRY_TAG: newest.run_id})


def has_died(run: dg.DagsterRun) -> bool:
    """Return whether a build's process died, and it was not asked for again already."""
    return (
        run.status is dg.DagsterRunStatus.FAILURE
        and is_whole(run)
        and RETRY_TAG not in run.tags
        and run.tags.get(WHY_TAG) != A_STEP
    )
