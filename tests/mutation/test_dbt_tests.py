"""Every data test of dbt, and a row that it catches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from .conftest import Built, mutated

pytestmark = pytest.mark.failure(2)

FEW = 4
"""So many tests at most may catch one mutation: the rest would not notice if the test were lost."""

Arguments = dict[str, Any]
Mutation = Callable[[str, Arguments], list[str]]


def _first(table: str, where: str = "true") -> str:
    return f"where rowid = (select min(rowid) from {table} where {where})"


def _set(table: str, assignment: str, where: str = "true") -> list[str]:
    return [f"update {table} set {assignment} {_first(table, where)}"]


def _no_such_value(table: str, of: Arguments) -> list[str]:
    return _set(table, f"{of['column_name']} = 'no-such-value'")


def _crossed(table: str, of: Arguments) -> list[str]:
    return _set(
        table, f"{of['low']} = {of['high']} + 1", f"{of['low']} is not null and {of['high']} is not null"
    )


def _doubled(table: str, of: Arguments) -> list[str]:
    return [f"insert into {table} from {table} {_first(table, of['column_name'] + ' is not null')}"]


def _without_passages(table: str, of: Arguments) -> list[str]:
    copied = f"select * replace ('no-such-value' as {of['column_name']}) from {table} {_first(table)}"
    return [f"insert into {table} by name {copied}"]


def _unlisted_definition(_table: str, _of: Arguments) -> list[str]:
    spending = "main.fct_spending"
    return _set(spending, "definition = 'no_such_definition'", "is_preferred and amount is not null")


MUTATIONS: dict[str, Mutation] = {
    "not_null": lambda table, of: _set(table, f"{of['column_name']} = null"),
    "is_null": lambda table, of: _set(table, f"{of['column_name']} = 'x'"),
    "unique": _doubled,
    "relationships": _no_such_value,
    "accepted_values": _no_such_value,
    "stands_on_a_passage": _without_passages,
    "is_interval": _crossed,
    "parts_add_up": lambda table, of: _set(table, f"{of['total']} = {of['total']} + 1"),
    "is_accounted_for": lambda table, _: _set(table, "outcome = 'unaccounted'"),
    "spans_do_not_overlap": lambda table, _: [
        f"insert into {table} by name select * "
        f"replace (char_start + 1 as char_start, figure_id || '1' as figure_id) from {table} {_first(table)}"
    ],
    "has_a_column_per_definition": _unlisted_definition,
    "is_converted_with_its_rate": lambda table, of: _set(
        table, "rate_date = null", f"{of['eur']} is not null and {of['currency']} <> 'EUR'"
    ),
}
"""By the kind of the test; its arguments say where."""

ALONE: dict[str, Mutation] = {}
"""Tests that are of no kind, by their name."""


def _mutation(node: dict[str, Any]) -> tuple[Mutation | None, Arguments]:
    of = node.get("test_metadata")
    return (MUTATIONS.get(of["name"]), of["kwargs"]) if of else (ALONE.get(node["name"]), {})


def _table(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> str:
    attached = node["attached_node"]
    return str(nodes[attached]["relation_name"]) if attached else ""


def _failures(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    rows = connection.execute(f"select count(*) from ({sql})").fetchall()
    return int(rows[0][0])


def test_every_data_test_ran_and_has_a_mutation(built: Built) -> None:
    tests = {name for name, node in built.nodes.items() if node["resource_type"] == "test"}
    assert tests == set(built.compiled)
    assert [name for name in sorted(tests) if _mutation(built.nodes[name])[0] is None] == []


def test_no_mutation_is_left_over(built: Built) -> None:
    kinds = {node["test_metadata"]["name"] for node in built.nodes.values() if node.get("test_metadata")}
    assert set(MUTATIONS) <= kinds
    assert set(ALONE) <= {node["name"] for node in built.nodes.values()}


def test_every_data_test_passes_as_built(built: Built, scratch: duckdb.DuckDBPyConnection) -> None:
    assert [name for name, sql in built.compiled.items() if _failures(scratch, sql)] == []


def test_every_data_test_catches_its_mutation_and_few_others_do(
    built: Built, scratch: duckdb.DuckDBPyConnection, record_property: Callable[[str, object], None]
) -> None:
    record_property("trials", len(built.compiled))
    missed, crowded = [], {}
    for name in built.compiled:
        mutation, arguments = _mutation(built.nodes[name])
        assert mutation is not None, name
        with mutated(scratch, *mutation(_table(built.nodes[name], built.nodes), arguments)):
            caught = [other for other, sql in built.compiled.items() if _failures(scratch, sql)]
        if name not in caught:
            missed.append(name)
        if len(caught) > FEW:
            crowded[name] = caught
    assert missed == []
    assert crowded == {}


def test_a_test_of_a_new_kind_would_fail_here() -> None:
    assert _mutation({"test_metadata": {"name": "is_new", "kwargs": {}}, "name": "n"})[0] is None
    assert _mutation({"name": "a_singular_test"})[0] is None


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_mutation_is_sql(kind: str) -> None:
    of = dict.fromkeys(("column_name", "low", "high", "total", "eur", "currency"), "c")
    assert all(MUTATIONS[kind]("t", of))
