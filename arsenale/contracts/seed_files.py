"""From the folder of seeds to records with cells by name, and the digest of each file as it was read."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from arsenale.contracts.cells import WHOLE
from arsenale.contracts.declarations import SEEDS, Seed
from arsenale.contracts.problems import Problem, quote
from arsenale.contracts.strict_csv import Table, UnreadableError, read_table
from arsenale.files import RefusedFileError, read_bytes, sha256


@dataclass(frozen=True)
class Record:
    """A row, its cells by name.

    Attributes:
        line: Line of the file on which it begins.
        cells: Every declared column, in canonical order; an empty cell is an empty string.
    """

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the text of a cell."""
        return self.cells[column]

    def whole(self, column: str) -> int | None:
        """Return a cell as a whole number, or None where its shape, which is judged elsewhere, is another."""
        cell = self.cells[column]
        return int(cell) if re.fullmatch(WHOLE.pattern, cell) else None


@dataclass(frozen=True)
class SeedFile:
    """A seed that was read, its shape not judged yet.

    Attributes:
        seed: Its contract.
        records: Its rows, in the order of the file.
        sha256: Digest of the bytes that were read.
    """

    seed: Seed
    records: tuple[Record, ...]
    sha256: str

    def problem(self, record: Record, column: str, expected: str, remedy: str, found: str = "") -> Problem:
        """Return a problem of one cell; `found` defaults to the cell itself."""
        shown = found or quote(record[column])
        return Problem(self.seed.file, record.line, column, shown, expected, remedy)


def read_seed(folder: Path, seed: Seed) -> SeedFile:
    """Return the records of one seed.

    Raises:
        UnreadableError: If it is no regular file of a bounded size, has not one reading, or other columns.
    """
    try:
        content = read_bytes(folder / seed.file)
    except RefusedFileError as error:
        problem = Problem(seed.file, 0, "", error.found, error.expected, error.remedy)
        raise UnreadableError(problem) from None
    table = read_table(seed.file, content, may_be_empty=seed.may_be_empty)
    if problems := list(_wrong_columns(table, seed)):
        raise UnreadableError(*problems)
    return SeedFile(seed, tuple(_records(table, seed)), sha256(content))


def read_seeds(folder: Path) -> tuple[dict[str, SeedFile], list[Problem]]:
    """Return every seed that could be read, by name, and what is wrong with the others and the folder."""
    files: dict[str, SeedFile] = {}
    problems = list(_strangers(folder))
    for seed in SEEDS:
        try:
            files[seed.name] = read_seed(folder, seed)
        except UnreadableError as error:
            problems.extend(error.problems)
    return files, problems


def closest(word: str, words: Iterable[str]) -> str:
    """Return the word that was probably meant, or an empty string."""
    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=0.7)), "")


def _records(table: Table, seed: Seed) -> Iterator[Record]:
    position = {name: index for index, name in enumerate(table.header)}
    for row in table.rows:
        yield Record(row.line, {name: row.cells[position[name]] for name in seed.column_names})


def _wrong_columns(table: Table, seed: Seed) -> Iterator[Problem]:
    """Yield what the header lacks or has too much. Its order is free: cells are taken by name."""
    missing = [name for name in seed.column_names if name not in table.header]
    extra = [name for name in table.header if name not in seed.column_names]
    for name in extra:
        meant = closest(name, missing)
        if meant:
            missing.remove(meant)
        remedy = f"write {meant}" if meant else "delete the column, or declare it in arsenale/contracts"
        expected = f"the column {meant}" if meant else f"only the columns {', '.join(seed.column_names)}"
        yield Problem(table.name, 1, name, f"the column {quote(name)}", expected, remedy)
    for name in missing:
        yield Problem(table.name, 1, name, "no such column", f"the column {name}", "add it to the header")


def _strangers(folder: Path) -> Iterator[Problem]:
    """Yield the CSV files that no contract knows: dbt would load them unseen."""
    known = {seed.file for seed in SEEDS}
    for place, _, names in os.walk(folder):
        for name in names:
            stranger = name if Path(place) == folder else str(Path(place, name).relative_to(folder))
            if name.lower().endswith(".csv") and stranger not in known:
                meant = closest(stranger, known)
                remedy = (
                    f"rename it to {meant}" if meant else "delete it, or declare it in arsenale/contracts"
                )
                yield Problem(repr(stranger), 0, "", "a file without a contract", "a declared seed", remedy)
