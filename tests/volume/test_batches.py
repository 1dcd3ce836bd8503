"""Batches of captured figures: held to the rules of the seeds, row by row, without looking at every row."""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from arsenale.contracts import GateReport, check_seeds
from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.unchanged import changed_since
from benchmarks.generate import SPOILT, generate

SEEDS = Path(__file__).parents[2] / "seeds"
TODAY = datetime.date(2026, 11, 22)
BAD_ROWS = 3 * len(SPOILT)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    generate(folder, 1000, batches=2)
    return folder


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoilt")
    generate(folder, 1200, seed=7, bad=BAD_ROWS)
    return folder


@pytest.fixture
def copied(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "batches"))


def gate(figures: Path | str) -> GateReport:
    return check_seeds(SEEDS, TODAY, str(figures))


def rewrite(file: Path, query: str) -> None:
    """Replace a Parquet file by a query over it, named `rows`."""
    with duckdb.connect() as connection:
        connection.execute(f"create table rows as from read_parquet('{file}')")
        file.unlink()
        connection.execute(f"copy ({query}) to '{file}' (format parquet)")


def test_a_clean_world_passes_and_is_counted(clean: Path) -> None:
    report = gate(clean)

    assert report.problems == ()
    assert [(batch.file.name, batch.rows) for batch in report.batches] == [
        ("batch-0001.parquet", 500),
        ("batch-0002.parquet", 500),
    ]
    assert report.rows_to_load["fct_figure"] == report.rows["figures"] + 1000


def test_every_kind_of_bad_row_is_named_with_file_and_row(spoilt: Path) -> None:
    with duckdb.connect() as connection:
        bad = connection.execute(f"from '{spoilt}/bad/batch-0001.parquet'").fetchall()
    found = {(problem.line, problem.column) for problem in gate(spoilt).problems}
    rows_of = {column: {row for row, spoilt_column in bad if spoilt_column == column} for column, _ in SPOILT}

    assert len(bad) == BAD_ROWS
    for column, rows in rows_of.items():
        # A span that is too long for its text is a text that is too short for its span.
        named = {"char_end": "as_reported"}.get(column, column)
        names = (named, "hedge_printed") if column == "hedge_start" else (named,)
        assert any((row, name) in found for row in rows for name in names), column


def test_both_gates_say_the_same_of_the_same_rows(spoilt: Path, tmp_path: Path) -> None:
    """The batch is shown the first of each kind; the seed gate says of which kinds there are any."""
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    lines_before = {}
    for table, folder in (("figures", spoilt), ("documents", spoilt / "documents")):
        lines_before[f"{table}.csv"] = append(seeds / f"{table}.csv", folder / "batch-0001.parquet")
    by_seed = {
        (problem.line - lines_before[problem.file], problem.column): problem.expected.replace(
            problem.file, ""
        )
        for problem in check_seeds(seeds, TODAY).problems
        if problem.file in lines_before
    }
    by_batch = {
        (problem.line, problem.column): problem.expected.replace(problem.file, "")
        for problem in gate(spoilt).problems
    }

    assert by_batch.items() <= by_seed.items()
    kinds = {(column, expected) for (_, column), expected in by_batch.items()}
    assert {column for _, column in by_seed} == {column for _, column in by_batch}
    for (_, column), expected in by_seed.items():
        # Which words a span of 12 has too many depends on the row; the rest is said once.
        assert (column, expected) in kinds or column in {"as_reported", "family", "same_fact_as"}


def append(seed: Path, batch: Path) -> int:
    """Append a batch's rows to a seed, and return the number of lines that were there before."""
    columns = SEED_OF[seed.stem].column_names
    with seed.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        *_, _last = reader
        before = reader.line_num
    with duckdb.connect() as connection, seed.open("a", encoding="utf-8", newline="") as lines:
        named = ", ".join(header)
        rows = connection.execute(f"select {named} from read_parquet('{batch}')").fetchall()
        csv.writer(lines, lineterminator="\n").writerows([cell or "" for cell in row] for row in rows)
    assert set(header) == set(columns)
    return before


def problems(figures: Path | str) -> Iterator[str]:
    return (str(problem) for problem in gate(figures).problems)


def test_a_batch_without_its_documents_is_refused(copied: Path) -> None:
    (copied / "documents" / "batch-0002.parquet").unlink()

    (problem,) = problems(copied)
    assert "documents/batch-0002.parquet" in problem
    assert "no such file" in problem


def test_another_order_of_columns_is_refused(copied: Path) -> None:
    names = list(SEED_OF["figures"].column_names)
    rewrite(copied / "batch-0001.parquet", f"select {', '.join(reversed(names))} from rows")

    (problem,) = problems(copied)
    assert "in this order" in problem


def test_numbers_are_refused_where_text_is_expected(copied: Path) -> None:
    rewrite(copied / "batch-0001.parquet", "select * replace (char_start::integer as char_start) from rows")

    (problem,) = problems(copied)
    assert "char_start INTEGER" in problem


def test_what_is_no_parquet_is_refused(copied: Path) -> None:
    (copied / "batch-0001.parquet").write_bytes(b"no parquet")

    (problem,) = problems(copied)
    assert problem.startswith("batch-0001.parquet: ")


def test_a_folder_without_batches_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path)
    assert "no Parquet file" in problem


def test_a_document_of_two_batches_is_refused(copied: Path) -> None:
    for folder in (copied, copied / "documents"):
        shutil.copyfile(folder / "batch-0001.parquet", folder / "batch-0003.parquet")

    assert any("each document in one batch" in problem for problem in problems(copied))


def test_an_empty_text_is_no_missing_one(copied: Path) -> None:
    rewrite(copied / "batch-0001.parquet", "select * replace (coalesce(note, '') as note) from rows")

    assert any(problem.startswith("batch-0001.parquet:1:note") for problem in problems(copied))


@pytest.mark.parametrize("character", ["\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT OVERRIDE}", "\x07"])
def test_what_cannot_be_seen_is_refused(copied: Path, character: str) -> None:
    note = f"a{character}b"
    rewrite(
        copied / "batch-0001.parquet",
        f"select * replace (if(hedge_printed is null, note, '{note}') as note) from rows",
    )

    assert any(":note: found U+" in problem for problem in problems(copied))


def test_overlapping_figures_are_refused(copied: Path) -> None:
    rewrite(
        copied / "batch-0001.parquet",
        "from rows union all "
        "(select * replace ((char_start::integer - 1)::varchar as char_start, null as same_fact_as, "
        "'1' || as_reported as as_reported) from rows where hedge_printed is null limit 1)",
    )

    assert any("figures apart from each other" in problem for problem in problems(copied))


def test_a_circle_of_parts_is_refused(copied: Path) -> None:
    rewrite(
        copied / "batch-0001.parquet",
        """
        with pair as (
            select document_id, min_by(document_id || '@' || char_start, char_start::integer) as first,
                max_by(document_id || '@' || char_start, char_start::integer) as last
            from rows
            group by document_id
            order by document_id
            limit 1
        )
        select rows.* replace (
            case document_id || '@' || char_start when first then last when last then first else subset_of end
            as subset_of)
        from rows left join pair using (document_id)
        """,
    )

    assert any("no circle" in problem for problem in problems(copied))


def test_a_batch_that_is_written_anew_during_the_build_is_noticed(copied: Path) -> None:
    report = gate(copied)
    assert changed_since(report, SEEDS) == ()

    rewrite(copied / "batch-0002.parquet", "from rows limit 10")

    (problem,) = changed_since(report, SEEDS)
    assert problem.file == "batch-0002.parquet"
