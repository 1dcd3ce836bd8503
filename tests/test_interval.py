"""The interval macros, in the SQL as it runs: the true result lies in the interval."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import polars as pl
import pytest

MACROS = Path(__file__).parent.parent / "macros"
ROUNDS = 10_000
MILLIONTH = Decimal("0.000001")

OPERATIONS = {
    "interval_add": lambda a, b: a + b,
    "interval_subtract": lambda a, b: a - b,
    "interval_multiply": lambda a, b: a * b,
    "interval_divide": lambda a, b: a / b,
    "interval_growth": lambda a, b: 100 * (b / a - 1),
    "interval_share": lambda a, b: 100 * a / b,
}
NEEDS_POSITIVE = {"interval_growth": 0, "interval_share": 1}
"""Position of the operand that must be above zero."""


def compiled(operation: str) -> str:
    """Return the SQL of an operation as DuckDB gets it: what dbt would dispatch is looked up by name."""
    text = "".join((MACROS / name).read_text() for name in ("engine.sql", "types.sql", "interval.sql"))
    environment = jinja2.Environment()
    macros: dict[str, Any] = {}
    environment.globals["adapter"] = SimpleNamespace(dispatch=lambda name: macros[f"default__{name}"])
    module = environment.from_string(text).module
    macros.update(vars(module))
    return str(macros[operation]("a", "b", "c"))


def an_interval(source: random.Random, *, positive: bool) -> tuple[Decimal, Decimal, Decimal]:
    """An interval of any magnitude from millionths to ten trillion, and a number inside it, often an end."""
    scale = Decimal(10) ** source.randint(-6, 13)
    ends = sorted(
        (Decimal(source.randint(-(10**6), 10**6)) / 10**6 * scale).quantize(MILLIONTH) for _ in "ab"
    )
    if source.random() < 0.2:
        ends[1] = ends[0]
    if positive:
        ends = sorted(max(abs(end), MILLIONTH) for end in ends)
    low, high = ends
    inside = low + (high - low) * Decimal(source.randint(0, 1000)) / 1000
    return low, high, source.choice((low, high, inside))


def test_an_end_of_the_result_is_open_where_no_end_of_the_operands_bounds_it() -> None:
    """Ends of a and b, None being open, and what each operation makes of them, rounded to whole numbers."""
    more_than_30, up_to_25, ten = (30, None), (None, 25), (10, 10)
    cases = [
        ("interval_add", more_than_30, ten, (40, None)),
        ("interval_add", more_than_30, up_to_25, (None, None)),
        ("interval_subtract", more_than_30, (12, None), (None, None)),
        ("interval_subtract", more_than_30, up_to_25, (5, None)),
        ("interval_subtract", ten, more_than_30, (None, -20)),
        ("interval_multiply", more_than_30, ten, (300, None)),
        ("interval_multiply", more_than_30, (-10, -10), (None, -300)),
        ("interval_multiply", more_than_30, (0, 1), (0, None)),
        ("interval_multiply", more_than_30, (0, 0), (0, 0)),
        ("interval_multiply", up_to_25, more_than_30, (None, None)),
        ("interval_divide", more_than_30, ten, (3, None)),
        ("interval_divide", ten, (5, None), (0, 2)),
        ("interval_divide", (-10, 10), (5, None), (-2, 2)),
        ("interval_divide", more_than_30, (5, None), (0, None)),
        ("interval_divide", ten, (None, -5), (-2, 0)),
        ("interval_divide", ten, up_to_25, (None, None)),
        ("interval_growth", ten, more_than_30, (200, None)),
        ("interval_growth", (10, None), (20, 20), (-100, 100)),
        ("interval_share", up_to_25, (100, 100), (None, 25)),
        ("interval_share", (20, 20), (100, None), (0, 20)),
        ("interval_share", (None, None), (100, 100), (None, None)),
    ]
    with duckdb.connect() as connection:
        for operation, a, b, expected in cases:
            ends = ", ".join(
                f"cast({'null' if end is None else end} as decimal(28, 6)) as {name}"
                for name, end in zip(("a_low", "a_high", "b_low", "b_high"), (*a, *b), strict=True)
            )
            low, high = connection.execute(f"select {compiled(operation)} from (select {ends})").fetchall()[0]
            found = tuple(None if end is None else round(end) for end in (low, high))
            assert found == expected, (operation, a, b)


def rows_of(operation: str) -> list[tuple[Decimal, ...]]:
    # A product of two amounts of money has no meaning, and no room in decimal(28, 6).
    source = random.Random(operation)
    rows = []
    while len(rows) < ROUNDS:
        pair = [an_interval(source, positive=NEEDS_POSITIVE.get(operation) == place) for place in (0, 1)]
        if operation == "interval_multiply":
            pair[1] = tuple(end.quantize(MILLIONTH) for end in (x / 10**8 for x in pair[1]))  # type: ignore[misc]
            pair[1] = (min(pair[1][:2]), max(pair[1][:2]), min(max(pair[1][2], pair[1][0]), pair[1][1]))
        divisor = {"interval_divide": 1, "interval_share": 1, "interval_growth": 0}.get(operation)
        if divisor is not None and abs(pair[divisor][0]) < Decimal("0.001"):
            continue
        rows.append((*pair[0], *pair[1]))
    return rows


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_true_result_lies_in_the_interval(operation: str) -> None:
    rows = rows_of(operation)
    ends = {
        name: [row[place] for row in rows]
        for name, place in {"a_low": 0, "a_high": 1, "b_low": 3, "b_high": 4}.items()
    }
    operands = pl.DataFrame(ends, schema=dict.fromkeys(ends, pl.Decimal(28, 6)))  # noqa: F841 - DuckDB reads it
    with duckdb.connect() as connection:
        results = connection.execute(f"select {compiled(operation)} from operands").fetchall()
    checked = 0
    for (_, _, a, b_low, b_high, b), (low, high) in zip(rows, results, strict=True):
        if low is None:
            assert operation == "interval_divide"
            assert b_low <= 0 <= b_high
            continue
        assert low <= OPERATIONS[operation](Fraction(a), Fraction(b)) <= high
        checked += 1
    assert checked > ROUNDS / 3


@pytest.mark.parametrize("operation", ["interval_divide", "interval_share", "interval_growth"])
def test_a_divisor_that_may_be_zero_gives_no_interval(operation: str) -> None:
    low, high = ("b", "a") if operation != "interval_growth" else ("a", "b")
    with duckdb.connect() as connection:
        row = connection.execute(
            f"select {compiled(operation)} from (select -1.0 as {low}_low, 1.0 as {low}_high, "
            f"1.0 as {high}_low, 2.0 as {high}_high)"
        ).fetchone()
    assert row == (None, None)


def test_the_interval_is_no_wider_than_a_few_millionths_of_what_it_must_be() -> None:
    with duckdb.connect() as connection:
        low, high = connection.execute(
            f"select {compiled('interval_share')} from (select 32.25 as a_low, 32.35 as a_high, "
            "2199.619 as b_low, 2199.619 as b_high)"
        ).fetchall()[0]
    assert Decimal("1.466162") <= low <= Decimal("1.466164")
    assert Decimal("1.470708") <= high <= Decimal("1.470711")
