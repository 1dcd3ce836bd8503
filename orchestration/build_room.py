"""What a run holds while it lasts: the build lock with its private folder, and who renders the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from arsenale.contracts import GateReport, refuse_disabled_validation
from arsenale.contracts.audit import AuditResult
from arsenale.documents import RereadReport
from arsenale.releases.builds import Build, private_build
from arsenale.releases.lock import build_lock
from arsenale.settings import Settings
from orchestration.dbt_process import EXCHANGE_RATES, latest_build
from orchestration.site import SiteAhead, site_ahead


class BuildRoom(dg.ConfigurableResource["BuildRoom"]):
    """One build at a time, in a private folder that nobody reads.

    The lock and the folder live exactly as long as the run: the executor is in process, and the kernel frees
    the lock of a process that dies.

    Attributes:
        holder: What another build is told about this one.
        wait_seconds: How long to wait for another build to end, where the caller does not hold the lock: one
            that was asked for twice runs twice, one after the other, and neither fails.
        is_locked: Whether the caller holds the build lock already.
        dry_run: Whether to show what a release would change instead of making it.
    """

    holder: str = "Dagster"
    wait_seconds: float = 600
    is_locked: bool = False
    dry_run: bool = False
    _build: Build | None = PrivateAttr(default=None)
    _gate: GateReport | None = PrivateAttr(default=None)
    _documents: RereadReport | None = PrivateAttr(default=None)
    _audited: tuple[AuditResult, ...] = PrivateAttr(default=())
    _site: SiteAhead | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[BuildRoom]:
        """Hold the lock and a fresh folder for the length of the run."""
        refuse_disabled_validation()
        settings = Settings.from_environment()
        log = context.log or dg.get_dagster_logger()
        lock = nullcontext() if self.is_locked else self._lock(settings, log.info)
        with lock, private_build(settings) as build, site_ahead(settings) as site:
            self._build, self._site = build, site
            latest = latest_build(settings)
            latest.unlink(missing_ok=True)
            latest.symlink_to(build.folder.name)
            yield self
        # The folder of a build that succeeded is gone; that of a failed one stays, and stays linked.
        latest.unlink(missing_ok=True)

    def _lock(self, settings: Settings, on_wait: Callable[[str], None]) -> AbstractContextManager[None]:
        return build_lock(settings, self.holder, wait_seconds=self.wait_seconds, on_wait=on_wait)

    @property
    def build(self) -> Build:
        """The private folder of this run."""
        if self._build is None:
            raise RuntimeError("the build room is only open during a run")
        return self._build

    @property
    def site(self) -> SiteAhead:
        """The process that renders the site of this run."""
        if self._site is None:
            raise RuntimeError("the build room is only open during a run")
        return self._site

    @property
    def exchange_rates(self) -> Path:
        """Where dbt finds the exchange rates of this run."""
        return self.build.folder / EXCHANGE_RATES

    @property
    def gate(self) -> GateReport | None:
        """What the gate saw in this run; None where it has not run."""
        return self._gate

    @property
    def documents(self) -> RereadReport | None:
        """What re-reading the documents showed in this run; None where that was not a part of it."""
        return self._documents

    @property
    def audited(self) -> tuple[AuditResult, ...]:
        """What each rule of the audit found in this run; empty where it has not run."""
        return self._audited

    def remember(self, seen: GateReport | RereadReport | tuple[AuditResult, ...]) -> None:
        """Keep what the gate, the re-reading or the audit saw, for what comes after and for the release."""
        if isinstance(seen, GateReport):
            self._gate = seen
        elif isinstance(seen, RereadReport):
            self._documents = seen
        else:
            self._audited = seen
