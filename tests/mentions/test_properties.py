"""What holds for any number and any text: exact round trips, no crash, linear time, flat order."""

# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import random
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arsenale.mentions import find

DECIMALS = st.decimals(
    min_value=Decimal("0.01"), max_value=Decimal("999999999"), places=2, allow_nan=False, allow_infinity=False
)
WHOLES = st.integers(min_value=1000, max_value=10**12)


def _grouped(value: Decimal | int, thousands: str, decimal: str) -> str:
    return f"{value:,}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


def _only(text: str) -> Decimal:
    found = list(find(text))
    assert len(found) == 1, found
    assert isinstance(found[0].value_low, Decimal)
    return found[0].value_low


@pytest.mark.parametrize(
    ("thousands", "decimal"),
    [
        (",", "."),
        (".", ","),
        ("'", "."),
        ("’", "."),
        ("\u202f", ","),
        ("\u00a0", ","),
        ("\u2009", "."),
        (" ", "."),
    ],
)
@given(value=DECIMALS)
@settings(deadline=None)
def test_a_decimal_comes_back_exactly_however_it_is_grouped(
    thousands: str, decimal: str, value: Decimal
) -> None:
    assert _only(f"The cost was €{_grouped(value, thousands, decimal)} in all") == value


@given(value=DECIMALS)
@settings(deadline=None)
def test_an_ungrouped_decimal_comes_back_exactly(value: Decimal) -> None:
    assert _only(f"The cost was {value} euros in all") == value
    assert _only("La spesa fu di {} euro in tutto".format(str(value).replace(".", ","))) == value


@given(value=WHOLES)
@settings(deadline=None)
def test_a_whole_number_comes_back_exactly(value: int) -> None:
    assert _only(f"It cost ${value:,} altogether") == value
    assert _only(f"Costò {_grouped(value, '.', ',')} euro in tutto") == value


@given(value=st.integers(min_value=1, max_value=10**9))
@settings(deadline=None)
def test_indian_grouping_comes_back_exactly(value: int) -> None:
    text = str(value)
    head, tail = text[:-3], text[-3:]
    groups = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    assert _only(f"It cost Rs {','.join([*groups, tail])} altogether") == value


ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _english(value: int) -> str:
    if value < 20:
        return ONES[value]
    if value < 100:
        return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        return f"{ONES[value // 100]} hundred" + (f" and {_english(value % 100)}" if value % 100 else "")
    for factor, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if value >= factor:
            rest = value % factor
            return f"{_english(value // factor)} {name}" + (f" {_english(rest)}" if rest else "")
    raise AssertionError(value)


def _italian(value: int) -> str:
    ones = [
        "zero",
        "uno",
        "due",
        "tre",
        "quattro",
        "cinque",
        "sei",
        "sette",
        "otto",
        "nove",
        "dieci",
        "undici",
        "dodici",
        "tredici",
        "quattordici",
        "quindici",
        "sedici",
        "diciassette",
        "diciotto",
        "diciannove",
    ]
    tens = [
        "_",
        "_",
        "venti",
        "trenta",
        "quaranta",
        "cinquanta",
        "sessanta",
        "settanta",
        "ottanta",
        "novanta",
    ]
    if value < 20:
        return ones[value]
    if value < 100:
        unit, ten = value % 10, tens[value // 10]
        return ten if not unit else (ten[:-1] if unit in (1, 8) else ten) + ones[unit]
    if value < 1000:
        return ("cento" if value < 200 else ones[value // 100] + "cento") + (
            _italian(value % 100) if value % 100 else ""
        )
    return ("mille" if value < 2000 else _italian(value // 1000) + "mila") + (
        _italian(value % 1000) if value % 1000 else ""
    )


@given(value=st.integers(min_value=2, max_value=10**14))
@settings(deadline=None)
def test_english_number_words_come_back_exactly(value: int) -> None:
    assert _only(f"They counted {_english(value)} rounds") == value


@given(value=st.integers(min_value=2, max_value=999_999))
@settings(deadline=None)
def test_italian_number_words_come_back_exactly(value: int) -> None:
    assert _only(f"Si contano {_italian(value)} colpi") == value


@given(text=st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_spans_of_itself(text: str) -> None:
    end = 0
    for m in find(text):
        assert m.start >= end
        assert m.end > m.start
        assert m.text == text[m.start : m.end]
        end = m.end


@given(text=st.text(alphabet="0123456789.,-–/ °%€$'’mM\n\f|:;()[]#+xXaFtheofandtomillion", max_size=400))
@settings(max_examples=500, deadline=None)
def test_any_mix_of_digits_and_marks_gives_ordered_spans_of_itself(text: str) -> None:
    end = 0
    for m in find(text):
        assert m.start >= end
        assert m.text == text[m.start : m.end]
        end = m.end


def _noise(kind: str) -> str:
    rng = random.Random(7)
    size = 1_000_000 if kind == "digits" else 100_000
    return {
        "digits": "1" * size,
        "grouped": "1,2." * (size // 4),
        "spaced": "1 " * (size // 2),
        "triples": "123 " * (size // 4),
        "hyphens": "a-1" * (size // 3),
        "slashes": "1/" * (size // 2),
        "dots": "a.1" * (size // 3),
        "at signs": "1@" * (size // 2),
        "words": "one hundred " * (size // 12),
        "thousand": "thousand " * (size // 9),
        "pipes": "1|" * (size // 2),
        "lines": "1\n" * (size // 2),
        "breaks": "a-\n" * (size // 3),
        "gaps": "1  2\n" * (size // 5),
        "commas": "a,1,2\n" * (size // 6),
        "quotes": '"1",' * (size // 4),
        "ranges": "from 1 to 2 " * (size // 12),
        "unicode": "".join(
            chr(rng.randrange(32, 0x10FFFF)) if rng.random() < 0.9 else "7" for _ in range(size // 4)
        )
        .encode("utf-8", "ignore")
        .decode("utf-8"),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        "digits",
        "grouped",
        "spaced",
        "triples",
        "hyphens",
        "slashes",
        "dots",
        "at signs",
        "words",
        "thousand",
        "pipes",
        "lines",
        "breaks",
        "gaps",
        "commas",
        "quotes",
        "ranges",
        "unicode",
    ],
)
def test_noise_takes_linear_time(kind: str) -> None:
    text = _noise(kind)
    started = time.process_time()
    for _ in find(text):
        pass
    # Noise is all mentions, some fifty times denser than prose, and coverage triples it; quadratic rules take
    # minutes.
    assert time.process_time() - started < 45
