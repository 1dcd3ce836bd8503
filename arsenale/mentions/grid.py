"""The layouts of tables: which lines are rows, and where their cells stand."""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_GAPS: Final = re.compile(r"\t|[ \u00a0]{2,}")
PURE: Final = re.compile(
    r"^[*_(\s]*(?P<sign>[-+−–])?\s?(?P<money>[€$£])?\s?"
    r"(?P<number>\d+(?:[.,]\d+|['’\u2009\u00a0\u202f ]\d{3}(?!\d))*)"
    r"(?:(?<!19..)(?<!20..)–\d+(?:[.,]\d+)*)?\s?"
    r"(?P<percent>%)?(?P<mark>\s?(?:\*+|†|‡|\([a-z]\)|[a-e]))?[*_)\s]*$"
)
_RULED: Final = re.compile(r"^[\s|:+=\-–—_]+$")
_CAPTION: Final = re.compile(r"(?i)[#*\s]*(?:table|tabella|tab\.|figure|figura|prospetto|box)\s")
_UNITS_NOTE: Final = re.compile(r"(?i)\s*(?:notes?|values|figures|amounts|valori|importi|dati|all|nota|in)\b")
#: A short note without a figure on what columns are in: "Spesa in miliardi di dollari".
_STATED_BELOW: Final = re.compile(r"\s*[^\W\d]+(?: [^\W\d]+){0,2} (?:are |is |sono |è )?in [^\d\n]{3,90}\s*$")
_LONGEST_LINE: Final = 1000


Splitter = Callable[[str, int], "list[Cell] | None"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its text and where it stands in the chunk."""

    text: str
    start: int


# ------------------------------------------------------------------ finding tables


def parted(chunk: str) -> str | None:
    """The chunk with the commas between the fields of delimited lines replaced; None if it has none.

    "81.2,0.5,1700" is one number to the tokeniser and three fields to its table. The replacement is as long
    as what it replaces, so that offsets hold.
    """
    if chunk.count(",") < 6 or not _COMMA_LINE.search(chunk):
        return None
    lines = chunk.splitlines(keepends=True)
    changed = False
    n = 0
    while n < len(lines):
        if lines[n].count(",") < 2 or not _delimited(lines, n, ","):
            n += 1
            continue
        count = len(_fields(lines[n], ","))
        while n < len(lines) and len(_fields(lines[n], ",")) == count and lines[n].strip():
            lines[n] = _without_commas(lines[n])
            changed = True
            n += 1
    return "".join(lines) if changed else None


_COMMA_LINE: Final = re.compile(r"^[^,\n]{0,80},[^ \n,][^,\n]{0,80},\S", re.MULTILINE)


def _without_commas(line: str) -> str:
    out, quoted = [], False
    for char in line:
        quoted ^= char == '"'
        out.append("|" if char == "," and not quoted else char)
    return "".join(out)


def layout(lines: list[str], n: int) -> Splitter | None:
    """What splits the lines of the table that begins at a line; None if none does."""
    line = lines[n]
    if len(line) > _LONGEST_LINE or not line.strip():
        return None
    if line.count("|") >= 2:
        return _piped
    for mark in (";", "\t", ","):
        if line.count(mark) >= 2 and _delimited(lines, n, mark):
            count = len(_fields(line, mark))
            return lambda text, start: _by_mark(text, start, mark, count)
    if _GAPS.search(line.strip()) and _columnar(lines, n):
        return _spaced
    return None


def _piped(line: str, start: int) -> list[Cell] | None:
    if _RULED.match(line) and line.strip():
        return []
    if line.count("|") < 2 and not (line.strip().startswith("|")):
        return None
    out, at = [], 0
    for part in line.split("|"):
        out.append(Cell(part.rstrip("\r\n"), start + at))
        at += len(part) + 1
    if out and not out[0].text.strip() and len(out[0].text) <= _INDENT:
        out = out[1:]  # the pipe opens the row; a wide blank is the empty corner of the table
    if out and not out[-1].text.strip() and line.rstrip().endswith("|"):
        out = out[:-1]
    return out


_INDENT: Final = 3


def _fields(line: str, mark: str) -> list[str]:
    """Splits a delimited line; a quoted field may hold the mark."""
    out, field, quoted = [], "", False
    for char in line.rstrip("\r\n"):
        if char == '"':
            quoted = not quoted
        if char == mark and not quoted:
            out.append(field)
            field = ""
        else:
            field += char
    out.append(field)
    return out


def _delimited(lines: list[str], n: int, mark: str) -> bool:
    """Whether three lines in a row have the same number of fields, which prose never has for long."""
    block = [line for line in lines[n : n + 3] if line.strip()]
    if len(block) < 3 or any(len(line) > _LONGEST_LINE for line in block):
        return False
    if mark == "," and any(_COMMA_PROSE.search(line.rstrip("\r\n")) and '"' not in line for line in block):
        return False
    counts = {len(_fields(line, mark)) for line in block}
    numeric = sum(bool(PURE.match(f.strip().strip('"'))) for line in block[1:] for f in _fields(line, mark))
    return len(counts) == 1 and numeric >= 2


#: Commas of prose, and those of numbers between stronger marks or gaps: "11.284,5 | 11.630,2".
_COMMA_PROSE: Final = re.compile(r",\s|[|;\t].*[|;\t]|\S\s{2,}\S|\d\.\d{3},\d")


def _by_mark(line: str, start: int, mark: str, count: int) -> list[Cell] | None:
    if not line.strip():
        return None
    fields = _fields(line, mark)
    if len(fields) != count:
        return None
    out, at = [], 0
    for text in fields:
        quoted = len(text) > 1 and text[0] == text[-1] == '"'
        out.append(Cell(text[1:-1] if quoted else text, start + at + quoted))
        at += len(text) + 1
    return out


def _columnar(lines: list[str], n: int) -> bool:
    """Whether at least two of the next lines end or go on in a number set off by wide gaps."""
    seen = 0
    for line in lines[n : n + 8]:
        if not line.strip() or len(line) > _LONGEST_LINE:
            if seen == 0 and line.strip() == "":
                continue
            break
        if _RULED.match(line):
            continue
        parts = _GAPS.split(line.strip())
        seen += len(parts) > 1 and any(PURE.match(part) for part in parts[1:])
        if seen >= 2:
            return True
    return False


def _spaced(line: str, start: int) -> list[Cell] | None:
    if not line.strip() or len(line) > _LONGEST_LINE:
        return None
    if _RULED.match(line):
        return []
    out, at = [], len(line) - len(line.lstrip())
    body = line.rstrip()
    for gap in _GAPS.finditer(body, at):
        if gap.end() <= at:
            continue
        if gap.start() > at:
            out.append(Cell(body[at : gap.start()], start + at))
        at = gap.end()
    out.append(Cell(body[at:], start + at))
    return out


#: Parts that wide gaps may make of a caption.
_MOST_PARTS: Final = 2


def caption(lines: list[str], first: int, stop: int) -> str:
    """The lines that say what a table holds: up to two before it, and a note on units right after."""
    before: list[str] = []
    n = first - 1
    blanks = 0
    while n >= 0 and len(before) < 3 and blanks < 2 and first - n < 6:
        line = lines[n].strip()
        if len(_GAPS.split(line)) > _MOST_PARTS or line.count("|") > 1:
            break  # the row of another table
        if not line:
            blanks += bool(before)
        elif len(line) < (240 if first - n <= 2 else 120):
            before.append(line)
            if _CAPTION.match(line):
                break
        else:
            break
        n -= 1
    # A note below says units of money and percent; "Source: own database" says nothing of the cells.
    notes = (_UNITS_NOTE, _CAPTION, _STATED_BELOW)
    after = [line.strip() for line in lines[stop : stop + 3] if any(note.match(line) for note in notes)]
    return "\n".join([*before, *after])
