"""Dagster's own memory: where it is kept, and with which settings.

| variable | what it names | without it |
| --- | --- | --- |
| `ARSENALE_POSTGRES` | a database: `postgresql://user:password@host/name` | SQLite, in files of the folder |
| `DAGSTER_HOME` | a folder with a `dagster.yaml` of its keeper's | `dagster/` in the warehouse |
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from arsenale.files import replaced
from arsenale.settings import Settings

HOME_NAME = "dagster"
SETTINGS_NAME = "dagster.yaml"
LOCK_NAME = "prepare.lock"
POSTGRES_VARIABLE = "ARSENALE_POSTGRES"
DRIVER = "psycopg2"

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
    if address := os.environ.get(POSTGRES_VARIABLE):
        # Without a driver's name SQLAlchemy takes one that dagster-postgres does not bring.
        os.environ[POSTGRES_VARIABLE] = address.replace("postgresql://", f"postgresql+{DRIVER}://", 1)
    if named:
        return Path(named)
    home = Settings.from_environment().warehouse / HOME_NAME
    home.mkdir(parents=True, exist_ok=True)
    shipped = Path(__file__).with_name(SETTINGS_NAME).read_text(encoding="utf-8")
    _write(home / SETTINGS_NAME, shipped + (POSTGRES if os.environ.get(POSTGRES_VARIABLE) else SQLITE))
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def prepare_storage() -> None:
    """Make the tables of Dagster's history, where there are none.

    Processes that start together would each make them, and all but one would stop at tables that are there.
    """
    with (dagster_home() / LOCK_NAME).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        from dagster import DagsterInstance  # noqa: PLC0415 - seconds, which only a server needs

        with DagsterInstance.get() as instance:
            # Each of the three storages connects when it is asked for the first time.
            instance.get_runs_count()
            instance.all_asset_keys()
            instance.all_instigator_state()


def _write(file: Path, text: str) -> None:
    """Write a file that other processes may be reading, unless it says so already."""
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return
    with replaced(file) as draft:
        draft.write_text(text, encoding="utf-8")
