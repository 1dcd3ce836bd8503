"""Handing dbt exactly what was validated.

dbt-duckdb loads a seed by the position of its columns, and whatever is on disk when its turn comes. So the
build hands it a private copy, in canonical form and written from the records in memory, and looks afterwards
whether somebody edited a seed meanwhile.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from arsenale.contracts.batches import stamp_of
from arsenale.contracts.gate import GateReport
from arsenale.contracts.problems import Problem
from arsenale.contracts.safe_file import RefusedFileError, read_bytes, sha256
from arsenale.contracts.seed_files import SeedFile
from arsenale.errors import ArsenaleError


def write_canonical_seeds(report: GateReport, folder: Path) -> dict[str, str]:
    """Write the validated seeds: columns in canonical order, UTF-8, LF, no byte order mark.

    The folder takes the place of `seeds/` as dbt's seed path; `copy_properties` brings the YAML along.

    Args:
        report: A report without problems.
        folder: A folder that does not exist yet or is empty; no quote in its path, since dbt-duckdb puts that
            into SQL as it is.

    Returns:
        SHA-256 of each written file, by its name: a logical digest, since it depends on the cells alone.

    Raises:
        ArsenaleError: If the report has problems, or the folder cannot be used.
    """
    report.raise_problems()
    if "'" in str(folder) or ".." in folder.parts:
        raise ArsenaleError(f"gate: {str(folder)!r} holds a quote or '..'", remedy="build in another folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ArsenaleError(f"gate: {folder} is not empty", remedy="hand over an empty folder")
    digests = {}
    for file in report.files.values():
        content = canonical_bytes(file)
        (folder / file.seed.file).write_bytes(content)
        digests[file.seed.file] = sha256(content)
    return digests


def copy_properties(seeds: Path, folder: Path) -> None:
    """Copy dbt's YAML, the types and descriptions of columns, from beside the seeds to the private copy.

    Raises:
        ArsenaleError: If a file is none that is read.
    """
    for source in sorted(seeds.glob("*.yml")):
        try:
            (folder / source.name).write_bytes(read_bytes(source))
        except RefusedFileError as error:
            raise ArsenaleError(f"gate: {source.name}: {error}") from None


def canonical_bytes(file: SeedFile) -> bytes:
    """Return a seed in its canonical form."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(file.seed.column_names)
    writer.writerows(row.cells.values() for row in file.records)
    return text.getvalue().encode("utf-8")


def changed_since(report: GateReport, folder: Path) -> tuple[Problem, ...]:
    """Return the seeds and batches that are no longer what was gated: edited, replaced or removed."""
    problems = []
    for name, gated in report.digests.items():
        try:
            found = sha256(read_bytes(folder / name))
        except RefusedFileError as error:
            found = error.found
        if found != gated:
            problems.append(
                Problem(
                    name, 0, "", found[:16], f"{gated[:16]} as gated", "finish the edit, then build again"
                )
            )
    problems.extend(
        Problem(batch.file.name, 0, "", "another file", "the batch as gated", "let it be, then build again")
        for batch in report.batches
        if stamp_of(batch.file) != batch.stamp
    )
    return tuple(problems)
