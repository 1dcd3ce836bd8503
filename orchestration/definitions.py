"""All definitions of the code location, assembled. Nothing else is wiring."""

import dagster as dg

from orchestration.alerts import alerts
from orchestration.audit import build_audit
from orchestration.build_room import BuildRoom
from orchestration.dbt import Dbt, dbt_of_the_run
from orchestration.freshness import freshness, is_fresh
from orchestration.gate import captured_seeds, documents
from orchestration.jobs import build_job, daily_build
from orchestration.models import build_dbt_assets
from orchestration.reference import exchange_rates
from orchestration.release import build_release
from orchestration.retention import retention
from orchestration.retries import died_builds
from orchestration.sensors import edited_inputs, exchange_rates_age


def build_defs(room: BuildRoom | None = None, dbt: Dbt | None = None) -> dg.Definitions:
    """Return the definitions, with a build room and a dbt of the caller's where it has them."""
    models = build_dbt_assets()
    return dg.Definitions(
        assets=[documents, captured_seeds, exchange_rates, models, build_release(models)],
        asset_checks=[build_audit(models), is_fresh],
        jobs=[build_job],
        schedules=[daily_build],
        sensors=[edited_inputs, died_builds, alerts, freshness, exchange_rates_age, retention],
        resources={
            "room": room or BuildRoom(),
            "dbt": dbt or dbt_of_the_run,
        },
        # The lock and the private folder live in the run's own process.
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return what Dagster loads, when it loads it."""
    return build_defs()
