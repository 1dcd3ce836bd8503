"""Each question of analyses/ has the answer that a reader of the documents gives.

answers/<analysis>.csv holds that answer: some of its columns, and its rows, in order. A document that is
added adds rows to the open questions, so those are asked for the rows of their file and may have more; what
must have no further row, such as a total, is CLOSED.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

ANALYSES = Path(__file__).parents[2] / "analyses"
ANSWERS = Path(__file__).parent / "answers"

NAMES = sorted(file.stem for file in ANALYSES.glob("*.sql"))
CLOSED = {
    "integrated_budget_growth",
    "integrated_budget_in_constant_prices",
    "spending_by_service",
    "where_a_number_comes_from",
}

Row = dict[str, str]
Ask = Callable[[str], list[Row]]


def question(name: str) -> str:
    return (ANALYSES / f"{name}.sql").read_text(encoding="utf-8")


def answer(name: str) -> list[Row]:
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(cell: str) -> str:
    """A number as people write it: 35500000000.000000 is 35500000000."""
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell):
        return f"{Decimal(cell).normalize():f}"
    return cell


def in_order(wanted: list[Row], found: list[Row]) -> bool:
    rest = iter(found)
    return all(row in rest for row in wanted)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_its_known_answer(name: str, ask: Ask) -> None:
    wanted = answer(name)
    columns = list(wanted[0])
    found = [{column: plain(row[column]) for column in columns} for row in ask(question(name))]
    if name in CLOSED:
        assert found == wanted
    else:
        missing = [row for row in wanted if row not in found]
        assert not missing, f"{missing}\nnot in\n{found}"
        assert in_order(wanted, found), f"{wanted}\nin another order:\n{found}"


@pytest.mark.parametrize("name", NAMES)
def test_an_analysis_begins_with_its_question_and_how_to_read_the_answer(name: str) -> None:
    asked, _, reading = question(name).partition("\n--\n")
    assert re.fullmatch(r"(-- .*\n)*-- .*\?", asked)
    assert len(reading.partition("\n\n")[0]) > 80
    assert reading.startswith("-- ")


@pytest.mark.parametrize("name", NAMES)
def test_an_analysis_is_plain_sql_that_dbt_compiles_to_itself(name: str) -> None:
    assert not re.search(r"[{}]", question(name))


def test_no_row_of_the_services_is_the_ministry_or_their_sum(ask: Ask) -> None:
    rows = ask(question("spending_by_service"))
    services = [Decimal(row["amount"]) for row in rows if row["definition"] == "direct_costs"]
    ministry = [Decimal(row["amount"]) for row in rows if row["definition"] == "ministry_budget"]
    assert len(services) == 3
    assert sum(services) == 11_000_000_000
    assert ministry == [31_300_000_000]
    everything = ask("select amount from fct_spending where fiscal_year = 2025 and country_id = 'ITA'")
    assert sum(services) not in [Decimal(row["amount"]) for row in everything if row["amount"]]


def test_every_answer_belongs_to_a_question() -> None:
    assert sorted(file.stem for file in ANSWERS.glob("*.csv")) == NAMES
