"""What a gate found: one `Problem` a finding, and the one error that shows them all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arsenale.errors import ArsenaleError

_SHOWN = 80
"""Longest piece of a cell that is repeated in a message, in characters."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and how to mend it.

    Attributes:
        file: Name of the file, `figures.csv`.
        line: Line of the file where the row begins, 1 being the header; 0 where the whole file is meant.
        column: The column's name, or `character 12` or `byte 90` where no column is known; may be empty.
        found: What stands there, as `quote` shows it.
        expected: What should stand there, in words.
        remedy: What to do, as an imperative.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        """Return `figures.csv:17:as_reported: found '1_000', expected ...; do ...`."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{place}: found {self.found}, expected {self.expected}; {self.remedy}"


def quote(text: str | None) -> str:
    """Return text in quotes, escaped where it would not show, and cut where it is long."""
    if not text:
        return "an empty cell"
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def error_of(gate: str, problems: Sequence[Problem], *, kind: str = "seed file") -> ArsenaleError:
    """Return the error that a person sees: a line that counts, then a line per problem.

    Args:
        gate: Who refuses: `gate`, `passages`.
        problems: At least one, in the order in which they are shown.
        kind: What the files are, in the singular.
    """
    files = len({problem.file for problem in problems})
    return ArsenaleError(
        message=f"{gate}: {_counted(len(problems), 'problem')} in {_counted(files, kind)}",
        details=[str(problem) for problem in problems],
    )


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file, line and column, each once."""
    return tuple(sorted(set(problems)))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
