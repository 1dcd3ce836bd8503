"""The exports, read by other people's tools: the same numbers as SQL, to the last digit."""

from __future__ import annotations

import csv
import subprocess
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from pyarrow import parquet

from arsenale.releases.reader import connect
from tests.building import ROOT
from tests.environments import environment

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


WITH_PANDAS = """
import sys
import pandas
frame = pandas.read_csv(sys.argv[1], dtype={"value": str}, keep_default_na=False)
for key, value in zip(frame["figure_id"], frame["value"]):
    print(key, value, sep="\\t")
"""


@pytest.mark.slow
def test_pandas_from_csv(published: tuple[Path, list[Figure]]) -> None:
    """Pandas is no dependency of ours: it stands in the environment of tests/clients."""
    folder, figures = published
    python = environment("clients-of-today", "-r", str(ROOT / "tests" / "clients" / "requirements.txt"))
    command = [python, "-c", WITH_PANDAS, folder / "csv" / "fct_figure.csv"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [line.split("\t") for line in done.stdout.splitlines()]
    assert [(key, Decimal(value) if value else None) for key, value in found] == [
        (key, value) for key, _, value, *_ in figures
    ]
