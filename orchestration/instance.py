"""Dagster's own memory: where it is kept, and with which settings."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from arsenale.settings import Settings

HOME_NAME = "dagster"
SETTINGS_NAME = "dagster.yaml"


def dagster_home() -> Path:
    """Return the folder of Dagster's history, made with the shipped settings where there is none.

    `DAGSTER_HOME` names another; then its settings are its keeper's.
    """
    named = os.environ.get("DAGSTER_HOME")
    if named:
        return Path(named)
    home = Settings.from_environment().warehouse / HOME_NAME
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(__file__).with_name(SETTINGS_NAME), home / SETTINGS_NAME)
    os.environ["DAGSTER_HOME"] = str(home)
    return home
