"""The date expressions of `period`, `published` and `due`, read into first and last day.

The grammar is that of `seeds/FORMAT.md`, and nothing else passes: a year (`2025`), years (`2025-2027`), a
decade (`1970s`, `mid-1960s`), a month (`July 2025`, `2025-07`), a day (`5 March 2025`, `March 5, 2025`,
`2025-03-05`), days (`June 24-25, 2025`); two of them joined by `/`, either of which may be the open end `..`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1861, 2100
"""Years that a seed may speak of: from the first Kingdom of Italy to the farthest plan."""

EXPECTED = "a date expression of seeds/FORMAT.md, such as 2025, July 2025, 2025-03-05 or 2022/.."
_OPEN = ".."
_ENDS = 2


@dataclass(frozen=True)
class Period:
    """What a figure is about.

    Attributes:
        start: First day, or None where it is open.
        end: Last day, or None where it is open.
    """

    start: datetime.date | None
    end: datetime.date | None


class PeriodError(ValueError):
    """The text is no date expression; the message says what it is instead."""


def parse_period(text: str, months: Mapping[str, int]) -> Period:
    """Return the days that a date expression spans.

    Args:
        text: The expression.
        months: Number of a month by its name in lower case, as `words.csv` has them.

    Raises:
        PeriodError: If it is none, is no day of the calendar, ends before it begins, or leaves 1861 to 2100.
    """
    if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", text):
        raise PeriodError("a date in figures, whose day and month cannot be told apart")
    ends = text.split("/")
    if len(ends) > _ENDS or ends == [_OPEN, _OPEN]:
        raise PeriodError("no interval of two ends")
    if text == _OPEN:
        raise PeriodError("an open end without another")
    first = None if ends[0] == _OPEN else _parse_date(ends[0], months)
    last = None if ends[-1] == _OPEN else _parse_date(ends[-1], months)
    period = Period(first and first[0], last and last[1])
    if period.start and period.end and period.end < period.start:
        raise PeriodError("an end before its start")
    return period


Days = tuple[datetime.date, datetime.date]


def _parse_date(text: str, months: Mapping[str, int]) -> Days:
    for pattern, read in _FORMS:
        if match := re.fullmatch(pattern, text):
            return read(match, months)
    raise PeriodError("no date expression")


def _years(match: re.Match[str], _: Mapping[str, int]) -> Days:
    first, last = int(match["y"]), int(match["z"] or match["y"])
    return _day(first, 1, 1), _day(last, 12, 31)


def _decade(match: re.Match[str], _: Mapping[str, int]) -> Days:
    first = int(match["y"])
    return _day(first, 1, 1), _day(first + 9, 12, 31)


def _iso(match: re.Match[str], _: Mapping[str, int]) -> Days:
    day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    return day, day


def _month(match: re.Match[str], months: Mapping[str, int]) -> Days:
    name = match["m"]
    year, month = int(match["y"]), int(name) if name.isdecimal() else _number_of(name, months)
    first = _day(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def _days(match: re.Match[str], months: Mapping[str, int]) -> Days:
    year, month = int(match["y"]), _number_of(match["m"], months)
    return _day(year, month, int(match["d"])), _day(year, month, int(match["e"] or match["d"]))


_YEAR, _MONTH = r"(?P<y>[0-9]{4})", r"(?P<m>[^\W\d_]+)"
_DAYS = r"(?P<d>[0-9]{1,2})(?:[-\u2013](?P<e>[0-9]{1,2}))?"
_FORMS: tuple[tuple[str, Callable[[re.Match[str], Mapping[str, int]], Days]], ...] = (
    (rf"{_YEAR}(?:[-\u2013](?P<z>[0-9]{{4}}))?", _years),
    (r"(?:(?:early|mid|late)[- ])?(?P<y>[0-9]{3}0)s", _decade),
    (rf"{_YEAR}-(?P<m>[0-9][0-9])", _month),
    (rf"{_YEAR}-(?P<m>[0-9][0-9])-(?P<d>[0-9][0-9])", _iso),
    (rf"{_MONTH},? {_YEAR}", _month),
    (rf"{_DAYS} {_MONTH} {_YEAR}", _days),
    (rf"{_MONTH} {_DAYS},? {_YEAR}", _days),
)


def _number_of(name: str, months: Mapping[str, int]) -> int:
    try:
        return months[name.lower()]
    except KeyError:
        raise PeriodError(f"{name!r}, which words.csv has not as a month") from None


def _day(year: int, month: int, day: int) -> datetime.date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"the year {year}, outside {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise PeriodError("no day of the calendar") from None
