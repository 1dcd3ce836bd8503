"""How runs are launched: as Dagster does by default, but that a dead worker is noticed.

Dagster's own launcher cannot say whether a worker lives. The process that started it can, as long as that one
lives itself; after a power cut, or when both are killed, a run would count as running until its time is up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg

from arsenale.processes import is_alive
from orchestration.dagster_internals import CheckRunHealthResult, ConfigurableClassData, WorkerStatus

PID = "pid"


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
