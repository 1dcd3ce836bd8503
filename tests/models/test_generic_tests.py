"""The generic tests of tests/dbt/generic, each tried on good, bad and boundary rows.

They are rendered with Jinja and run by DuckDB here, in milliseconds. As singular dbt tests (PUDL's way) the
same cases would be nodes of every build, for readers who asked for figures and not for proof that the tests
of figures work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import pytest

FOLDER = Path(__file__).parents[1] / "dbt" / "generic"


def failing_rows(
    name: str, rows: str, *, columns: Iterable[str] = (), **arguments: str | list[str] | list[dict[str, str]]
) -> list[tuple[object, ...]]:
    """Run the generic test `name` on rows given as the SQL that returns them; what it selects has failed.

    Args:
        name: Of the test, which is that of its file.
        rows: SQL; the test's `model`, and whatever it refers to.
        columns: What dbt would say that the model's columns are, for a test that asks.
        arguments: The test's own.
    """
    source = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    # dbt's `test` is a macro by another name.
    source = re.sub(r"\{%(-?) (end)?test\b", r"{%\1 \2macro", source)
    adapter = SimpleNamespace(
        get_columns_in_relation=lambda _: [SimpleNamespace(name=column) for column in columns]
    )
    template = jinja2.Environment(autoescape=False).from_string(source)
    macros = template.make_module({"adapter": adapter, "ref": lambda _: f"({rows})"})
    with duckdb.connect() as connection:
        return connection.execute(getattr(macros, name)(model=f"({rows})", **arguments)).fetchall()


def test_every_generic_test_is_tried_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    untried = [
        file.stem
        for file in sorted(FOLDER.glob("*.sql"))
        if f'failing_rows("{file.stem}"' not in re.sub(r"failing_rows\(\s+", "failing_rows(", here)
    ]
    assert untried == []


@pytest.mark.parametrize(
    ("low", "high", "fails"),
    [
        ("1", "2", False),
        ("2", "2", False),
        ("2.000001", "2", True),
        ("null", "2", False),
        ("2", "null", False),
        ("date '2025-12-31'", "date '2025-01-01'", True),
        ("date '2025-01-01'", "date '2025-01-01'", False),
    ],
)
def test_an_interval_does_not_end_before_it_begins(low: str, high: str, *, fails: bool) -> None:
    rows = f"select {low} as first_day, {high} as last_day"
    assert bool(failing_rows("is_interval", rows, low="first_day", high="last_day")) is fails


@pytest.mark.parametrize(("value", "fails"), [("null", False), ("'a refusal'", True), ("''", True)])
def test_a_column_that_must_be_empty_holds_null_and_no_empty_text(value: str, *, fails: bool) -> None:
    rows = f"select cast({value} as varchar) as refusal"
    assert bool(failing_rows("is_null", rows, column_name="refusal")) is fails


@pytest.mark.parametrize(
    ("second", "fails"),
    [
        ("'d', 20, 30", False),  # touching
        ("'d', 19, 30", True),  # one shared character
        ("'d', 12, 15", True),  # one inside the other
        ("'e', 12, 15", False),  # another document
        ("'d', 30, 40", False),
    ],
)
def test_spans_share_no_character(second: str, *, fails: bool) -> None:
    rows = (
        "select 'd' || char_start as figure_id, * from (values ('d', 10, 20), "
        f"({second})) as spans (document_id, char_start, char_end)"
    )
    assert bool(failing_rows("spans_do_not_overlap", rows)) is fails


@pytest.mark.parametrize(
    ("spending", "fails"),
    [
        ("'integrated_budget', 'EUR', 1, true", False),
        ("'integrated_budget', 'USD', 1, true", True),
        ("'milex', 'EUR', 1, true", True),
        ("'milex', 'EUR', null, true", False),
        ("'milex', 'EUR', 1, false", False),
    ],
)
def test_a_preferred_amount_without_a_column_fails(spending: str, *, fails: bool) -> None:
    rows = f"select * from (values ({spending})) as spending (definition, currency, amount, is_preferred)"
    columns = ("fiscal_year", "integrated_budget_eur", "sipri_usd")
    assert bool(failing_rows("has_a_column_per_definition", rows, columns=columns)) is fails


@pytest.mark.parametrize(
    ("figures", "events", "fails"),
    [
        ("'jv', 'd@1'", "'jv', 'd@9'", False),
        ("'jv', 'd@1'", "'other', 'd@9'", False),
        ("'other', 'd@1'", "'jv', 'd@9'", False),
        ("'other', 'd@1'", "'other', 'd@9'", True),
        ("'jv', null", "'jv', null", True),  # a reference figure is in the bridge without a passage
    ],
)
def test_a_fact_that_no_bridge_leads_to_a_passage_fails(figures: str, events: str, *, fails: bool) -> None:
    bridges = [
        {"table": f"(select * from (values ({row})) as bridge (deal_id, {passage}))", "passage": passage}
        for row, passage in ((figures, "figure_id"), (events, "event_id"))
    ]
    failing = failing_rows(
        "stands_on_a_passage", "select 'jv' as deal_id", column_name="deal_id", bridges=bridges
    )
    assert bool(failing) is fails


@pytest.mark.parametrize(
    ("outcome", "fails"), [("captured", False), ("dismissed", False), ("unaccounted", True)]
)
def test_a_mention_that_nothing_accounts_for_fails(outcome: str, *, fails: bool) -> None:
    rows = (
        f"select 'd@1' as mention_id, 1 as char_start, 2 as char_end, 'money' as kind, '{outcome}' as outcome"
    )
    assert bool(failing_rows("is_accounted_for", rows)) is fails


@pytest.mark.parametrize(
    ("total", "parts", "fails"),
    [(3, (1, 2), False), (3, (1, 1), True), (2, (1, 2), True), (0, (0, 0), False)],
)
def test_parts_that_do_not_add_up_to_the_total_fail(
    total: int, parts: tuple[int, int], *, fails: bool
) -> None:
    rows = f"select {total} as mentions, {parts[0]} as captured, {parts[1]} as dismissed"
    failed = failing_rows("parts_add_up", rows, total="mentions", parts=["captured", "dismissed"])
    assert bool(failed) is fails


@pytest.mark.parametrize(
    ("row", "fails"),
    [
        # amount, currency, in euro, in dollars, units per euro, dollars per euro, date, grain, source, reason
        ("100, 'USD', 92, 100, 1.08, 1.08, date '2024-12-31', 'year', 'ECB', null", False),
        ("100, 'EUR', 100, 108, 1, 1.08, date '2024-12-31', 'year', 'ECB', null", False),
        ("100, 'USD', 92, 100, 1.08, 1.08, null, 'year', 'ECB', null", True),
        ("100, 'USD', 92, 100, null, 1.08, date '2024-12-31', 'year', 'ECB', null", True),
        ("100, 'EUR', 100, 108, 1, 1.08, date '2024-12-31', null, 'ECB', null", True),
        ("100, 'EUR', 100, 108, 1, 1.08, date '2024-12-31', 'year', null, null", True),
        ("100, 'USD', null, 100, null, null, null, null, null, 'before 1999'", False),
        ("100, 'USD', null, 100, null, null, null, null, null, null", True),
        ("null, null, null, null, null, null, null, null, null, null", False),
    ],
)
def test_no_amount_is_converted_without_its_rate_nor_left_without_a_reason(row: str, *, fails: bool) -> None:
    names = "amount, currency, eur, usd, units_per_eur, usd_per_eur, "
    names += "rate_date, rate_grain, rate_source, conversion_gap"
    rows = f"select * from (values ({row})) as given ({names})"
    failing = failing_rows(
        "is_converted_with_its_rate", rows, amount="amount", currency="currency", eur="eur", usd="usd"
    )
    assert bool(failing) is fails
