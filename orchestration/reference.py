"""The reference data that no document prints: written for dbt, which reads it as a source."""

import dagster as dg

from arsenale.reference.exchange_rates import write_exchange_rates
from orchestration.build_room import BuildRoom
from orchestration.owners import OWNERS


@dg.asset(
    key=["ecb", "exchange_rates"],
    group_name="reference",
    owners=OWNERS,
    kinds={"parquet"},
    description="Reference rates of the European Central Bank since 1999, out of an installed package.",
)
def exchange_rates(room: BuildRoom) -> dg.MaterializeResult[None]:
    """Write the rates into the run's private folder."""
    quotes = write_exchange_rates(room.exchange_rates)
    return dg.MaterializeResult(metadata={"dagster/row_count": quotes})
