"""What a run holds while it lasts: the build lock with its private folder, and dbt.

Resources only; what is done with them stands in the assets.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource
from packaging.version import Version
from pydantic import PrivateAttr

from arsenale.contracts import GateReport, refuse_disabled_validation
from arsenale.releases.builds import Build, private_build
from arsenale.releases.lock import build_lock
from arsenale.settings import Settings
from orchestration.project import EXCHANGE_RATES, build_variables, latest_build


class BuildRoom(dg.ConfigurableResource["BuildRoom"]):
    """One build at a time, in a private folder that nobody reads.

    The lock and the folder live exactly as long as the run: the executor is in process, and the kernel frees
    the lock of a process that dies.

    Attributes:
        holder: What another build is told about this one.
        wait_seconds: How long to wait for another build to end.
        dry_run: Whether to show what a release would change instead of making it.
    """

    holder: str = "Dagster"
    wait_seconds: float = 0.0
    dry_run: bool = False
    _build: Build | None = PrivateAttr(default=None)
    _gate: GateReport | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[BuildRoom]:
        """Hold the lock and a fresh folder for the length of the run."""
        refuse_disabled_validation()
        settings = Settings.from_environment()
        with (
            build_lock(settings, self.holder, wait_seconds=self.wait_seconds),
            private_build(settings) as build,
        ):
            self._build = build
            latest = latest_build(settings)
            latest.unlink(missing_ok=True)
            latest.symlink_to(build.folder.name)
            variables = build_variables(settings)
            os.environ.update(variables)
            try:
                yield self
            finally:
                for name in variables:
                    del os.environ[name]
        # The folder of a build that succeeded is gone; that of a failed one stays, and stays linked.
        latest.unlink(missing_ok=True)

    @property
    def build(self) -> Build:
        """The private folder of this run."""
        if self._build is None:
            raise RuntimeError("the build room is only open during a run")
        return self._build

    @property
    def exchange_rates(self) -> Path:
        """Where dbt finds the exchange rates of this run."""
        return self.build.folder / EXCHANGE_RATES

    @property
    def gate(self) -> GateReport | None:
        """What the gate saw in this run; None where it has not run."""
        return self._gate

    def remember(self, gate: GateReport) -> None:
        """Keep what the gate saw for the audit and the release."""
        self._gate = gate


class Dbt(DbtCliResource):
    """The integration's dbt, without its second and third look at an installation that is pinned.

    It would run `dbt --version` and build an adapter of its own before each start, which costs more than the
    models do, and whose open database would stop the audit.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Any) -> None:  # type: ignore[override]
        return None
