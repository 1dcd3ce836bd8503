"""Reading a seed file: bytes to text to rows, each with the line it begins on, and nothing guessed.

The standard `csv` module is too kind for a gate: it takes a quote inside an unquoted cell as text, knows
no columns of a damaged line, and says nothing of short rows. DuckDB and dbt are kinder still. Here a file has
one reading or none:

- UTF-8, with or without byte order mark; lines end in LF or in CRLF, the same throughout;
- a cell is either free of quotes, commas and line ends, or wholly in quotes with inner quotes doubled;
- every row is as wide as the header; no row is blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from arsenale.contracts.problems import Problem, quote

MAX_CELL = 1_000_000
"""Longest cell, in characters."""

_SHOWN = 20
"""So many unseen characters are listed: a binary file would list millions."""

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# Possessive, so that an unclosed quote in a large file costs one pass and no backtracking.
_INSIDE = r'"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"'
_QUOTED = re.compile(_INSIDE)
_CELL = re.compile(rf'(?:{_INSIDE}|(?P<plain>[^",\n]*+))(?P<end>,|\n|\Z)')
_SUSPECT = re.compile(r"[^\t\n\x20-\x7e]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that no seed holds: controls, zero-width and bidirectional marks, unassigned."""


@dataclass(frozen=True)
class Row:
    """One record of a file.

    Attributes:
        line: Line on which it begins, the header being 1.
        cells: Its text, cell by cell.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file that has exactly one reading.

    Attributes:
        name: Name of the file.
        header: Names of the columns as written.
        rows: Every record below the header, each as wide as the header.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


class UnreadableError(Exception):
    """The file has no single reading; `problems` says why, everything that can be told at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def read_table(name: str, content: bytes, *, may_be_empty: bool = False) -> Table:
    """Return the rows of a file.

    Args:
        name: Name of the file, for the messages.
        content: Its bytes.
        may_be_empty: Whether the header alone will do.

    Raises:
        UnreadableError: With every problem of the first stage that fails: encoding, characters, cells, width.
    """
    text = _decode(name, content)
    if unseen := list(islice(_unseen(text), _SHOWN)):
        raise UnreadableError(*(_unseen_character(name, text, match.start()) for match in unseen))
    header, *rows = _split(name, text) or [Row(1, ())]
    if problems := list(_wrong_header(name, header)):
        raise UnreadableError(*problems)
    if not rows and not may_be_empty:
        problem = Problem(name, 1, "", "a header and no rows", "rows below the header", "restore the rows")
        raise UnreadableError(problem)
    if problems := list(_wrong_rows(name, header.cells, rows)):
        raise UnreadableError(*problems)
    return Table(name, header.cells, tuple(rows))


def _decode(name: str, content: bytes) -> str:
    """Return the text with LF line ends and without byte order mark."""
    if content.startswith(_UTF16) or b"\0" in content[:2]:
        raise UnreadableError(Problem(name, 0, "byte 0", "UTF-16", "UTF-8", "save the file as UTF-8"))
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + (len(_BOM) if content.startswith(_BOM) else 0)
        line = content.count(b"\n", 0, offset) + 1
        found = f"the byte 0x{content[offset]:02x}, not UTF-8 (cp1252 or another encoding)"
        problem = Problem(name, line, f"byte {offset}", found, "UTF-8", "save the file as UTF-8")
        raise UnreadableError(problem) from None
    return _with_one_line_end(name, text)


def _with_one_line_end(name: str, text: str) -> str:
    crlf, lf, cr = text.count("\r\n"), text.count("\n"), text.count("\r")
    if cr > crlf:
        offset = re.search(r"\r(?!\n)", text)
        found = "a carriage return without a line feed"
    elif crlf and lf > crlf:
        offset = re.search(r"(?<!\r)\n" if crlf > lf - crlf else r"\r\n", text)
        found = f"mixed line ends ({crlf} CRLF, {lf - crlf} LF)"
    else:
        return text.replace("\r\n", "\n")
    start = offset.start() if offset else 0
    line = text.count("\n", 0, start) + 1
    remedy = "save the file with one line end"
    raise UnreadableError(Problem(name, line, f"offset {start}", found, "LF or CRLF throughout", remedy))


def unseen_characters(text: str) -> list[str]:
    """Return the characters of a text that cannot be seen."""
    return [match.group() for match in _unseen(text)]


def _unseen(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _SUSPECT.finditer(text) if unicodedata.category(found.group()) in _UNSEEN)


def _unseen_character(name: str, text: str, offset: int) -> Problem:
    character = text[offset]
    title = unicodedata.name(character, "control character")
    line, column = _place(text, offset)
    return Problem(
        name,
        line,
        f"character {column}",
        f"U+{ord(character):04X} ({title.lower()})",
        "characters that can be seen",
        "delete it",
    )


def _split(name: str, text: str) -> list[Row]:
    """Return the rows as written, widths unchecked; a line without anything is a row without cells.

    Raises:
        UnreadableError: For an unclosed quote, text after a quote, a quote inside a cell, or a cell too long.
    """
    rows: list[Row] = []
    cells: list[str] = []
    at, start, line = 0, 0, 1
    while at < len(text):
        match = _CELL.match(text, at)
        if match is None:
            raise _stray_quote(name, text, at)
        cells.append(_cell(name, text, match))
        at = match.end()
        if match["end"] == "," and at < len(text):
            continue
        if match["end"] == ",":
            cells.append("")
        rows.append(Row(line, () if text[start:at] == "\n" else tuple(cells)))
        line += text.count("\n", start, at)
        start, cells = at, []
    return rows


def _cell(name: str, text: str, match: re.Match[str]) -> str:
    quoted = match["quoted"]
    cell = match["plain"] if quoted is None else quoted.replace('""', '"')
    if len(cell) > MAX_CELL:
        line, column = _place(text, match.start())
        found = f"a cell of {len(cell):,} characters"
        remedy = "look for a quote that is closed too late"
        raise UnreadableError(
            Problem(name, line, f"character {column}", found, f"at most {MAX_CELL:,}", remedy)
        )
    return cell


def _stray_quote(name: str, text: str, at: int) -> UnreadableError:
    """Return the refusal of the cell that begins at `at`, placed at the quote to look at."""
    quoted = _QUOTED.match(text, at)
    if quoted:
        at = quoted.end()
        found, expected = f"{quote(text[at])} after a closing quote", "a comma or a line end"
        remedy = 'double every quote inside the cell: ""'
    elif text[at] == '"':
        found, expected = "a quote that is never closed", "a closing quote"
        remedy = "close it, or double it if it is text"
    else:
        at = text.index('"', at)
        found, expected = "a quote inside an unquoted cell", "a cell wholly in quotes"
        remedy = 'put the cell in quotes and double the inner ones: ""'
    line, column = _place(text, at)
    return UnreadableError(Problem(name, line, f"character {column}", found, expected, remedy))


def _wrong_header(name: str, header: Row) -> Iterator[Problem]:
    if not header.cells:
        yield Problem(name, 0, "", "an empty file", "a header and rows", "restore the file")
        return
    if len(header.cells) == 1 and ";" in header.cells[0]:
        yield Problem(name, 1, "", "semicolons", "commas between cells", "save the file comma separated")
        return
    for position, title in enumerate(header.cells, start=1):
        if title != title.strip():
            yield Problem(name, 1, title.strip(), quote(title), quote(title.strip()), "delete the blanks")
        elif not title:
            found = f"no name for column {position}"
            yield Problem(name, 1, "", found, "a name", "delete the trailing comma, or name the column")
        elif title in header.cells[: position - 1]:
            yield Problem(name, 1, title, f"{quote(title)} twice", "each column once", "delete one of them")


def _wrong_rows(name: str, header: tuple[str, ...], rows: list[Row]) -> Iterator[Problem]:
    width = len(header)
    for row in rows:
        cells = len(row.cells)
        if not cells:
            yield Problem(name, row.line, "", "a blank row", f"{width} cells", "delete the line")
        elif cells < width:
            remedy = "add the missing cells, or mend a line break in the row"
            yield Problem(name, row.line, header[cells], f"{cells} of {width} cells", "all of them", remedy)
        elif cells > width:
            remedy = "delete the trailing comma, or put a cell with a comma in quotes"
            yield Problem(name, row.line, header[-1], f"{cells} cells", f"{width}", remedy)


def _place(text: str, offset: int) -> tuple[int, int]:
    """Return line and character within the line, both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
