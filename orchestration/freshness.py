"""Whether the release is fresh, as the UI shows it: a check on the release asset.

Dagster's freshness policies count materializations, and a release is made only where it says something new: a
warehouse whose documents rest for a month would look stale. What counts here is when a build came to the
release last.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import dagster as dg

from arsenale.alerts.message import duration, stamp
from arsenale.errors import ArsenaleError
from arsenale.limits import Limits
from arsenale.releases.confirmation import confirmed_at
from arsenale.releases.store import current_release
from arsenale.settings import Settings
from orchestration.release import RELEASE

NAME = "is_fresh"
LOOK_SECONDS = 60


@dg.asset_check(
    asset=RELEASE,
    name=NAME,
    description="A build came to the current release lately (ARSENALE_STALE_AFTER_HOURS).",
)
def is_fresh() -> dg.AssetCheckResult:
    """Look once, at the end of a build."""
    passed, description, metadata = _look(datetime.now(UTC))
    return dg.AssetCheckResult(passed=passed, description=description, metadata=metadata)


@dg.sensor(
    minimum_interval_seconds=LOOK_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Lets the check of the release's freshness fail while nothing is built, and pass again.",
)
def freshness(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Look again; only a change is written down."""
    if current_release(Settings.from_environment()) is None:
        return dg.SkipReason("no release yet")
    passed, description, metadata = _look(datetime.now(UTC))
    said = f"{passed}: {description}"
    if context.cursor == said:
        return dg.SkipReason(description)
    evaluation = dg.AssetCheckEvaluation(
        asset_key=RELEASE, check_name=NAME, passed=passed, description=description, metadata=metadata
    )
    return dg.SensorResult(asset_events=[evaluation], cursor=said)


def _look(now: datetime) -> tuple[bool, str, dict[str, dg.MetadataValue[Any]]]:
    settings, limit = Settings.from_environment(), Limits.from_environment().stale_after
    try:
        release = current_release(settings)
        confirmed = confirmed_at(settings, release) if release else None
    except ArsenaleError as error:
        return False, error.message, {}
    if release is None or confirmed is None:
        return False, "no release yet", {}
    metadata: dict[str, dg.MetadataValue[Any]] = {
        "confirmed at": dg.MetadataValue.timestamp(confirmed),
        "limit": dg.MetadataValue.text(duration(limit.total_seconds())),
    }
    return now - confirmed <= limit, f"{release.release_id}, confirmed {stamp(confirmed)}", metadata
