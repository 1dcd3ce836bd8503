"""One printed span, read on its own."""

from decimal import Decimal

import pytest

from arsenale.mentions import read


@pytest.mark.parametrize(
    ("span", "around", "value", "unit", "scale"),
    [
        ("35,5 billion euro", {"decimal_mark": ","}, "35500000000", "EUR", "1000000000"),
        (
            "32,3",
            {"scale": "billion", "unit": "euro", "decimal_mark": ","},
            "32300000000",
            "EUR",
            "1000000000",
        ),
        ("$5", {}, "5", "USD", "1"),
        ("2.3 lakh personnel", {}, "230000", "person", "100000"),
        ("7.2 per cent", {}, "7.2", "percent", "1"),
        ("1,6 per cento del PIL", {"language": "it"}, "1.6", "percent_of_gdp", "1"),
        ("1.600", {"unit": "militari", "language": "it"}, "1600", "person", "1"),
        ("€ 27 million", {}, "27000000", "EUR", "1000000"),
    ],
)
def test_a_span_is_read_with_what_its_document_says(
    span: str, around: dict[str, str], value: str, unit: str, scale: str
) -> None:
    reading = read(span, **around)  # type: ignore[arg-type]
    assert reading is not None
    assert (reading.value_low, reading.unit, reading.scale) == (Decimal(value), unit, Decimal(scale))


def test_printed_precision_is_an_interval() -> None:
    reading = read("6 billion dollars")
    assert reading is not None
    assert (reading.rounded_low, reading.rounded_high) == (Decimal("5.5e9"), Decimal("6.5e9"))


def test_a_range_keeps_both_ends() -> None:
    reading = read("between 3 and 4.5 billion dollars")
    assert reading is not None
    assert (reading.value_low, reading.value_high, reading.modality) == (
        Decimal(3 * 10**9),
        Decimal(45 * 10**8),
        "range",
    )


def test_a_span_without_a_number_is_no_reading() -> None:
    assert read("billions of euros", language="en") is None
