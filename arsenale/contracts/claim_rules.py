"""Rules on claims: each has one statement and something to check it with, and names what is captured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from arsenale.contracts.context import Context, place_id
from arsenale.contracts.problems import Problem

_PLACES = {"figure_id": "figures", "event_id": "events"}
"""Columns that name a captured row, with its seed."""


def claims_name_what_exists(context: Context) -> Iterator[Problem]:
    """A row of claim_figures names one thing, a figure, an event or an indicator, and it is captured."""
    file = context["claim_figures"]
    places = {column: {place_id(row) for row in context[seed].records} for column, seed in _PLACES.items()}
    for row in file.records:
        named = [column for column in (*_PLACES, "indicator") if row[column]]
        if len(named) != 1:
            expected = "one of figure_id, event_id and indicator"
            found = f"{len(named)} of them filled in"
            yield file.problem(row, "figure_id", expected, "fill in one, and empty the others", found)
        for column, seed in _PLACES.items():
            if row[column] and row[column] not in places[column]:
                expected = f"<document_id>@<char_start> of a row of {seed}.csv"
                yield file.problem(row, column, expected, "correct it")


def claims_state_and_check(context: Context) -> Iterator[Problem]:
    """A claim has exactly one row that is stated, and at least one that it is checked with."""
    roles = Counter(
        (row["claim_id"], row["role"])
        for seed in ("claim_figures", "claim_spans")
        for row in context[seed].records
    )
    file = context["claims"]
    for row in file.records:
        stated, inputs = roles[row["claim_id"], "stated"], roles[row["claim_id"], "input"]
        if stated != 1 or not inputs:
            found = f"{stated} rows stated and {inputs} input"
            expected = "one row that is stated, and inputs"
            remedy = "complete it in claim_figures.csv or claim_spans.csv"
            yield file.problem(row, "claim_id", expected, remedy, found)
