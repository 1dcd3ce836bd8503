"""Every cell, key and number of rows that a seed's contract demands, and rows that it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from arsenale.contracts.cells import Shape
from arsenale.contracts.declarations import SEEDS, Column, Seed
from arsenale.contracts.problems import Problem
from arsenale.contracts.schemas import check_shapes
from arsenale.contracts.seed_files import Record, SeedFile, read_seeds
from tests.contracts.conftest import SEEDS as TEXTS

pytestmark = pytest.mark.failure(2)

NO_SHAPE_TAKES = " x"
"""No pattern lets a blank stand at either end."""

NO_LIST_HOLDS = "no-such-term"

EMPTY_SEEDS = {
    "revisions": {
        "table_name": "fct_figure",
        "row_key": "doc-en@100",
        "column_name": "value",
        "decided_on": "2026-11-22",
        "reason": "misread",
    }
}
"""A good row of each seed that may be empty."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, SeedFile]:
    folder: Path = tmp_path_factory.mktemp("seeds")
    for name, text in TEXTS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    found, problems = read_seeds(folder)
    assert problems == []
    for name, cells in EMPTY_SEEDS.items():
        found[name] = replace(found[name], records=(Record(2, cells),))
    return found


def _problems(files: Mapping[str, SeedFile], changed: SeedFile, minimum: int = 1) -> list[Problem]:
    name = changed.seed.name
    found = check_shapes({**files, name: changed}, {name: minimum})
    return [problem for problem in found if problem.file == changed.seed.file]


def _bad_cells(column: Column) -> list[str]:
    bad = [NO_SHAPE_TAKES if isinstance(column.format, Shape) else NO_LIST_HOLDS]
    return [*bad, ""] if column.required else bad


def _again(problem: Problem) -> bool:
    return " again, as on line " in problem.found


def test_the_good_rows_pass_and_every_seed_has_one(files: Mapping[str, SeedFile]) -> None:
    assert set(files) == {seed.name for seed in SEEDS}
    assert {seed.name for seed in SEEDS if seed.may_be_empty} == set(EMPTY_SEEDS)
    for file in files.values():
        assert file.records, file.seed.name
        assert _problems(files, file) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_every_column_refuses_another_shape_and_a_missing_cell(
    files: Mapping[str, SeedFile], seed: Seed
) -> None:
    """A row per bad cell; they repeat the key of the first row, which is what the next test is about."""
    good = files[seed.name].records[0].cells
    mutants = [(column.name, cell) for column in seed.columns for cell in _bad_cells(column)]
    records = tuple(
        Record(line, {**good, column: cell}) for line, (column, cell) in enumerate(mutants, start=2)
    )
    problems = _problems(files, replace(files[seed.name], records=records))
    caught = {(problem.line, problem.column) for problem in problems if not _again(problem)}
    assert caught == {(line, column) for line, (column, _) in enumerate(mutants, start=2)}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_every_key_refuses_the_same_row_twice(files: Mapping[str, SeedFile], seed: Seed) -> None:
    first = files[seed.name].records[0]
    twice = replace(files[seed.name], records=(first, replace(first, line=3)))
    (problem,) = _problems(files, twice)
    assert _again(problem)
    assert problem.line == 3


@pytest.mark.failure(6)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_every_seed_refuses_a_row_less_than_its_minimum(files: Mapping[str, SeedFile], seed: Seed) -> None:
    file = files[seed.name]
    (problem,) = _problems(files, file, minimum=len(file.records) + 1)
    assert problem.expected == f"at least {len(file.records) + 1}"
