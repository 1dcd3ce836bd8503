"""Every rule of the audit, and a change of the built file that it catches."""

from __future__ import annotations

import duckdb
import pandera.polars as pa
import polars as pl
import pytest
from pandera.errors import SchemaErrors

from arsenale.contracts import audit
from arsenale.contracts.audit import RULES

from .conftest import mutated

pytestmark = pytest.mark.failure(2)

FEW = 2

FIRST = "where rowid = (select min(rowid) from {0} where {1})"
FIGURE = FIRST.format("main.fct_figure", "value is not null")
EVENT = FIRST.format("main.fct_event", "true")
DESCRIBED = "comment on column main.dim_document.{0} is 'described'"

MUTATIONS: dict[str, list[tuple[str, ...]]] = {
    "two_readings_agree": [
        (
            "update main.fct_figure set value = value * 10, value_low = value_low * 10, "
            "value_high = value_high * 10, rounding_low = rounding_low * 10, "
            f"rounding_high = rounding_high * 10 {FIGURE}",
        )
    ],
    "every_captured_row_loaded": [("delete from raw.dismissed where rowid = 0",), ("drop table raw.words",)],
    "seeds_stay_text": [("alter table raw.documents alter characters type bigint",)],
    "figures_are_whole": [(f"update main.fct_figure set char_start = char_start - 1 {FIGURE}",)],
    "events_are_whole": [(f"update main.fct_event set as_reported = as_reported || '.' {EVENT}",)],
    "values_are_plausible": [
        (f"update main.fct_figure set period_start = date '1700-01-01' {FIGURE}",),
        (f"update main.fct_figure set period_end = date '2200-01-01' {FIGURE}",),
        (f"update main.fct_figure set rounding_high = value - 1, rounding_low = value - 1 {FIGURE}",),
        (f"update main.fct_figure set rounding_high = 1e15 {FIGURE}",),
        # Caught by this rule alone where the unit is no money: the second reading compares its bounds.
        (
            "update main.fct_figure set value = value * 10, rounding_high = rounding_high * 10 "
            + FIRST.format("main.fct_figure", "unit = 'person' and value is not null"),
        ),
        (f"update main.fct_figure set unit = 'percent_of_gdp', rounding_high = 101 {FIGURE}",),
        (f"update main.fct_figure set unit = 'rank', rounding_low = 0.5 {FIGURE}",),
    ],
    "everything_is_described": [
        ("comment on table main.dim_document is ''",),
        ("comment on column main.dim_document.title is null",),
        ("comment on table main.dim_document is ' one row per document'",),
        ("comment on column main.dim_document.title is 'its title\n'",),
    ],
    "only_plain_tables": [
        ("alter table main.dim_document add column x double", DESCRIBED.format("x")),
        ("alter table main.dim_document add column x varchar[]", DESCRIBED.format("x")),
        ("alter table main.dim_document add column x timestamptz", DESCRIBED.format("x")),
        ("create view main.dim_view as select 1 as x",),
    ],
    "one_release_row": [
        ("delete from main.dim_release",),
        ("insert into main.dim_release from main.dim_release",),
    ],
}
"""By the rule's name: one or more changes, each of one or more statements."""

SPANS = {
    "figure_id str_matches('^[a-z0-9-]+@[0-9]+$')": {"figure_id": "Doc@1"},
    "char_start greater_than_or_equal_to(0)": {"char_start": -1},
    "as_reported str_length(1, None)": {"as_reported": ""},
    "figure_id spells its place": {"figure_id": "doc@2"},
    "as long as its span": {"as_reported": "12"},
}
"""By the check of the Pandera schema over figures and events: cells that it refuses."""


def _rows(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = connection.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
    return {
        name: connection.execute(f'select count(*) from raw."{name}"').fetchall()[0][0] for (name,) in names
    }


@pytest.fixture(scope="module")
def rows_gated(scratch: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return _rows(scratch)


def _broken(connection: duckdb.DuckDBPyConnection, rows_gated: dict[str, int]) -> list[str]:
    return [rule.name for rule in RULES if rule.broken_by(connection, rows_gated)]


def test_every_rule_has_a_mutation_and_no_mutation_is_left_over() -> None:
    assert {rule.name for rule in RULES} == set(MUTATIONS)


def test_every_rule_holds_as_built(scratch: duckdb.DuckDBPyConnection, rows_gated: dict[str, int]) -> None:
    assert _broken(scratch, rows_gated) == []


@pytest.mark.parametrize(
    ("rule", "statements"), [(rule, change) for rule, changes in MUTATIONS.items() for change in changes]
)
def test_every_rule_catches_its_mutation_and_few_others_do(
    scratch: duckdb.DuckDBPyConnection, rows_gated: dict[str, int], rule: str, statements: tuple[str, ...]
) -> None:
    with mutated(scratch, *statements):
        broken = _broken(scratch, rows_gated)
    assert rule in broken
    assert len(broken) <= FEW


def _checks(schema: pa.DataFrameSchema) -> dict[str, pa.Check]:
    of_columns = {
        f"{name} {check.error}": check for name, column in schema.columns.items() for check in column.checks
    }
    return of_columns | {str(check.name): check for check in schema.checks}


def test_every_check_of_the_schema_of_spans_refuses_its_mutation_alone() -> None:
    schema = audit._schema_of_spans("figure_id")
    assert set(_checks(schema)) == set(SPANS)
    good = {"figure_id": "doc@1", "document_id": "doc", "char_start": 1, "char_end": 4, "as_reported": "123"}
    schema.validate(pl.DataFrame([good]), lazy=True)
    for check, cells in SPANS.items():
        with pytest.raises(SchemaErrors) as caught:
            schema.validate(pl.DataFrame([good | cells]), lazy=True)
        cases = caught.value.failure_cases.iter_rows(named=True)
        assert any(str(case["check"]) in check for case in cases), check
