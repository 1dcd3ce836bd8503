"""What the gate lets through, the SQL of `macros/read_number.sql` must read: two readers, one grammar."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arsenale.contracts.printed_numbers import refuse_number

MACROS = Path(__file__).parents[2] / "macros"


@pytest.fixture(scope="module")
def read():
    """A function from printed number and decimal mark to what DuckDB reads, or None."""
    source = "".join(
        (MACROS / name).read_text(encoding="utf-8") for name in ("engine.sql", "read_number.sql")
    )
    adapter = SimpleNamespace()
    macros = jinja2.Environment(autoescape=False).from_string(source).make_module({"adapter": adapter})
    adapter.dispatch = lambda name: getattr(macros, f"default__{name}")
    sql = macros.unmarked_number("printed", "mark")
    with duckdb.connect() as connection:

        def reader(printed: str, mark: str) -> str | None:
            query = f"select {sql} from (select $1::varchar as printed, $2::varchar as mark)"
            row = connection.execute(query, [printed, mark]).fetchone()
            return row[0] if row else None

        yield reader


MARKS = st.sampled_from([".", ","])


@given(
    st.one_of(
        st.text(alphabet="0123456789.,", max_size=10),
        st.from_regex(r"\A[1-9][0-9]{0,2}([., '\u00a0\u2009\u202f\u2019][0-9]{3}){0,3}([.,][0-9]{1,5})?\Z"),
    ),
    MARKS,
)
def test_every_number_that_passes_the_gate_has_a_value_in_sql(read, printed: str, mark: str) -> None:
    if refuse_number(printed, mark) is None:
        value = read(printed, mark)
        assert value is not None
        assert Decimal(value).is_finite()
        assert value.replace(".", "") == "".join(digit for digit in printed if digit.isdigit())
