"""Whether a process is still there."""

from __future__ import annotations

import os
from pathlib import Path

STARTED_AFTER_SECONDS = 5.0
"""The clock of processes counts from the machine's start, and that moment is known to the second."""


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
