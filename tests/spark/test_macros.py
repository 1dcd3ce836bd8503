"""The macros of macros/engine.sql give the same on both engines, where the engines themselves would not."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.spark.engines import QUICK, dbt_on_duckdb, dbt_on_spark

pytestmark = [pytest.mark.slow, pytest.mark.spark]

TEXTS = (
    "35,5",
    "35,5\n",
    "1\u00a0290",
    "1\u202f290",
    "€5 milioni di euro",
    "l'anno \\ 2025",
    "ÇA COÛTE",
    "",
    None,
    "2022-02-30",
    "2024-02-29",
)
"""A last line break, blanks that look alike, quotes and backslashes, accents, a day that is none."""

MACROS = {
    "decimal": 'to_decimal("number")',
    "price": 'to_decimal("number / 1e15", 18, 9)',
    "cents": 'rounded("number", 2)',
    "units": 'rounded("number", 0)',
    "ninth": 'to_decimal(round_binary("number / 1e15", 9), 18, 9)',
    "digits": 'full_match("text", "[0-9]+,[0-9]")',
    "blank": 'full_match("text", "[0-9][\u00a0\u2009\u202f][0-9]{3}")',
    "quote": 'extract_group("text", "^(l\'anno .) ([0-9]+)$", 2)',
    "letters": 'replace_all("lower(text)", "[^\\\\p{L}€]+", " ")',
    "day": "date_or_null(\"nullif(text, '')\")",
    "hashed": 'row_hash(["text", "nullif(text, text)"])',
    "swapped": 'row_hash(["nullif(text, text)", "text"])',
}


def numbers() -> list[float]:
    """Doubles of all sizes that a decimal(28, 6) takes; halves, and what lies beyond 2^53 millionths."""
    chance = random.Random(8)
    wide = [chance.choice((-1, 1)) * 10 ** chance.uniform(-9, 21) for _ in range(2000)]
    halves = [chance.randrange(10**9) + chance.choice((0.5, 0.005, 0.0000005, 0.125)) for _ in range(1000)]
    return [0.0, -0.0, 2.5, -2.5, 0.1 + 0.2, 2.0**53, 2.0**62 + 2.0**12, 1e21, *wide, *halves]


def shown(output: str) -> list[dict[str, Any]]:
    """The rows of `dbt show`."""
    rows: list[dict[str, Any]] = json.loads(output[output.index("{") :])["show"]
    return rows


def test_a_macro_gives_the_same_on_both(rates: Path, tmp_path: Path) -> None:
    doubles = numbers()
    texts = [TEXTS[place % len(TEXTS)] for place in range(len(doubles))]
    file = tmp_path / "given.parquet"
    pl.DataFrame({"place": range(len(doubles)), "number": doubles, "text": texts}).write_parquet(file)
    columns = ", ".join(
        f"cast({{{{ {macro} }}}} as {{{{ text_type() }}}}) as {name}" for name, macro in MACROS.items()
    )

    def show(relation: str) -> tuple[str, ...]:
        query = f"select place, {columns} from {relation} order by place"
        return ("show", "--inline", query, "--limit", "-1", "--output", "json")

    ours = shown(dbt_on_duckdb(tmp_path, rates, *show(f"read_parquet('{file}')")))
    theirs = shown(dbt_on_spark(tmp_path, rates, *show(f"parquet.`{file}`"), SPARK_CONF_DIR=str(QUICK)))
    assert len(ours) == len(doubles)
    for number, text, a, b in zip(doubles, texts, ours, theirs, strict=True):
        # Each engine has a hash of its own; an absent value leaves its trace in either.
        for row in (a, b):
            assert (row.pop("hashed") != row.pop("swapped")) is (text is not None)
            # Spark writes a zero with more than six digits after the point as 0E-9.
            row.update({name: Decimal(row[name]) for name in ("price", "ninth")})
        assert a == b, f"of {number!r} and {text!r}"
