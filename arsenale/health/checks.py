"""The checks of `arsenale health`, each one question about files that the warehouse keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from arsenale.alerts.channels import channels_from
from arsenale.alerts.journal import Journal, read_journal
from arsenale.alerts.message import duration, stamp
from arsenale.errors import ArsenaleError
from arsenale.limits import Limits
from arsenale.releases.confirmation import confirmed_at
from arsenale.releases.store import require_current
from arsenale.releases.verify import verify
from arsenale.settings import Settings

CLOCK_SKEW = timedelta(minutes=5)
"""A moment this far in the future is a clock that was set back, and says nothing about an age."""


@dataclass(frozen=True)
class Finding:
    """What one check came to.

    Attributes:
        check: Its name.
        passed: Whether all is well there.
        says: What was found, in one phrase.
    """

    check: str
    passed: bool
    says: str


def health(settings: Settings, limits: Limits, now: datetime, *, watched: bool = True) -> list[Finding]:
    """Return what every check finds, the gravest first.

    Args:
        settings: Where the warehouse is.
        limits: How old things may grow.
        now: The time, UTC.
        watched: Whether Dagster's daemon is expected to run; without it only the release is looked at.
    """
    found = [
        _guarded("release", lambda: _age(settings, limits, now)),
        _guarded("verification", lambda: _verification(settings)),
    ]
    if watched:
        found += _watch(settings, limits, now)
    return found


def _guarded(check: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    """Let what cannot be looked at be a finding: a check that stops says nothing about the others."""
    try:
        return Finding(check, *look())
    except ArsenaleError as error:
        return Finding(check, False, error.message)
    except OSError as error:
        return Finding(check, False, str(error))


def _age(settings: Settings, limits: Limits, now: datetime) -> tuple[bool, str]:
    release = require_current(settings)
    confirmed = confirmed_at(settings, release)
    passed, age = _young(confirmed, limits.stale_after, now)
    return passed, f"{release.release_id} was confirmed {age}"


def _verification(settings: Settings) -> tuple[bool, str]:
    # The bytes of all files; `arsenale releases verify` reads the rows too, which takes longer.
    findings = verify(require_current(settings), content=False)
    more = f", and {len(findings) - 1} findings more" if len(findings) > 1 else ""
    return not findings, f"{findings[0]}{more}" if findings else "its files are what was published"


def _watch(settings: Settings, limits: Limits, now: datetime) -> Iterator[Finding]:
    try:
        state = read_journal(settings)
    except ArsenaleError as error:
        yield Finding("daemon", False, error.message)
        return
    yield Finding("daemon", *_heartbeat(state, limits, now))
    yield Finding("last run", *_last_run(state))
    yield _guarded("alerts", lambda: _alerts(state))


def _heartbeat(state: Journal, limits: Limits, now: datetime) -> tuple[bool, str]:
    if state.watched_at is None:
        return False, "Dagster's daemon has never looked at this warehouse"
    passed, age = _young(datetime.fromisoformat(state.watched_at), limits.silent_after, now)
    return passed, f"Dagster's daemon looked {age}"


def _last_run(state: Journal) -> tuple[bool, str]:
    last = state.last_build
    if last is None:
        return True, "no run has ended yet"
    verb = "succeeded" if last["succeeded"] else "failed"
    return last["succeeded"], f"{last['id'][:8]} {verb} at {stamp(datetime.fromisoformat(last['ended_at']))}"


def _alerts(state: Journal) -> tuple[bool, str]:
    undelivered = state.undelivered()
    if undelivered:
        return False, f"{len(undelivered)} alerts could not be sent: {undelivered[0]}"
    return True, f"{', '.join(channel.name for channel in channels_from())}"


def _young(moment: datetime, limit: timedelta, now: datetime) -> tuple[bool, str]:
    age = now - moment
    if age < -CLOCK_SKEW:
        return False, f"at {stamp(moment)}, which is still to come: the clock was set back"
    said = f"{duration(age.total_seconds())} ago"
    return age <= limit, said if age <= limit else f"{said}, limit {duration(limit.total_seconds())}"
