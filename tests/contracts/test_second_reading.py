"""Two readers of every figure: they agree, and a mistake of either one is noticed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from arsenale.contracts.second_reading import SQL, differences
from arsenale.mentions.document import Settings


@pytest.fixture(scope="module")
def figures(built_database: Path) -> list[dict[str, Any]]:
    with duckdb.connect(str(built_database), read_only=True) as connection:
        result = connection.sql(SQL)
        return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]


def test_both_read_every_figure_alike(figures) -> None:
    assert len(figures) >= 106
    assert list(differences(figures)) == []


def test_a_broken_rule_of_the_finder_is_noticed(figures, monkeypatch) -> None:
    # The mistake that such readers make: a comma always parts thousands, so that 35,5 becomes 355.
    monkeypatch.setattr(Settings, "decimal", lambda _, printed: Decimal(printed.replace(",", "")))
    caught = {difference.as_reported for difference in differences(figures)}
    assert {"35,5 billion euro", "32,3", "+7,2 per cent"} <= caught
    assert "1,650 personnel" not in caught


@pytest.mark.parametrize(
    ("as_reported", "column", "wrong", "what"),
    [
        ("5.9 billion euros", "low", Decimal("59000000000"), "value"),
        ("6 billion euros", "rounding_high", Decimal("6050000000"), "interval"),
        ("852 personnel", "modality", "exact", "modality"),
        ("25 billion US dollars", "unit", "EUR", "unit"),
        ("376 land vehicles", "unit", "aircraft", "unit"),
    ],
)
def test_a_mistake_of_the_sql_is_noticed(figures, as_reported, column, wrong, what) -> None:
    figure = next(figure for figure in figures if figure["as_reported"] == as_reported)
    found = list(differences([{**figure, column: wrong}]))
    assert [difference.what for difference in found] == [what]
    assert found[0].figure_id == figure["figure_id"]


def test_a_number_that_one_reader_finds_and_the_other_does_not_is_noticed(figures) -> None:
    found = list(differences([{**figures[0], "as_reported": "no number", "hedge_printed": None}]))
    assert [difference.what for difference in found] == ["number"]
