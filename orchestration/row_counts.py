"""How many rows dbt has built, told of each table once dbt has closed the database.

dbt itself does not count, and asking it to after each model would make it slower. So the counts come after
the models, as observations of the same assets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

ROW_COUNT = "dagster/row_count"

TABLES = "select schema_name, table_name from duckdb_tables() where not internal order by all"


def row_counts(
    database: Path, nodes: Mapping[str, Mapping[str, Any]], keys: Mapping[str, dg.AssetKey]
) -> Iterator[dg.AssetObservation]:
    """Yield the row count of every table of the database that is a node of the project."""
    assets = {(node["schema"], node.get("alias")): keys[one] for one, node in nodes.items() if one in keys}
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = [one for one in connection.execute(TABLES).fetchall() if one in assets]
        # One statement: a table is counted from its header in no time, and each statement costs a round.
        counts = " union all ".join(
            f'select {number}, count(*) from "{schema}"."{name}"'  # noqa: S608 - names out of the catalogue
            for number, (schema, name) in enumerate(tables)
        )
        for number, rows in connection.execute(counts).fetchall() if tables else ():
            yield dg.AssetObservation(assets[tables[number]], metadata={ROW_COUNT: rows})
