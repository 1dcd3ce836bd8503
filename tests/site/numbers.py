"""Reading back what a page shows, to compare it with what the tables say."""

from __future__ import annotations

import re
from decimal import Decimal

import duckdb

SCALES = {
    "trillion": 12,
    "billion": 9,
    "million": 6,
    "miliardi": 9,
    "milioni": 6,
}
COLUMN_SCALES = (0, 6, 9)
"""Powers of ten that the head of a column may state instead of the cell."""


def shown_numbers(text: str, code: str) -> list[tuple[Decimal, Decimal, bool]]:
    """Return each number of a text, half a unit of its last digit, and whether its scale is printed."""
    found = []
    group, point = (",", ".") if code == "en" else (".", ",")
    plain = text.replace("\u2212", "-").replace("\xa0", " ")
    for match in re.finditer(rf"(-?)(\d[\d{re.escape(group + point)}]*)\s*([a-z ]*)", plain):
        digits = match[2].rstrip(",.").replace(group, "").replace(point, ".")
        value = Decimal(match[1] + digits)
        step = Decimal(1).scaleb(-len(digits.partition(".")[2])) / 2
        word = next((name for name in SCALES if match[3].strip().startswith(name)), "")
        scale = Decimal(10) ** SCALES.get(word, 0)
        found.append((value * scale, step * scale, bool(word)))
    return found


def values_in_sql(connection: duckdb.DuckDBPyConnection, source: str, identity: str) -> list[Decimal]:
    """Return what a table has in a column in the rows that stand on a figure or event."""
    table, column = source.split(".")
    names = [
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() where table_name = ? and schema_name = 'main'", [table]
        ).fetchall()
    ]
    own = [name for name in names if "figure_id" in name or "event_id" in name]
    bridge = {
        "fct_deal": ("bridge_deal_figure", "deal_id"),
        "fct_deployment": ("bridge_deployment_figure", "deployment_id"),
    }
    if own:
        where = f"? in ({', '.join(own)})"
    else:
        between, key = bridge[table]
        where = f"{key} in (select {key} from {between} where figure_id = ?)"
    columns = [column, *([] if column != "personnel_high" else ["personnel_low"])]
    if table == "fct_figure" and column == "value":
        columns += ["value_low", "value_high"]
    if column in ("target_low",):
        columns += ["target_high"]
    rows = connection.execute(
        f"select {', '.join(columns)} from {table} where {where}", [identity]
    ).fetchall()
    return [Decimal(value) for row in rows for value in row if isinstance(value, int | Decimal)]


def agrees(text: str, code: str, values: list[Decimal]) -> bool:
    """Return whether a number that a page shows is one of those in the tables, to its last digit shown."""
    for shown, step, is_scaled in shown_numbers(text, code):
        for value in values:
            for power in (0,) if is_scaled else COLUMN_SCALES:
                if abs(abs(value) / Decimal(10) ** power - abs(shown)) <= step:
                    return True
    return False
