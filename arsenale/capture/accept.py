"""What a person decided, into the seeds: each row is held to the text and the gate, and all go in or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from arsenale.capture.coverage import accounts
from arsenale.capture.propose import DECISIONS, DISMISS, EVENT, FIGURE, SKIP
from arsenale.capture.sheet import Line
from arsenale.contracts.declarations import SEED_OF
from arsenale.contracts.problems import Problem, error_of, in_order, quote
from arsenale.contracts.span_rules import PRINTED
from arsenale.documents.registry import Document, read_or_raise
from arsenale.documents.seed_rows import Cells, RefusedRowsError, add_rows
from arsenale.settings import Settings

SEED_OF_DECISION = {FIGURE: "figures", EVENT: "events", DISMISS: "dismissed"}
_RENAMED = {"events": {"kind": "event_kind", "same_event_as": "same_fact_as"}}
"""Columns of a seed that have another name among proposals."""


@dataclass(frozen=True)
class Accepted:
    """How many rows were written.

    Attributes:
        rows: By seed.
        left: How many numbers of the document nothing accounts for now.
    """

    rows: Mapping[str, int]
    left: int


def accept(
    settings: Settings, document: Document, text: str, lines: Sequence[Line], name: str = "proposals"
) -> Accepted:
    """Write decided rows into the seeds.

    Args:
        settings: Where the seeds are.
        document: The document that all of them stand in.
        text: Its text.
        lines: The rows.
        name: Of their file, for messages.

    Raises:
        ArsenaleError: With everything that is wrong, by line of the file; nothing was written.
    """
    decided = [line for line in lines if line.cells["decision"] not in (SKIP, "")]
    rows: dict[str, list[Cells]] = {}
    origin: dict[tuple[str, str], Line] = {}
    for line in decided:
        if seed := SEED_OF_DECISION.get(line.cells["decision"]):
            rows.setdefault(seed, []).append(_row(seed, line.cells))
            origin[SEED_OF[seed].file, line.cells["char_start"]] = line
    problems = list(_problems(settings, document, text, decided, name))
    try:
        add_rows(settings, rows, write=not problems)
    except RefusedRowsError as error:
        said = {(problem.line, problem.column) for problem in problems}
        found = (_at_its_line(problem, error, origin, name) for problem in error.problems)
        # A number that is accounted for is the same key twice to the gate: once is enough.
        problems += [one for one in found if one.file != name or (one.line, one.column) not in said]
    if problems:
        raise error_of("capture", in_order(problems), kind="file")
    return Accepted(
        rows={seed: len(added) for seed, added in rows.items()},
        left=len(unaccounted(settings, document)),
    )


def unaccounted(settings: Settings, document: Document) -> list[tuple[int, int]]:
    """Return the spans of a document's numbers that nothing accounts for."""
    found = accounts(settings).get(document.document_id, [])
    return [(one.mention.char_start, one.mention.char_end) for one in found if one.outcome == "unaccounted"]


def _row(seed: str, cells: Mapping[str, str]) -> Cells:
    renamed = _RENAMED.get(seed, {})
    return {column: cells.get(renamed.get(column, column), "") for column in SEED_OF[seed].column_names}


def _problems(
    settings: Settings, document: Document, text: str, lines: Iterable[Line], name: str
) -> Iterator[Problem]:
    """Yield what the gate cannot see: decisions, the text itself, and numbers that are accounted for."""
    taken = _taken(settings, document)
    for line in lines:
        decision = line.cells["decision"]
        if decision not in DECISIONS:
            yield _problem(name, line, "decision", f"one of {', '.join(DECISIONS)}", "write one of them")
        elif line.cells["document_id"] != document.document_id:
            yield _problem(name, line, "document_id", document.document_id, "accept it for its own document")
        else:
            yield from _differs(text, line, name)
            yield from _met(taken, line, name)


def _taken(settings: Settings, document: Document) -> list[tuple[int, int, str]]:
    return [
        (start, end, f"{seed}.csv:{row.line}")
        for seed in SEED_OF_DECISION.values()
        for row in read_or_raise(settings, seed).records
        if row["document_id"] == document.document_id
        and (start := row.whole("char_start")) is not None
        and (end := row.whole("char_end")) is not None
    ]


def _differs(text: str, line: Line, name: str) -> Iterator[Problem]:
    """Yield each printed text that does not stand where the row says."""
    for column, offset in ({"as_reported": "char_start"} | PRINTED).items():
        printed, start = line.cells[column], line.cells[offset]
        if not printed or not (start.isascii() and start.isdecimal()):
            continue  # An empty or malformed cell is the gate's concern.
        found = text[int(start) : int(start) + len(printed)]
        if found != printed:
            near = text.find(printed, max(0, int(start) - 200))
            remedy = f"it stands at {near}: correct {offset}" if near >= 0 else "copy it from the text"
            shown = f"{quote(found)} at {start}"
            yield Problem(name, line.line, column, shown, quote(printed), remedy)


def _met(taken: Sequence[tuple[int, int, str]], line: Line, name: str) -> Iterator[Problem]:
    start, end = line.cells["char_start"], line.cells["char_end"]
    if not (start.isdecimal() and end.isdecimal()):
        return
    for first, last, place in taken:
        if int(start) < last and first < int(end):
            found = f"a number that {place} accounts for"
            remedy = "write skip, or mend that row by hand"
            yield Problem(name, line.line, "char_start", found, "one that nothing accounts for", remedy)


def _problem(name: str, line: Line, column: str, expected: str, remedy: str) -> Problem:
    return Problem(name, line.line, column, quote(line.cells[column]), expected, remedy)


def _at_its_line(
    problem: Problem, error: RefusedRowsError, origin: Mapping[tuple[str, str], Line], name: str
) -> Problem:
    """Return a problem of the gate at the line of the proposals that it comes from, or as it is."""
    row = error.rows.get((problem.file, problem.line))
    line = origin.get((problem.file, row.get("char_start", ""))) if row else None
    if line is None:
        return problem
    seed = problem.file.removesuffix(".csv")
    column = _RENAMED.get(seed, {}).get(problem.column, problem.column)
    return Problem(name, line.line, column, problem.found, problem.expected, problem.remedy)
