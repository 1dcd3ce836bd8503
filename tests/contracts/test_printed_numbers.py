"""The shapes of printed numbers: what is taken, what is refused and by which name, in either document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenale.contracts.printed_numbers import refuse_number, refuse_printed

WORDS = {"nine", "one", "hundred", "dozen", "billion"}
GLUED = {"$", "us$", "€", "eur", "bn", "m", "mila", "personnel"}


def name_of(token: str, decimal_mark: str = ".") -> str | None:
    refusal = refuse_number(token, decimal_mark)
    return refusal and refusal.name


def name_of_printed(text: str) -> str | None:
    refusal = refuse_printed(text, ".", WORDS, GLUED)
    return refusal and refusal.name


def mirrored(token: str) -> str:
    return token.translate(str.maketrans(".,", ",."))


SHAPES = [
    ("0", None),
    ("35", None),
    ("1390", None),
    ("1,390", None),
    ("999,999,999", None),
    ("35,5", None),
    ("35,55", None),
    ("1390,55", None),
    ("35.5", None),
    ("35.55", None),
    ("3.1416", None),
    ("0.00005", None),
    ("0.125", None),
    ("0,125", None),
    ("1,390.2", None),
    ("1,390.234", None),
    ("1.390,2", None),
    ("1.390.200", None),
    ("1 390", None),
    ("1\u202f390\u202f200", None),
    ("1'390,5", None),
    ("1.390", "ambiguous mark"),
    ("1390.200", "ambiguous mark"),
    ("1_000", "underscore"),
    ("007", "leading zero"),
    ("00", "leading zero"),
    ("0,5,5", "two decimal marks"),
    ("1.2.3", "two decimal marks"),
    ("1.2,3", "two decimal marks"),
    ("1,234,56", "two decimal marks"),
    ("1,234.5.6", "two decimal marks"),
    ("1.234,567", "two decimal marks"),
    ("1,23,456", "lakh grouping"),
    ("12,34,567", "lakh grouping"),
    ("1234,567", "mixed groups"),
    ("1,2345", "mixed groups"),
    ("1,2,3456", "mixed groups"),
    ("12 3456", "mixed groups"),
    ("1 390\u202f200", "mixed groups"),
    (".5", "no integer part"),
    (",5", "no integer part"),
    ("0x10", "unknown shape"),
    ("", "unknown shape"),
]


@pytest.mark.parametrize(("token", "name"), SHAPES)
def test_a_number_is_of_the_grammar_or_refused_by_name(token: str, name: str | None) -> None:
    assert name_of(token) == name


@pytest.mark.parametrize(("token", "name"), SHAPES)
def test_the_grammar_is_mirrored_where_the_document_declares_a_comma(token: str, name: str | None) -> None:
    assert name_of(mirrored(token), ",") == name


@pytest.mark.parametrize(
    "text",
    [
        "$2.27 billion", "€35,5bn", "US$5m", "EUR35", "35mila", "+7,2 per cent", "-3.4", "\u22123.4%", "17th",
        "19º", "60,000-strong", "1,000-1,300 personnel", "1,000\u20131,300", "10 to 12", "nine",
        "one hundred",
        "a dozen", "ten-nine", "5x", "100 000 €", "12personnel", "(5)",
    ],
)  # fmt: skip
def test_printed_figures_are_taken_with_sign_currency_scale_and_noun(text: str) -> None:
    assert name_of_printed(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0x10", "hexadecimal"),
        ("0X1F", "hexadecimal"),
        ("1e9", "exponent"),
        ("1.5E-3", "exponent"),
        ("1_000", "underscore"),
        ("infinity", "infinity"),
        ("-inf", "infinity"),
        ("NaN", "infinity"),
        ("several", "no number"),
        ("ninety", "no number"),
        ("½", "foreign digit"),
        ("3²", "foreign digit"),
        ("١٢", "foreign digit"),
        ("F-104", "designation"),
        ("T129", "designation"),
        ("18 F-35s", "designation"),
        ("5foo", "glued letters"),
        ("5.", "trailing mark"),
        ("5, 6 and 7", "several numbers"),
        ("3 4", "several numbers"),
        ("5, 6", "trailing mark"),
        ("--5", "two signs"),
        ("1/3", "fraction"),
        ("1.390 billion", "ambiguous mark"),
    ],
)
def test_printed_figures_of_another_shape_are_refused_by_name(text: str, name: str) -> None:
    refusal = refuse_printed(text, ".", WORDS, GLUED)
    if text == "5, 6":
        assert refusal is not None
    else:
        assert refusal is not None
        assert refusal.name == name
        assert refusal.text in text
        assert refusal.reason


values = st.decimals(min_value=0, max_value=Decimal(10) ** 12, places=2, allow_nan=False)
marks = st.sampled_from([".", ","])


@given(values, marks, st.booleans(), st.integers(min_value=0, max_value=2))
def test_a_number_printed_in_the_marks_of_its_document_is_taken_and_reads_back(
    value: Decimal, mark: str, grouped: bool, places: int
) -> None:
    rounded = round(value, places)
    english = f"{rounded:,}" if grouped else str(rounded)
    printed = english if mark == "." else mirrored(english)
    assert refuse_number(printed, mark) is None
    thousands = "," if mark == "." else "."
    assert Decimal(printed.replace(thousands, "").replace(mark, ".")) == rounded


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=999), marks)
def test_a_decimal_mark_before_exactly_three_digits_is_never_taken(head: int, tail: int, mark: str) -> None:
    assert name_of(f"{head}{mark}{tail:03}", mark) == "ambiguous mark"


@given(st.text(alphabet="0123456789.,_' ", max_size=14), marks)
def test_any_text_is_taken_or_refused_by_name_and_what_is_taken_is_one_number(text: str, mark: str) -> None:
    refusal = refuse_number(text, mark)
    if refusal is not None:
        assert refusal.name
        return
    assert text[0].isdigit()
    assert text[-1].isdigit()
    assert "_" not in text
    whole, *groups = text.replace(",", " ").replace(".", " ").replace("'", " ").split(" ")
    assert whole == "0" or not whole.startswith("0")
    assert all(len(group) == 3 for group in groups[:-1])
