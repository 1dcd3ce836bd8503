"""Whether all is well, asked from outside: reads files, and needs neither Dagster nor anything that runs.

Who watches the watcher: cron, a timer of systemd or a container platform calls `arsenale health`.
"""

from arsenale.health.checks import Finding, health

__all__ = ["Finding", "health"]
