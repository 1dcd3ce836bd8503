"""Dagster's own memory: where it is kept, and with which settings.

| variable | what it names | without it |
| --- | --- | --- |
| `ARSENALE_POSTGRES` | a database: `postgresql://user:password@host/name` | SQLite, in files of the folder |
| `DAGSTER_HOME` | a folder with a `dagster.yaml` of its keeper's | `dagster/` in the warehouse |
"""

from __future__ import annotations

import os
from pathlib import Path

from arsenale.settings import Settings

HOME_NAME = "dagster"
SETTINGS_NAME = "dagster.yaml"
POSTGRES_VARIABLE = "ARSENALE_POSTGRES"

SQLITE = """
# The default, with connections that are kept.
event_log_storage:
  module: orchestration.event_log
  class: KeptConnectionsEventLog
"""
POSTGRES = f"""
# The address holds a password: it stays in the environment.
storage:
  postgres:
    postgres_url:
      env: {POSTGRES_VARIABLE}
"""


def dagster_home() -> Path:
    """Return the folder of Dagster's history, made with the shipped settings where there is none.

    `DAGSTER_HOME` names another; then its settings are its keeper's.
    """
    named = os.environ.get("DAGSTER_HOME")
    if named:
        return Path(named)
    home = Settings.from_environment().warehouse / HOME_NAME
    home.mkdir(parents=True, exist_ok=True)
    shipped = Path(__file__).with_name(SETTINGS_NAME).read_text(encoding="utf-8")
    _write(home / SETTINGS_NAME, shipped + (POSTGRES if os.environ.get(POSTGRES_VARIABLE) else SQLITE))
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def _write(file: Path, text: str) -> None:
    """Write a file that other processes may be reading, unless it says so already."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    temporary = file.with_suffix(f".{os.getpid()}")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)
