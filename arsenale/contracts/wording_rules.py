"""Rules on printed figures: a number has one reading, a currency is one or a declared conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from arsenale.contracts.context import Context
from arsenale.contracts.printed_numbers import refuse_printed
from arsenale.contracts.problems import Problem, quote


def numbers_can_be_read(context: Context) -> Iterator[Problem]:
    """A printed figure holds a number of one reading, in the marks that its document declares."""
    file = context["figures"]
    numbers = context.words("number", "scale")
    glued = context.words("currency", "scale", "unit").keys() | {
        unit.lower() for unit in context.units("money")
    }
    for row in file.records:
        document = context.documents.get(row["document_id"])
        mark = document["decimal_mark"] if document else "."
        refusal = refuse_printed(row["as_reported"], mark, numbers, glued) if row["as_reported"] else None
        if refusal:
            found = f"{quote(row['as_reported'])} ({refusal.name}: {refusal.reason})"
            expected = f"a number of one reading where the decimal mark is {mark!r}"
            remedy = "correct the span or the text, or decimal_mark in documents.csv"
            yield file.problem(row, "as_reported", expected, remedy, found)


def currency_conflicts_are_declared(context: Context) -> Iterator[Problem]:
    """A figure that is printed in two currencies at once carries a note that says so."""
    file = context["figures"]
    words = context.words("currency")
    pattern = _any_of(words)
    for row in file.records:
        # A unit printed elsewhere belongs to the figure as much as the sign in its span.
        named = pattern.findall(f"{row['as_reported']} {row['unit_printed']}".lower())
        currencies = sorted({words[word] for word in named})
        if len(currencies) > 1 and not row["note"]:
            found = f"{quote(row['as_reported'])}, {' and '.join(currencies)} at once, and no note"
            yield file.problem(row, "note", "one currency, or a note on the conflict", "write a note", found)


def _any_of(words: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of any of the words, the longest first, so that `us$` is not read as `$`."""
    longest_first = sorted(words, key=len, reverse=True)
    alternatives = "|".join(
        rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])" if word.isalpha() else re.escape(word)
        for word in longest_first
    )
    return re.compile(alternatives or r"(?!)")
