"""The warehouse as it stood on a day: reference data published by then and no later.

A warehouse of its own beside the releases, with one release, audited, made and sealed like any other.
Readers of `warehouse/current` see nothing of it.
"""

from __future__ import annotations

import datetime
import json

from arsenale.contracts import changed_since, check_seeds
from arsenale.contracts.audit import audit
from arsenale.contracts.problems import error_of
from arsenale.errors import ArsenaleError
from arsenale.releases.builds import private_build
from arsenale.releases.history import prune
from arsenale.releases.lock import build_lock
from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.releases.store import Release, as_of_settings
from arsenale.settings import Settings
from orchestration.dbt_process import run_dbt
from orchestration.gate import CONTRACTS
from orchestration.provenance import git_commit, passed_checks, passed_rules


def build_as_of(settings: Settings, day: datetime.date, *, wait_seconds: float = 0) -> Release:
    """Build the warehouse as of a day, with dbt's tests, and publish it where `arsenale query --as-of` looks.

    Raises:
        ArsenaleError: The day is still to come, the seeds do not pass the gate, another build runs, or dbt or
            the audit stops.
    """
    today = datetime.datetime.now(datetime.UTC).date()
    if day > today:
        raise ArsenaleError(
            f"{day} is still to come: nobody knows what will be published by then",
            remedy=f"name a day up to {today}, UTC",
        )
    gate = check_seeds(settings.seeds, figures=settings.figures)
    gate.raise_problems()
    lock = build_lock(settings, f"arsenale build --as-of {day}", wait_seconds=wait_seconds)
    with lock, private_build(settings) as build:
        chosen = ["--exclude-resource-type", "unit_test", "--vars", json.dumps({"as_of": f"{day}"})]
        run_dbt(settings, build.logs, "build", *chosen, database=build.database)
        if edited := changed_since(gate, settings.seeds):
            raise error_of("gate", edited)
        provenance = Provenance(
            git_commit=git_commit(settings.home),
            as_of=day,
            checks=(
                *passed_checks(build.logs / "run_results.json"),
                CONTRACTS.name,
                *passed_rules(audit(build.database, gate.rows_to_load)),
            ),
            lock_file=settings.home / "requirements.lock",
        )
        beside = as_of_settings(settings, day)
        beside.warehouse.mkdir(parents=True, exist_ok=True)
        release = publish(build.database, beside, provenance).release
        # It can be built again at any time, and nobody cites one that was replaced.
        prune(beside, newest=1)
    return release
