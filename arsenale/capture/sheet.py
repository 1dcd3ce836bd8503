"""Proposals as a CSV file that a person completes, one row a number.

`decision` says what becomes of a row: `figure` (its columns are those of `figures.csv`), `event` (with
`event_kind`, `parties` and `object`, as in `events.csv`), `dismiss` (with a `reason` of the list
`dismissal` in `terms.csv`), or `skip`. `reads`, `hint` and `passage` are for the person, and are not read
back.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from arsenale.capture.propose import Proposal
from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.problems import Problem, error_of
from arsenale.contracts.strict_csv import UnreadableError, read_table
from arsenale.errors import ArsenaleError
from arsenale.files import RefusedFileError, read_bytes
from arsenale.settings import Settings

EVENT_COLUMNS = ("event_kind", "parties", "object")
FOR_THE_EYE = ("reads", "hint", "passage")
COLUMNS = ("decision", "reason", *SEED_OF["figures"].column_names, *EVENT_COLUMNS, *FOR_THE_EYE)


@dataclass(frozen=True)
class Line:
    """A row of the file.

    Attributes:
        line: Where it begins.
        cells: Its text, by column.
    """

    line: int
    cells: dict[str, str]


def as_csv(proposals: Iterable[Proposal], text: str, *, passages: bool) -> str:
    """Return proposals as CSV.

    Args:
        proposals: In text order.
        text: Of the document.
        passages: Whether each row carries its sentence: other people's words, which stay out of the project.
    """
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for one in proposals:
        sentence = _seen(text[one.place.start : one.place.end]) if passages else ""
        writer.writerow(
            {"decision": one.decision, **one.cells}
            | {"reads": _seen(one.reads), "hint": "; ".join(one.hints), "passage": sentence}
        )
    return sheet.getvalue()


def write_sheet(path: Path, proposals: Iterable[Proposal], text: str, settings: Settings) -> bool:
    """Write proposals to a file that is not there yet.

    Returns:
        Whether it carries the sentences: not inside the project, which holds nobody's words.

    Raises:
        ArsenaleError: The file is there already, or cannot be written.
    """
    passages = not path.resolve().is_relative_to(settings.home)
    content = as_csv(proposals, text, passages=passages)
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(content)
    except FileExistsError:
        raise ArsenaleError(
            f"{path} is there already, and nothing is overwritten",
            remedy="name another file, or move it away",
        ) from None
    except OSError as error:
        raise ArsenaleError(f"cannot write {path}: {error.strerror or error}") from error
    return passages


def read_sheet(path: Path) -> list[Line]:
    """Return the rows of a completed file, its columns in any order.

    Raises:
        ArsenaleError: It is no such file, with everything that is wrong with its form.
    """
    try:
        table = read_table(path.name, read_bytes(path))
    except RefusedFileError as error:
        raise ArsenaleError(f"{path}: {error}") from None
    except UnreadableError as error:
        raise error_of("proposals", error.problems, kind="file") from None
    optional = (*EVENT_COLUMNS, *FOR_THE_EYE)
    missing = [name for name in COLUMNS if name not in table.header and name not in optional]
    extra = [name for name in table.header if name not in COLUMNS]
    problems = [
        *(Problem(path.name, 1, name, "no such column", f"the column {name}", "add it") for name in missing),
        *(Problem(path.name, 1, name, f"the column {name!r}", "a known one", "delete it") for name in extra),
    ]
    if problems:
        raise error_of("proposals", problems, kind="file")
    return [
        Line(row.line, dict.fromkeys(COLUMNS, "") | dict(zip(table.header, row.cells, strict=True)))
        for row in table.rows
    ]


def _seen(text: str) -> str:
    """Return text on one line, without the characters that no seed and no sheet holds."""
    joined = " ".join(text.split())
    return "".join(letter for letter in joined if unicodedata.category(letter)[0] != "C")
