"""The exports, read by other people's tools: the same numbers as SQL, to the last digit."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from pyarrow import parquet

from arsenale.releases.reader import connect

from .conftest import Warehouse

AWKWARD = """
insert into fct_figure (figure_id, document_id, as_reported, value) values
    ('iai@300', 'iai', '0.1', 0.1), ('iai@301', 'iai', '0', 0), ('iai@302', 'iai', 'none', null),
    ('iai@303', 'iai', 'all digits', 1234567890123456789012345678901234.5678)
"""
"""Numbers that a binary float cannot hold, and one that is not there."""

COLUMNS = "figure_id, as_reported, value, fiscal_year, is_preferred"
Figure = tuple[str, str, Decimal | None, int | None, bool | None]


@pytest.fixture
def published(warehouse: Warehouse) -> tuple[Path, list[Figure]]:
    folder = warehouse.publish(AWKWARD).release.folder
    with connect(warehouse.settings) as connection:
        return folder, connection.execute(f"select {COLUMNS} from fct_figure order by figure_id").fetchall()


def _plain(text: str) -> str:
    """Take off the mark that keeps a spreadsheet from running a text (docs/releases.md)."""
    return text.removeprefix("'") if text[:2] in {"'=", "'+", "'-", "'@"} else text


def test_a_plain_csv_reader(published: tuple[Path, list[Figure]]) -> None:
    folder, figures = published
    with (folder / "csv" / "fct_figure.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [
        (
            row["figure_id"],
            _plain(row["as_reported"]),
            Decimal(row["value"]) if row["value"] else None,
            int(row["fiscal_year"]) if row["fiscal_year"] else None,
            row["is_preferred"] == "true" if row["is_preferred"] else None,
        )
        for row in rows
    ] == figures


def test_polars_from_csv(published: tuple[Path, list[Figure]]) -> None:
    folder, figures = published
    frame = pl.read_csv(
        folder / "csv" / "fct_figure.csv",
        schema_overrides={"value": pl.Decimal(38, 4), "fiscal_year": pl.Int64, "is_preferred": pl.Boolean},
    )
    found = frame.select(COLUMNS.split(", ")).rows()
    assert [(key, _plain(text), *rest) for key, text, *rest in found] == figures


def test_polars_from_parquet(published: tuple[Path, list[Figure]]) -> None:
    folder, figures = published
    frame = pl.read_parquet(folder / "parquet" / "fct_figure.parquet")
    assert frame.select(COLUMNS.split(", ")).rows() == figures


def test_arrow_from_parquet(published: tuple[Path, list[Figure]]) -> None:
    folder, figures = published
    table = parquet.read_table(folder / "parquet" / "fct_figure.parquet", columns=COLUMNS.split(", "))
    assert [tuple(row.values()) for row in table.to_pylist()] == figures


def test_pandas_from_csv(published: tuple[Path, list[Figure]]) -> None:
    """Pandas is no dependency of ours: this runs where somebody has it."""
    pandas = pytest.importorskip("pandas")
    folder, figures = published
    frame = pandas.read_csv(
        folder / "csv" / "fct_figure.csv", converters={"value": lambda text: Decimal(text) if text else None}
    )
    assert list(frame["value"]) == [value for _, _, value, _, _ in figures]
    assert list(frame["figure_id"]) == [key for key, *_ in figures]
