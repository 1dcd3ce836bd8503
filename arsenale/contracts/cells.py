"""What a single cell may hold: the vocabulary in which `declarations` speaks.

A cell is free of choice (`Shape`: a pattern), or of a list that stands in another seed (`Term`, `Reference`).
Lists are never typed here: they live in `terms.csv`, `units.csv`, `words.csv` and the other reference seeds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """Text of a pattern.

    Attributes:
        pattern: Regular expression of the whole cell, in the common part of Python's and Rust's dialects;
            whoever applies it anchors it.
        expected: The same in words.
        remedy: What to do about a cell of another shape.
    """

    pattern: str
    expected: str
    remedy: str = "correct it"


@dataclass(frozen=True)
class Term:
    """A term of one list of `terms.csv`."""

    list_name: str


@dataclass(frozen=True)
class Reference:
    """A value of another seed's column.

    Attributes:
        seed: Name of the seed.
        column: Its column.
        several: Whether the cell holds several, separated by one blank each.
        besides: Further values, which are no rows of that seed.
    """

    seed: str
    column: str
    several: bool = False
    besides: tuple[str, ...] = ()


Format = Shape | Term | Reference

_NO_FORMULA = r"[^=+\-@\s]"

PRINTED = Shape(
    r"\S(?:(?s:.)*\S)?",
    "text as printed, without blanks at either end",
    "tighten the span to the printed text",
)
"""Text of a document. It may begin like a formula (`-3.4`, `+5`): it is compared with the passage instead."""

WORDING = Shape(
    rf"{_NO_FORMULA}(?:(?s:.)*\S)?",
    "wording without = + - @ or tab in front, which spreadsheets take for formulas, or blanks at either end",
    "reword its beginning",
)
"""Our own words, and names."""

SLUG = Shape(r"[a-z0-9]+(?:-[a-z0-9]+)*", "lower-case letters and digits joined by hyphens")
PARTY_ID = Shape(
    rf"[A-Z]{{3}}|{SLUG.pattern}", "an ISO 3166-1 alpha-3 code, or lower-case words joined by hyphens"
)
NAME = Shape(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", "lower-case words joined by underscores")
UNIT = Shape(rf"[A-Z]{{3}}|{NAME.pattern}", "an ISO 4217 code, or lower-case words joined by underscores")
ISO3 = Shape(r"[A-Z]{3}", "an ISO 3166-1 alpha-3 code")
LANGUAGE = Shape(r"[a-z]{2}", "an ISO 639-1 code, such as en or it")
WHOLE = Shape(r"0|[1-9][0-9]{0,8}", "a whole number without marks")
COUNT = Shape(r"[1-9][0-9]{0,8}", "a whole number from 1, without marks")
TABLE = Shape(r"(?:dim|fct|bridge|rpt)_[a-z0-9_]+", "the name of a public table")
COLUMN = Shape(r"\*|[a-z][a-z0-9_]*", "the name of a column, or * for every one")
YEAR = Shape(r"[12][0-9]{3}", "a year of four digits")
DAY = Shape(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", "a day such as 2025-03-03")
NUMBER = Shape(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?", "a number with a point for the decimals, if any")
SHA256 = Shape(r"[0-9a-f]{64}", "a SHA-256 of 64 lower-case hexadecimal digits", "copy it from sha256sum")
URL = Shape(r"https?://[^\s\"'<>]+", "an address that begins with http:// or https://")
FILE = Shape(
    r"[a-z0-9](?:[a-z0-9_-]|\.[a-z0-9])*\.txt", "a plain file name that ends in .txt, without folders"
)
PLACE = Shape(rf"{SLUG.pattern}@(?:{WHOLE.pattern})", "<document_id>@<char_start>")


def one_of(*values: str) -> Shape:
    """Return the shape of a cell that holds one of a few values which are the contract's own."""
    return Shape("|".join(values).replace(".", r"\."), " or ".join(values))
