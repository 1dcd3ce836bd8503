"""The gate as a whole: all problems at once, nothing switched off, and what it read is what dbt loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pandera.polars as pa
import polars as pl
import pytest
from pandera.config import config_context

from arsenale.contracts import (
    GateReport,
    changed_since,
    check_seeds,
    refuse_disabled_validation,
    schemas,
)
from arsenale.contracts.declarations import SEED_OF, SEEDS
from arsenale.errors import ArsenaleError

PROJECT = Path(__file__).parents[2]


def test_all_problems_of_all_files_come_at_once_in_order_and_in_one_error(seeds) -> None:
    seeds.add_figure("1_000", start=1000, status="repoted")
    seeds.write("party_aliases", "alias,party_id\nTurkey,TUR,\n")
    seeds.replace("deals", "frigates,signed,deal-a", "frigates,sined,deal-a")
    with pytest.raises(ArsenaleError) as caught:
        seeds.report().raise_problems()
    first, *others = str(caught.value).splitlines()
    assert first == "gate: 4 problems in 3 seed files"
    assert [line.split(": found")[0].strip() for line in others] == [
        "deals.csv:3:status",
        "figures.csv:6:as_reported",
        "figures.csv:6:status",
        "party_aliases.csv:2:party_id",
    ]


def test_one_problem_is_counted_in_the_singular(seeds) -> None:
    seeds.replace("parties", "country,TUR", "country,")
    assert str(seeds.report().error()).startswith("gate: 1 problem in 1 seed file\n")


def test_a_clean_report_raises_nothing_and_counts_rows_and_digests(seeds) -> None:
    report = seeds.report()
    report.raise_problems()
    assert set(report.rows) == set(SEED_OF)
    assert set(report.digests) == {seed.file for seed in SEEDS}


def test_a_damaged_list_is_said_once_and_not_by_every_cell_that_uses_it(seeds) -> None:
    seeds.write("terms", "list,term\n")
    assert all(place.startswith("terms.csv") for place in seeds.places())


@pytest.mark.failure(6)
@pytest.mark.parametrize("seed", [seed.name for seed in SEEDS if not seed.may_be_empty])
def test_a_seed_cut_to_its_header_one_row_or_half_is_refused(seeds, seed: str) -> None:
    seeds.write(
        "minimum_rows", "seed,rows\n" + "".join(f"{name},{n}\n" for name, n in seeds.report().rows.items())
    )
    header, *rows = seeds.file(seed).read_text().splitlines(keepends=True)
    for kept in {0, 1, len(rows) // 2} - {len(rows)}:
        seeds.write(seed, "".join([header, *rows[:kept]]))
        assert any(problem.startswith(f"{seed}.csv") for problem in seeds.problems()), kept


# --- Validation cannot be switched off


@pytest.mark.parametrize(
    ("name", "value", "refused"),
    [
        ("PANDERA_VALIDATION_ENABLED", "False", True),
        ("PANDERA_VALIDATION_ENABLED", "TRUE", True),
        ("PANDERA_VALIDATION_ENABLED", "", True),
        ("PANDERA_VALIDATION_ENABLED", "True", False),
        ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY", True),
        ("PANDERA_VALIDATION_DEPTH", "DATA_ONLY", True),
        ("PANDERA_VALIDATION_DEPTH", "SCHEMA_AND_DATA", False),
        ("PANDERA_USE_NARWHALS_BACKEND", "True", True),
        ("PANDERA_CACHE_DATAFRAME", "True", False),
        ("PANDERA_SOMETHING_NEW", "1", True),
        ("PANDAS_ANYTHING", "False", False),
    ],
)
def test_an_environment_that_weakens_validation_is_refused(name: str, value: str, refused: bool) -> None:
    if not refused:
        refuse_disabled_validation({name: value})
        return
    with pytest.raises(ArsenaleError) as caught:
        refuse_disabled_validation({name: value})
    assert caught.value.details == [f"{name}={value!r}"]
    assert caught.value.remedy == f"unset {name}"


def test_the_gate_asks_the_environment_before_it_reads(seeds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANDERA_VALIDATION_ENABLED", "False")
    with pytest.raises(ArsenaleError, match="weakens or switches off validation"):
        seeds.report()


def test_pandera_switched_off_in_process_is_noticed_by_a_frame_that_must_fail(seeds) -> None:
    with (
        config_context(validation_enabled=False),
        pytest.raises(ArsenaleError, match="passes a frame that is"),
    ):
        seeds.report()


def test_rows_that_were_not_validated_are_a_problem(seeds, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = schemas.frame_of
    monkeypatch.setattr(schemas, "frame_of", lambda file: whole(file).head(1))
    assert (
        "figures.csv: found 1 rows validated, expected 4 rows read; report this as a bug" in seeds.problems()
    )


def test_schemas_are_strict_ordered_without_coercion_and_of_text_alone(seeds) -> None:
    files = seeds.report().files
    for file in files.values():
        schema = schemas.schema_of(file.seed, schemas.Choices(files), 1)
        assert (schema.strict, schema.ordered, schema.coerce) == (True, True, False)
        frame = schemas.frame_of(file)
        assert set(frame.dtypes) == {pl.String}
        for spoilt in (
            frame.rename({frame.columns[0]: "other"}),
            frame.select(reversed(frame.columns)),
            frame.with_columns(extra=pl.lit("x")),
            frame.drop(frame.columns[-1]),
            frame.with_columns(pl.lit(1).alias(frame.columns[0])),
            frame.clear(),
        ):
            # Polars itself stumbles over a frame that lacks a key column, in Pandera's check of the key.
            with pytest.raises((pa.errors.SchemaErrors, pl.exceptions.PolarsError)):
                schema.validate(spoilt, lazy=True)


# --- What dbt loads


def test_the_golden_cells_are_read_as_they_stand_and_loaded_as_they_were_read(seeds) -> None:
    golden = [
        "007",
        "NA",
        "null",
        "None",
        "2022-02-30",
        "03/04/2022",
        "0.00005",
        "1e5",
        'a "b", c',
        "due\nrighe",
    ]
    for number, cell in enumerate(golden):
        seeds.add("operations", operation_id=f"op-{number}", name=cell, note="" if number % 2 else "x")
    report = seeds.report()
    assert report.problems == ()
    assert [row["name"] for row in report.files["operations"].records[1:]] == golden
    assert loaded(seeds.path) == read(report)


def read(report: GateReport) -> dict[str, list[dict[str, str | None]]]:
    """Return the cells that the gate read, an empty one as dbt loads it."""
    return {
        name: [{column: cell or None for column, cell in row.cells.items()} for row in file.records]
        for name, file in report.files.items()
    }


def loaded(folder: Path) -> dict[str, list[dict[str, str | None]]]:
    """Load the seeds with the statement of dbt-duckdb 1.11.1: by position, into the header's columns."""
    rows = {}
    with duckdb.connect() as connection:
        for name in SEED_OF:
            file = folder / f"{name}.csv"
            header = file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
            columns = ", ".join(f'"{column}" varchar' for column in header)
            connection.execute(f'create table "{name}" ({columns})')
            connection.execute(f"COPY \"{name}\" FROM '{file}' (FORMAT CSV, HEADER TRUE, DELIMITER ',')")
            found = connection.execute(f'from "{name}"').fetchall()
            rows[name] = [dict(zip(header, row, strict=True)) for row in found]
    return rows


def test_byte_order_mark_line_ends_and_column_order_leave_the_cells_alone(seeds) -> None:
    plain = read(seeds.report())
    for seed in SEEDS:
        content = seeds.file(seed.name).read_bytes()
        seeds.write(seed.name, b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    seeds.write("party_aliases", "party_id,alias\nTUR,Turkey\n")
    assert read(seeds.report()) == plain
    assert loaded(seeds.path) == plain


@pytest.mark.parametrize(
    "environment", [{"TZ": "Pacific/Kiritimati"}, {"LANG": "tr_TR.UTF-8"}, {"LC_ALL": "C"}]
)
def test_neither_time_zone_nor_language_changes_what_is_read(seeds, environment) -> None:
    seeds.replace("parties", "Italy", "Ìtalià")
    code = (
        "import sys; from pathlib import Path; from arsenale.contracts import *;"
        "report = check_seeds(Path(sys.argv[1]));"
        "print(ascii({n: [r.cells for r in f.records] for n, f in report.files.items()}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(seeds.path)],
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    files = seeds.report().files
    assert run.stdout.strip() == ascii({name: [row.cells for row in files[name].records] for name in files})


def test_a_seed_edited_or_removed_during_the_build_is_noticed(seeds) -> None:
    report = seeds.report()
    assert changed_since(report, seeds.path) == ()
    seeds.replace("parties", "Italy", "Italia")
    seeds.file("units").unlink()
    assert [problem.file for problem in changed_since(report, seeds.path)] == ["parties.csv", "units.csv"]
    assert "finish the edit, then build again" in str(changed_since(report, seeds.path)[0])


# --- The project's own seeds


def test_importing_the_gate_does_not_import_pandera_or_polars() -> None:
    code = (
        "import sys, arsenale.contracts, arsenale.documents; print({'pandera', 'polars'} & set(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout == "set()\n"


def test_the_seeds_of_the_project_pass() -> None:
    assert [str(problem) for problem in check_seeds(PROJECT / "seeds").problems] == []
