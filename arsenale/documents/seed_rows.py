"""Writing seeds: rows are added, all of them or none, and no row that is there is touched.

Whoever adds rows holds a lock on the folder, the whole of the seeds passes the gate before a byte changes,
and each file is replaced in one step. The minimum of rows rises with what is added, so that what was
captured cannot be lost unseen.
"""

from __future__ import annotations

import csv
import fcntl
import io
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from arsenale.contracts import check_seeds
from arsenale.contracts.declarations import SEED_OF, Seed
from arsenale.contracts.problems import Problem
from arsenale.contracts.seed_files import SeedFile
from arsenale.documents.registry import read_or_raise
from arsenale.errors import ArsenaleError
from arsenale.files import replaced
from arsenale.settings import Settings

Cells = Mapping[str, str]
"""A row: text by column; a column that is not named is empty."""

MINIMUMS = "minimum_rows"
_PLACED = ("figures", "events", "dismissed", "mentions")
"""Seeds whose rows stand in the order of the text; rows are added to others at the end."""


@dataclass
class RefusedRowsError(ArsenaleError):
    """The gate would not let the seeds through with the rows.

    Attributes:
        problems: Everything that it found.
        rows: The added row at a file and line of the seeds as they would be, by both.
    """

    problems: tuple[Problem, ...] = ()
    rows: Mapping[tuple[str, int], Cells] = field(default_factory=dict)


def add_rows(settings: Settings, additions: Mapping[str, Sequence[Cells]], *, write: bool = True) -> None:
    """Add rows to seeds.

    Args:
        settings: Where the seeds are.
        additions: Rows by the name of their seed. Files are replaced in this order.
        write: Without it the rows are only held to the gate.

    Raises:
        RefusedRowsError: The seeds would not pass the gate; nothing was written.
        ArsenaleError: A seed cannot be read or written.
    """
    additions = {name: rows for name, rows in additions.items() if rows}
    with _only_writer(settings):
        files = {name: read_or_raise(settings, name) for name in additions}
        contents = {name: _content(file.seed, _merged(file, additions[name])) for name, file in files.items()}
        counts = {name: len(rows) for name, rows in additions.items()}
        contents[MINIMUMS] = _raised(read_or_raise(settings, MINIMUMS), counts)
        _gate(settings, contents, additions)
        for name, content in contents.items() if write else ():
            with replaced(settings.seeds / SEED_OF[name].file, durable=True) as draft:
                draft.write_bytes(content)


def replace_rows(settings: Settings, name: str, rows: Sequence[Cells]) -> None:
    """Replace a seed that a machine writes, and set its minimum of rows to what it holds.

    Not gated: it is how a seed that the gate refuses is mended.

    Raises:
        ArsenaleError: The minimums cannot be read, or the folder not written.
    """
    with _only_writer(settings):
        minimums = read_or_raise(settings, MINIMUMS)
        stated = {row["seed"]: row.whole("rows") or 0 for row in minimums.records}
        contents = {
            name: _content(SEED_OF[name], rows),
            MINIMUMS: _raised(minimums, {name: len(rows) - stated.get(name, 0)}),
        }
        for each, content in contents.items():
            with replaced(settings.seeds / SEED_OF[each].file, durable=True) as draft:
                draft.write_bytes(content)


@contextmanager
def _only_writer(settings: Settings) -> Iterator[None]:
    """Hold the folder's lock; the kernel frees it with the process."""
    descriptor = os.open(settings.seeds, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _merged(file: SeedFile, added: Sequence[Cells]) -> list[Cells]:
    """Return the rows of a seed with the added ones in their places."""
    rows: list[Cells] = [row.cells for row in file.records]
    if file.seed.name not in _PLACED:
        return [*rows, *added]
    for row in added:
        rows.insert(_place(rows, row), row)
    return rows


def _place(rows: Sequence[Cells], row: Cells) -> int:
    """Return where a row goes: behind the rows of its document that stand before it in the text."""
    same = [n for n, other in enumerate(rows) if other["document_id"] == row["document_id"]]
    before = [n for n in same if _start(rows[n]) <= _start(row)]
    if before:
        return before[-1] + 1
    return same[0] if same else len(rows)


def _start(row: Cells) -> int:
    text = row.get("char_start", "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _content(seed: Seed, rows: Sequence[Cells]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(seed.column_names)
    writer.writerows([row.get(column, "") for column in seed.column_names] for row in rows)
    return text.getvalue().encode("utf-8")


def _raised(minimums: SeedFile, added: Mapping[str, int]) -> bytes:
    rows = [
        {"seed": row["seed"], "rows": str((row.whole("rows") or 0) + added.get(row["seed"], 0))}
        for row in minimums.records
    ]
    return _content(minimums.seed, rows)


def _gate(settings: Settings, contents: Mapping[str, bytes], added: Mapping[str, Sequence[Cells]]) -> None:
    """Let the seeds through the gate as they would be.

    Raises:
        RefusedRowsError: With every problem, and which added row stands where.
    """
    with TemporaryDirectory(prefix=".capture-", dir=settings.home) as name:
        folder = Path(name)
        for file in settings.seeds.glob("*.csv"):
            shutil.copyfile(file, folder / file.name, follow_symlinks=False)
        for seed, content in contents.items():
            (folder / SEED_OF[seed].file).write_bytes(content)
        report = check_seeds(folder)
    if report.problems:
        error = report.error()
        raise RefusedRowsError(
            error.message,
            error.details,
            problems=report.problems,
            rows=_lines(report.files, added),
        )


def _lines(
    files: Mapping[str, SeedFile], added: Mapping[str, Sequence[Cells]]
) -> dict[tuple[str, int], Cells]:
    """Return the added row at each file and line, by the rows' keys."""
    found = {}
    for name, rows in added.items():
        if name not in files:
            continue
        key = SEED_OF[name].key
        by_key = {tuple(row.get(column, "") for column in key): row for row in rows}
        for record in files[name].records:
            if row := by_key.get(tuple(record[column] for column in key)):
                found[SEED_OF[name].file, record.line] = row
    return found
