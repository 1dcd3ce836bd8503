"""Date expressions: each form of the guide, with its first and last day, and each that is refused."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenale.contracts.periods import PeriodError, parse_period

NAMES = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
MONTHS = {name: number for number, name in enumerate(NAMES, start=1)}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-2027", "2025-01-01", "2027-12-31"),
        ("2025\u20132027", "2025-01-01", "2027-12-31"),
        ("1970s", "1970-01-01", "1979-12-31"),
        ("mid-1960s", "1960-01-01", "1969-12-31"),
        ("July 2025", "2025-07-01", "2025-07-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("5 March 2025", "2025-03-05", "2025-03-05"),
        ("March 5, 2025", "2025-03-05", "2025-03-05"),
        ("March 5 2025", "2025-03-05", "2025-03-05"),
        ("June 24-25, 2025", "2025-06-24", "2025-06-25"),
        ("24-25 June 2025", "2025-06-24", "2025-06-25"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2022/2025", "2022-01-01", "2025-12-31"),
        ("../2033", None, "2033-12-31"),
        ("February 2022/..", "2022-02-01", None),
        ("January 2018/5 March 2019", "2018-01-01", "2019-03-05"),
        ("1861", "1861-01-01", "1861-12-31"),
        ("2100", "2100-01-01", "2100-12-31"),
    ],
)
def test_a_date_expression_spans_its_first_to_its_last_day(text, start, end) -> None:
    period = parse_period(text, MONTHS)
    assert (period.start and period.start.isoformat(), period.end and period.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022-02-30", "no day of the calendar"),
        ("2025-13", "no day of the calendar"),
        ("31 June 2025", "no day of the calendar"),
        ("29 February 2025", "no day of the calendar"),
        ("03/04/2022", "day and month cannot be told apart"),
        ("3/4/22", "day and month cannot be told apart"),
        ("1860", "outside 1861 to 2100"),
        ("2101", "outside 1861 to 2100"),
        ("1860s", "outside 1861 to 2100"),
        ("5 Marzo 2025", "'Marzo', which words.csv has not"),
        ("2025/2024", "an end before its start"),
        ("25-24 June 2025", "an end before its start"),
        ("2027-2025", "an end before its start"),
        ("..", "open end"),
        ("../..", "no interval"),
        ("2022/2023/2024", "no interval"),
        ("2023/24", "no date expression"),
        ("June 24", "no date expression"),
        ("25", "no date expression"),
        ("1975s", "no date expression"),
        ("2025 ", "no date expression"),
        ("٢٠٢٥", "no date expression"),
        ("infinity", "no date expression"),
        ("", "no date expression"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(PeriodError, match=reason):
        parse_period(text, MONTHS)


@given(st.dates(min_value=datetime.date(1861, 1, 1), max_value=datetime.date(2100, 12, 31)))
def test_every_day_reads_back_from_each_of_its_forms(day: datetime.date) -> None:
    month = NAMES[day.month - 1].capitalize()
    for text in (day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}"):
        assert parse_period(text, MONTHS).start == parse_period(text, MONTHS).end == day
