"""The warehouse as it stood on a day: reference data published by then and no later.

Built beside the releases and never published: readers of `warehouse/current` see nothing of it.
"""

from __future__ import annotations

import datetime
import json

from arsenale.contracts import check_seeds
from arsenale.releases.builds import private_build
from arsenale.releases.engine import require_closed
from arsenale.releases.lock import build_lock
from arsenale.releases.store import Release, as_of_release
from arsenale.settings import Settings
from orchestration.dbt_process import run_dbt


def build_as_of(settings: Settings, day: datetime.date, *, wait_seconds: float = 0) -> Release:
    """Build the warehouse as of a day, with dbt's tests, and put it where `arsenale query --as-of` finds it.

    Raises:
        ArsenaleError: The seeds do not pass the gate, another build runs, or dbt stops.
    """
    check_seeds(settings.seeds, figures=settings.figures).raise_problems()
    lock = build_lock(settings, f"arsenale build --as-of {day}", wait_seconds=wait_seconds)
    with lock, private_build(settings) as build:
        chosen = ["--exclude-resource-type", "unit_test", "--vars", json.dumps({"as_of": f"{day}"})]
        run_dbt(settings, build.logs, "build", *chosen, database=build.database)
        # A file moved away from its log would lose the last writes in silence.
        require_closed(build.database)
        release = as_of_release(settings, day)
        release.folder.mkdir(parents=True, exist_ok=True)
        build.database.replace(release.database)
    return release
