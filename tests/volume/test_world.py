"""A made world read by the models: every answer is right, and no order of batches changes any table."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pytest

from arsenale.releases.logical_hash import LogicalHash, hash_file
from benchmarks.generate import generate
from benchmarks.limit import run

BATCHES = 4


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    generate(folder, 4000, batches=BATCHES)
    return folder


@pytest.fixture(scope="module")
def built(world: Path) -> Path:
    (world / "built").mkdir()
    run(str(world), world / "built" / "tables.duckdb")
    return world / "built" / "tables.duckdb"


def test_the_same_seed_makes_the_same_world(world: Path, tmp_path: Path) -> None:
    generate(tmp_path, 4000, batches=BATCHES)
    with duckdb.connect() as connection:
        for folder in (".", "documents", "answers"):
            one, other = (f"from '{made}/{folder}/*.parquet'" for made in (world, tmp_path))
            assert connection.execute(f"{one} except all {other}").fetchall() == []


def test_every_answer_is_right(world: Path, built: Path) -> None:
    with duckdb.connect(built, read_only=True) as connection:
        wrong = connection.execute(
            f"""
            select figure_id, as_reported, made.value, made.unit, made.modality, made.period_start
            from '{world}/answers/*.parquet' as made
            left join fct_figure as read using (figure_id)
            where
                (made.value, made.rounding_low, made.rounding_high)
                is distinct from (read.value, read.rounding_low, read.rounding_high)
                or (made.unit, made.unit_alternative, made.modality)
                is distinct from (read.unit, read.unit_alternative, read.modality)
                or (made.period_start, made.period_end) is distinct from (read.period_start, read.period_end)
            """
        ).fetchall()
    assert wrong == []


def test_prints_of_one_fact_agree_but_for_the_wrong_ones(built: Path) -> None:
    with duckdb.connect(built, read_only=True) as connection:
        rows = dict(
            connection.execute(
                "select kind, count(*) from fct_disagreement where figure_id_a like 'made-%' group by kind"
            ).fetchall()
        )
    # One print in a hundred is wrong, one in two hundred of another status; most facts are printed once.
    assert 0 < rows["value"] < 200
    assert rows["definition"] > 0


def batch_after_batch(world: Path, folder: Path, seed: int) -> LogicalHash:
    """Return what the tables say where the batches come in another order."""
    order = list(range(1, BATCHES + 1))
    random.Random(seed).shuffle(order)
    for place, batch in enumerate(order):
        for kind in (".", "documents"):
            (folder / kind).mkdir(exist_ok=True)
            shutil.copyfile(
                world / kind / f"batch-{batch:04}.parquet", folder / kind / f"arrived-{place}.parquet"
            )
    (folder / "built").mkdir()
    run(str(folder), folder / "built" / "tables.duckdb")
    return hash_file(folder / "built" / "tables.duckdb")


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_batches_changes_nothing(world: Path, built: Path, tmp_path: Path, seed: int) -> None:
    assert batch_after_batch(world, tmp_path, seed) == hash_file(built)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_no_order_of_batches_changes_anything(world: Path, built: Path, tmp_path: Path, seed: int) -> None:
    assert batch_after_batch(world, tmp_path, seed) == hash_file(built)
