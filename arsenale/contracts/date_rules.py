"""Rules on dates: every date expression can be read, and nothing is done in the future."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from arsenale.contracts.cells import DAY
from arsenale.contracts.context import Context
from arsenale.contracts.periods import EXPECTED, Period, PeriodError, parse_period
from arsenale.contracts.problems import Problem, quote
from arsenale.contracts.seed_files import Record

DONE = ("reported", "delivered")
"""Statuses of what has happened."""

_DATES = {
    "documents": "published",
    "figures": "period",
    "events": "period",
    "commitments": "due",
}


def dates_can_be_read(context: Context) -> Iterator[Problem]:
    """Every date expression is of the guide's grammar, exists in the calendar, and lies in 1861 to 2100."""
    for name, column in _DATES.items():
        file = context.files.get(name)
        for row in file.records if file else ():
            try:
                parse_period(row[column] or "2000", context.months)
            except PeriodError as error:
                found = f"{quote(row[column])}, {error}"
                yield context[name].problem(row, column, EXPECTED, "complete or correct it", found)


def days_exist(context: Context) -> Iterator[Problem]:
    """A day such as 2025-03-03 exists in the calendar."""
    for file in context.files.values():
        days = [column.name for column in file.seed.columns if column.format is DAY]
        for row in file.records if days else ():
            for column in days:
                if re.fullmatch(DAY.pattern, row[column]) and _day(row[column]) is None:
                    yield file.problem(row, column, "a day of the calendar", "correct it")


def revisions_are_not_dated_ahead(context: Context) -> Iterator[Problem]:
    """A revision is dated today (UTC) or before: it excuses no change that nobody has seen yet."""
    file = context["revisions"]
    for row in file.records:
        day = _day(row["decided_on"])
        if day and day > context.today:
            yield file.problem(
                row, "decided_on", f"{context.today} or before", "write the day of the decision"
            )


def nothing_is_done_in_the_future(context: Context) -> Iterator[Problem]:
    """What is reported or delivered does not lie wholly after the year of the document, or of today."""
    file = context["figures"]
    for row in file.records:
        period = _period(context, row["period"])
        if row["status"] not in DONE or period is None or period.start is None:
            continue
        year, source = _known_year(context, context.documents.get(row["document_id"]))
        if period.start.year > year:
            expected = f"estimated, planned, budgeted or target for what lies after {year}, {source}"
            found = f"'{row['status']}' for {row['period']}"
            yield file.problem(row, "status", expected, "correct the status or the period", found)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _known_year(context: Context, document: Record | None) -> tuple[int, str]:
    published = _period(context, document["published"]) if document else None
    if published and published.end:
        return published.end.year, "the document's year"
    return context.today.year, "the present year"


def _period(context: Context, text: str) -> Period | None:
    try:
        return parse_period(text, context.months) if text else None
    except PeriodError:
        return None
