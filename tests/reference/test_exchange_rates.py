"""The reader of the ECB's table: every quote is a day, a currency and a number, or the file is refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from arsenale.errors import ArsenaleError
from arsenale.reference.exchange_rates import read_quotes


def archive(table: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as opened:
        opened.writestr("eurofxref-hist.csv", table)
    return content.getvalue()


def test_a_quote_is_exact_and_what_was_not_quoted_is_absent() -> None:
    quotes = read_quotes(archive("Date,USD,TRY,\n2024-01-03,1.0919,N/A,\n2024-01-02,1.0956,32.5739,\n"))
    assert quotes.rows() == [
        (date(2024, 1, 2), "TRY", Decimal("32.5739")),
        (date(2024, 1, 2), "USD", Decimal("1.0956")),
        (date(2024, 1, 3), "USD", Decimal("1.0919")),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Date,USD\n2024-01-03,1_000\n",
        "Date,USD\n2024-01-03,-1.1\n",
        "Date,USD\n2024-01-03,1.1e5\n",
        "Date,USD\n03/01/2024,1.1\n",
        "Date,dollar\n2024-01-03,1.1\n",
        "Date,USD\n",
    ],
)
def test_a_table_of_another_shape_is_refused(table: str) -> None:
    with pytest.raises(ArsenaleError, match="exchange rates"):
        read_quotes(archive(table))
