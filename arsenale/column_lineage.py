"""From which columns the columns of a query come, read from its SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

DIALECT = "duckdb"


class Column(NamedTuple):
    """A column of a table, as the SQL names it."""

    schema: str
    table: str
    name: str


def column_lineage(
    sql: str, tables: Mapping[tuple[str, str], Sequence[str]]
) -> dict[str, list[Column]] | None:
    """Return the columns that each column of a query is computed from.

    Args:
        sql: One query, in DuckDB's dialect.
        tables: The columns of the tables that it reads, by schema and name.

    Returns:
        By column, in the query's order; None where the query cannot be followed, which is no error: the
        lineage is shown to people, and nothing is computed from it.
    """
    from sqlglot import exp, parse_one  # noqa: PLC0415 - a third of a second, where it is asked for
    from sqlglot.errors import SqlglotError  # noqa: PLC0415
    from sqlglot.lineage import lineage  # noqa: PLC0415
    from sqlglot.optimizer.qualify import qualify  # noqa: PLC0415
    from sqlglot.optimizer.scope import build_scope  # noqa: PLC0415

    places: dict[str, dict[str, dict[str, str]]] = {}
    for (place, table), columns in tables.items():
        places.setdefault(place, {})[table] = dict.fromkeys(columns, "varchar")
    schema: dict[str, object] = dict(places.items())
    try:
        query = qualify(
            parse_one(sql, dialect=DIALECT),
            schema=schema,
            dialect=DIALECT,
            validate_qualify_columns=False,
            identify=False,
        )
        if not isinstance(query, exp.Query):
            return None
        scope = build_scope(query)
        found: dict[str, list[Column]] = {}
        for name in query.named_selects:
            tree = lineage(name, query, schema=schema, scope=scope, dialect=DIALECT, copy=False)
            sources = (
                Column(node.expression.db, node.expression.name, node.name.rpartition(".")[2].strip('"'))
                for node in tree.walk()
                if not node.downstream and isinstance(node.expression, exp.Table)
            )
            found[name] = sorted(set(sources))
    except (SqlglotError, RecursionError, ValueError, KeyError):
        return None
    return found
