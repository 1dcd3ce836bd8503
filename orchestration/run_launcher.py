"""How runs are launched: as Dagster does by default, but that a dead worker is noticed.

Dagster's own launcher cannot say whether a worker lives. The process that started it can, as long as that one
lives itself; after a power cut, or when both are killed, a run would count as running until its time is up.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.dagster_internals import CheckRunHealthResult, ConfigurableClassData, WorkerStatus

PID = "pid"
STARTED_AFTER_SECONDS = 5.0
"""The clock of processes counts from the machine's start, and that moment is known to the second."""


class WatchedRunLauncher(dg.DefaultRunLauncher):
    """The default launcher, and whether the process of a run is there."""

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> WatchedRunLauncher:
        """Return the launcher of an instance; nothing is to be set."""
        return cls(inst_data=inst_data)

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Dagster's monitor may ask."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Look for the process that said it runs this. Runs of the command line are found the same way."""
        events = self._instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
        for entry in reversed(events):
            said = entry.get_dagster_event().engine_event_data.metadata.get(PID)
            if said is not None:
                pid = int(str(said.value))
                if is_alive(pid, entry.timestamp):
                    return CheckRunHealthResult(WorkerStatus.RUNNING)
                return CheckRunHealthResult(WorkerStatus.FAILED, f"process {pid} is not there any more")
        # It has not said anything yet.
        return CheckRunHealthResult(WorkerStatus.RUNNING)


def is_alive(pid: int, since: float) -> bool:
    """Return whether a process that said something at a time is still that process.

    Args:
        pid: Its id, which the kernel gives to another once it is gone.
        since: When it said so, seconds since 1970.
    """
    try:
        # The name in brackets may hold spaces and brackets itself.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    state, started_ticks = fields[0], int(fields[19])
    started = _machine_started() + started_ticks / os.sysconf("SC_CLK_TCK")
    return state not in {"Z", "X"} and started <= since + STARTED_AFTER_SECONDS


def _machine_started() -> float:
    lines = Path("/proc/stat").read_text(encoding="ascii").splitlines()
    return float(next(line for line in lines if line.startswith("btime ")).split()[1])
