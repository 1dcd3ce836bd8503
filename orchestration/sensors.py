"""What starts a build, and what is told without one: edited inputs, and reference data that grows old."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import dagster as dg

from arsenale.alerts.channels import channels_from
from arsenale.alerts.watch import watch_rates
from arsenale.inputs import changed_inputs, input_digests
from arsenale.limits import Limits
from arsenale.reference.exchange_rates import newest_quote
from arsenale.settings import Settings
from orchestration.jobs import UNATTENDED, build_job

CHANGED_TAG = "arsenale/changed"
SHOWN_IN_TAG = 5

SETTLING_SECONDS = 2.0
"""Files that change while they are read are still being written: the next look will find them whole."""

INPUT_SECONDS = 10
RATES_SECONDS = 3600


@dg.sensor(
    job=build_job,
    minimum_interval_seconds=INPUT_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING if UNATTENDED else dg.DefaultSensorStatus.STOPPED,
    description="Asks for a build when a seed or a document says something else than before.",
)
def edited_inputs(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Compare digests with those of the last look; the run's tag says which files changed."""
    settings = Settings.from_environment()
    before: dict[str, str] = json.loads(context.cursor or "{}")
    after = input_digests(settings)
    changes = changed_inputs(before, after)
    if not changes:
        return dg.SkipReason(f"{len(after)} seeds and documents are as they were")
    time.sleep(SETTLING_SECONDS)
    if input_digests(settings) != after:
        return dg.SkipReason("files are being written")
    context.log.info("\n".join(changes))
    more = f" and {len(changes) - SHOWN_IN_TAG} more" if len(changes) > SHOWN_IN_TAG else ""
    said = ", ".join(changes[:SHOWN_IN_TAG]) + more
    # No run key: a file that is changed back is an edit too, and Dagster never runs a key twice.
    request = dg.RunRequest(tags={CHANGED_TAG: said if before else "first look"})
    return dg.SensorResult(run_requests=[request], cursor=json.dumps(after))


@dg.sensor(
    minimum_interval_seconds=RATES_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells when the exchange rates have grown old. Builds nothing.",
)
def exchange_rates_age() -> dg.SkipReason:
    """Look at the newest rate of the installed package."""
    newest = newest_quote()
    midnight = datetime(newest.year, newest.month, newest.day, tzinfo=UTC)
    old = watch_rates(
        Settings.from_environment(),
        Limits.from_environment(),
        midnight,
        channels_from(),
        datetime.now(UTC),
    )
    return dg.SkipReason(f"the exchange rates end on {newest}{': too old' if old else ''}")
