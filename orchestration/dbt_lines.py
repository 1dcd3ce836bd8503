"""What dbt says when it stops, as a person reads it."""

from __future__ import annotations

import re
import subprocess

CLOCK = re.compile(r"^\d\d:\d\d:\d\d\s+")


def lines_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the lines that a dbt printed, without blank ones and the time in front of some."""
    lines = (CLOCK.sub("", line).rstrip() for line in (done.stdout + done.stderr).splitlines())
    return [line for line in lines if line]
