"""Tables: cells take their unit, scale and currency from the head of their column, their row, or the caption.

Three layouts: pipes (Markdown), columns set with spaces or tabs, and delimited lines (CSV). A cell is read
here only if it holds nothing but a number; any other is left to the rules for running text.
"""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from arsenale.mentions.amounts import attach
from arsenale.mentions.dates import date as dated
from arsenale.mentions.dates import is_year, iso
from arsenale.mentions.model import DATE, DESIGNATION, MONEY, OTHER, PERCENT, QUANTITY, RANK, REFERENCE
from arsenale.mentions.numbers import Number, number_at
from arsenale.mentions.passage import MINUS, Draft, Passage
from arsenale.mentions.vocabulary import TOKEN, Word, currencies

_GAPS: Final = re.compile(r"\t|[ \u00a0]{2,}")
_PURE: Final = re.compile(
    r"^[*_(\s]*(?P<sign>[-+−–])?\s?(?P<money>[€$£])?\s?"
    r"(?P<number>\d+(?:[.,]\d+|['’\u2009\u00a0\u202f ]\d{3}(?!\d))*)\s?"
    r"(?P<percent>%)?(?P<mark>\s?(?:\*+|†|‡|\([a-z]\)|[a-e]))?[*_)\s]*$"
)
_RULED: Final = re.compile(r"^[\s|:+=\-–—_]+$")
_CAPTION: Final = re.compile(r"(?i)[#*\s]*(?:table|tabella|tab\.|figure|figura|prospetto|box)\s")
_UNITS_NOTE: Final = re.compile(r"(?i)\s*(?:notes?|values|figures|amounts|valori|importi|dati|all|nota|in)\b")
_YEARS: Final = re.compile(r"^\(?(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\)?$")
_ONE: Final = Decimal(1)
_LONGEST_LINE: Final = 1000


@dataclass(frozen=True, slots=True)
class Spec:
    """What the numbers of a column, a row or a table are.

    Attributes:
        kind: Kind of mention; empty if nothing tells.
        unit: Unit of quantities and percents, currency of money.
        scale: Factor to base units.
        counts: Whether the head only says that it counts ("No. ordered"); the row says what.
        weak: Whether it counts by a word that sums of money have, too ("Total", "Planned").
        start: Offset of the cell, once the spec belongs to one.
        end: Offset after the cell.
    """

    kind: str = ""
    unit: str | None = None
    scale: Decimal = _ONE
    counts: bool = False
    weak: bool = False
    start: int = 0
    end: int = 0


Splitter = Callable[[str, int], "list[Cell] | None"]
#: What a line of a table is split by: its cells, none for a ruling, None where the table ends.

NOTHING: Final = Spec()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its text and where it stands in the chunk."""

    text: str
    start: int


def cell(p: Passage, at: int) -> Draft | None:
    """The mention of a token that stands in a cell of its own."""
    spec = p.cells.get(p.start[at])
    if spec is None:
        return None

    number = number_at(p, at)
    if number is None:
        return None
    if spec.kind == DATE:
        year = is_year(p.text[at])
        return dated(p, at) or (None if year is None else Draft(at, at + 1, DATE, iso(year), iso(year)))
    if spec.kind in (REFERENCE, DESIGNATION, OTHER):
        return Draft(at, number.last, spec.kind, modality=None)
    draft = attach(p, Number(number.first, number.last, number.printed, number.scale))
    if p.end[draft.last - 1] > spec.end or p.start[draft.first] < spec.start:
        # What follows belongs to the next cell or line.
        signed = p.text[at - 1] in MINUS and p.glued(at) and p.start[at - 1] >= spec.start
        value = -number.printed if signed else number.printed
        draft = Draft(at - signed, at + 1, QUANTITY, value, value, printed=value)
    draft.open = False
    if draft.kind in (MONEY, PERCENT) and draft.unit is not None:
        if draft.kind == spec.kind == PERCENT and spec.unit == "percent_of_gdp":
            draft.unit = spec.unit
        if draft.kind == spec.kind == MONEY and draft.scale == _ONE:
            _scale(draft, spec.scale)
        return draft
    draft.kind, draft.unit = spec.kind or QUANTITY, spec.unit
    if draft.scale == _ONE:
        _scale(draft, spec.scale)
    if draft.kind == QUANTITY:
        draft.counted = spec.unit is not None
    return draft


def _scale(draft: Draft, factor: Decimal) -> None:
    if isinstance(draft.low, Decimal):
        draft.scale, draft.low, draft.high = factor, draft.low * factor, draft.low * factor


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


def cells(p: Passage) -> dict[int, Spec]:
    """Offset of the number of every pure cell of the chunk, and what its column, row and caption say."""
    out: dict[int, Spec] = {}
    lines = [p.line(n) for n in range(len(p.line_starts))]
    n = 0
    while n < len(lines):
        split = _layout(lines, n)
        if split is None:
            n += 1
            continue
        stop = n
        rows: list[list[Cell]] = []
        while stop < len(lines) and (row := split(lines[stop], p.line_starts[stop])) is not None:
            rows.append(row)
            stop += 1
        _read_table(p, [row for row in rows if row], _caption(lines, n, stop), out, lines[n])
        n = max(stop, n + 1)
    return out


def _layout(lines: list[str], n: int) -> Splitter | None:
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
    if line.count("|") < 2 and not (line.strip().startswith("|")):
        return None
    if _RULED.match(line):
        return []
    out, at = [], 0
    for part in line.split("|"):
        out.append(Cell(part.rstrip("\r\n"), start + at))
        at += len(part) + 1
    if out and not out[0].text.strip():
        out = out[1:]
    if out and not out[-1].text.strip() and line.rstrip().endswith("|"):
        out = out[:-1]
    return out


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
    if mark == "," and any(re.search(r",\s", line.rstrip("\r\n")) and '"' not in line for line in block):
        return False
    counts = {len(_fields(line, mark)) for line in block}
    numeric = sum(bool(_PURE.match(f.strip().strip('"'))) for line in block[1:] for f in _fields(line, mark))
    return len(counts) == 1 and numeric >= 2


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
        seen += len(parts) > 1 and any(_PURE.match(part) for part in parts[1:])
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


def _caption(lines: list[str], first: int, stop: int) -> str:
    """The lines that say what a table holds: up to two before it, and a note on units right after."""
    before: list[str] = []
    n = first - 1
    blanks = 0
    while n >= 0 and len(before) < 3 and blanks < 2 and first - n < 6:
        line = lines[n].strip()
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
    after = [line.strip() for line in lines[stop : stop + 3] if _UNITS_NOTE.match(line)]
    return "\n".join([*before, *after])


# ------------------------------------------------------------------ reading heads


def _read_table(
    p: Passage, rows: list[list[Cell]], caption: str, out: dict[int, Spec], first_line: str
) -> None:
    if len(rows) < 2:
        return
    heads = _heads(rows)
    body = rows[heads:]
    whole = _whole_spec(p, caption)
    piped = "|" in first_line
    columns = [
        _column_spec(p, rows[:heads], k, row, aligned=piped) for row in body[:1] for k in range(len(row))
    ]
    section = NOTHING
    width = max((len(row) for row in body), key=[len(row) for row in body].count, default=0)
    yearly = _yearly([row for row in body if len(row) == width])
    corner = _spec_of(p, rows[0][0].text) if heads and rows[0] else NOTHING
    if corner.kind != QUANTITY or corner.unit in ("country", "year"):
        corner = NOTHING
    for row in body:
        numeric = [k for k, c in enumerate(row) if _PURE.match(c.text.strip())]
        label = next((c.text for c in row if not _PURE.match(c.text.strip()) and c.text.strip()), "")
        named = _spec_of(p, label)
        if not numeric:
            section = replace(named, counts=False) if named.kind else section
            continue
        for k, c in enumerate(row):
            if k in yearly and len(row) == width and (years := _YEARS.match(c.text)) is not None:
                begins = c.start + len(years[0]) - len(years[0].lstrip("("))
                out[begins] = Spec(DATE, start=c.start, end=c.start + len(c.text))
        for k in numeric:
            match = _PURE.match(row[k].text)
            if match is None:
                continue
            column = (
                columns[k]
                if len(columns) == len(row) and piped
                else _column_spec(p, rows[:heads], k, row, aligned=piped)
            )
            if k in yearly and not column.unit and len(row) == width and is_year(match["number"]):
                column = Spec(DATE)
            if column.counts and column.unit is None and corner.unit is not None and not _row_unit(p, row, k):
                column = replace(column, kind=QUANTITY, unit=corner.unit)
            spec = _combined(p, (column, named, section, whole), row, k, match["number"])
            if spec is not None:
                cell_start = row[k].start
                out[cell_start + match.start("number")] = replace(
                    spec, start=cell_start, end=cell_start + len(row[k].text)
                )


def _yearly(body: list[list[Cell]]) -> set[int]:
    """Columns whose cells are all plain years, whatever their head."""
    years: dict[int, bool] = {}
    for row in body:
        for k, c in enumerate(row):
            text = c.text.strip()
            if _YEARS.match(text):
                years.setdefault(k, True)
            elif _PURE.match(text):
                years[k] = years.get(k, True) and is_year(text) is not None
    return {k for k, only in years.items() if only}


def _heads(rows: list[list[Cell]]) -> int:
    """How many rows stand above the first row of data.

    One that has a number that is no year beside its label.
    """
    for n, row in enumerate(rows):
        numbers = [c.text.strip() for c in row if _PURE.match(c.text.strip())]
        if n and numbers and len(rows[0]) > 1 and n >= 1 and any(not is_year(x) for x in numbers):
            return n
        if not n and numbers and any(not is_year(x) for x in numbers):
            return 0
    return 1 if len(rows) > 1 else 0


def _column_spec(p: Passage, heads: list[list[Cell]], k: int, row: list[Cell], *, aligned: bool) -> Spec:
    """What the head of a column says; without pipes the head is the one that stands above the cell."""
    text = []
    for head in heads:
        if aligned or len(head) == len(row):
            text.append(head[k].text if k < len(head) else "")
        elif len(head) == len(row) - 1 and k:
            text.append(head[k - 1].text)
        else:
            # Position in the line: every line's cells carry chunk offsets, so compare with the row's own
            # start.
            text.extend(_above(p, head, row[k]))
    return _spec_of(p, " ".join(text), head=True)


def _above(p: Passage, head: list[Cell], below: Cell) -> Iterator[str]:
    def column(offset: int) -> int:
        return offset - (p.chunk.rfind("\n", 0, offset) + 1)

    left, right = column(below.start), column(below.start) + len(below.text)
    for c in head:
        first = column(c.start)
        if first < right + 1 and first + len(c.text) > left - 1:
            yield c.text


def _whole_spec(p: Passage, caption: str) -> Spec:
    """What the caption says, the part in brackets and the nearest line first."""
    for line in caption.split("\n"):
        parts = [*re.findall(r"\(([^)]*)\)", line), line]
        for part in parts:
            for clause in part.split(";"):
                spec = _spec_of(p, clause)
                if (
                    spec.kind in (MONEY, QUANTITY, PERCENT)
                    and (spec.kind != QUANTITY or spec.unit not in ("year", "document", None))
                    and (spec.kind != MONEY or spec.unit)
                ):
                    return spec
    return NOTHING


def _combined(
    p: Passage, said: tuple[Spec, Spec, Spec, Spec], row: list[Cell], k: int, printed: str
) -> Spec | None:
    """What a cell is: its column decides before its row, then its section, then the caption."""
    column, named, section, whole = said
    year = is_year(printed)
    if year is not None and (
        column.kind == DATE or (k == 0 and column.kind in ("", REFERENCE, RANK) and not column.counts)
    ):
        return Spec(DATE)
    if column.kind == DATE and not printed.isdecimal():
        column = NOTHING  # "Esercizio" heads sums as well as years
    if column.kind == DATE:
        return None if year is not None or not column.unit else NOTHING
    if column.kind in (PERCENT, RANK, REFERENCE, DESIGNATION, OTHER):
        return column
    if column.kind == MONEY:
        if column.unit is None or (
            column.scale == _ONE and whole.kind == MONEY and whole.unit == column.unit
        ):
            return (
                whole
                if whole.kind == MONEY
                else Spec(
                    MONEY, column.unit or p.settings.currency, column.scale if column.unit else whole.scale
                )
            )
        return column
    if column.kind == QUANTITY and column.unit is not None:
        return (
            replace(
                column,
                scale=column.scale
                if column.scale != _ONE
                else whole.scale
                if whole.kind == QUANTITY
                else _ONE,
            )
            if not _labelled(named)
            else named
        )
    if _labelled(named):
        return named
    if _labelled(section):
        return section
    if (column.counts and not (column.weak and whole.kind == MONEY)) or whole.kind == QUANTITY:
        unit = _row_unit(p, row, k)
        return Spec(
            QUANTITY,
            (whole.unit if whole.kind == QUANTITY and not (column.counts and unit) else None) or unit,
            whole.scale if whole.kind == QUANTITY else _ONE,
        )
    if whole.kind in (MONEY, PERCENT):
        return whole
    if k == 0 and printed.isdecimal() and len(printed) <= 3:
        return Spec(REFERENCE)
    if year is not None:
        return Spec(DATE)
    if named.kind == MONEY:
        return Spec(MONEY, p.settings.currency)
    return (
        Spec(QUANTITY, named.unit or _row_unit(p, row, k)) if named.unit or _row_unit(p, row, k) else NOTHING
    )


def _labelled(spec: Spec) -> bool:
    """Whether a row's label states its own unit: "Share of GDP (%)", "Personnel (thousands)"."""
    return (
        spec.kind in (PERCENT, RANK)
        or (spec.kind == MONEY and spec.unit is not None)
        or (spec.kind == QUANTITY and spec.scale != _ONE)
    )


def _row_unit(p: Passage, row: list[Cell], k: int) -> str | None:
    """The noun that the row counts, in any of its text cells: "Attack helicopter"."""
    for n, c in enumerate(row):
        if n != k and not _PURE.match(c.text.strip()):
            spec = _spec_of(p, c.text)
            if spec.kind == QUANTITY and spec.unit and spec.unit not in ("country", "year"):
                return spec.unit
    return None


def _spec_of(p: Passage, text: str, *, head: bool = False) -> Spec:
    """What a head, a label or a caption says about the numbers under it; each is read once a document."""
    known = p.settings.specs
    spec = known.get((text, head))
    if spec is None:
        if len(known) > _REMEMBERED:
            known.clear()
        spec = known[text, head] = _read_spec(p, text, head=head)
    return spec


_REMEMBERED: Final = 4096


def _read_spec(p: Passage, text: str, *, head: bool = False) -> Spec:
    """What a head, a label or a caption says about numbers under it."""
    tokens = [t for t in TOKEN.findall(text) if not t.isspace() and t != "_"]
    if not tokens:
        return NOTHING
    low = [*(t.lower() for t in tokens), "", "", "", ""]
    vocab, table = p.settings.vocabulary, currencies()
    phrases = vocab.phrases
    words = [vocab[w] for w in low[:-4]]
    gdp = any(phrases["percent.gdp"].after(low, k) for k in range(len(words)))
    if any(phrases["percent.points"].after(low, k) and w != "points" for k, w in enumerate(low[:-4])):
        return Spec(PERCENT, "percentage_points")
    if "%" in low or any(phrases["percent.signs"].after(low, k) for k in range(len(words))):
        return Spec(PERCENT, "percent_of_gdp" if gdp else "percent")
    scale = next((w.scale or _thousands(w) for w in words if w.scale or _thousands(w)), None) or next(
        (vocab.short_any[w] for w in low if w in vocab.short_any), None
    )
    code = _currency_in(p, tokens, low)
    if scale is None and any(w in ("musd", "meur", "mgbp") for w in low):
        scale = Decimal(1_000_000)
    if code is not None:
        if scale is None:
            scale = next(
                (
                    vocab.short_money[w]
                    for k, w in enumerate(low)
                    if w in vocab.short_money
                    and any(t in table["symbols"] or t.upper() in table["codes"] for t in _beside(tokens, k))
                ),
                None,
            )
        if scale is None and "000" in low:
            scale = Decimal(1000)
        return Spec(MONEY, code, scale or _ONE)
    roles = [w.roles for w in words]
    if gdp:
        return Spec(PERCENT, "percent_of_gdp")
    if head or any("tables.percent" in r for r in roles):
        for name, kind in (("percent", PERCENT), ("rank", RANK), ("other", OTHER)):
            if any(f"tables.{name}" in r for r in roles):
                return Spec(kind, "percent" if kind == PERCENT else None)
    if not head and any("tables.people" in r for r in roles):
        return Spec(QUANTITY, "person", scale or _ONE)
    unit = _unit_in(p, words, low)
    if (
        head
        and (unit == "year" or (unit in (None, "contract") and any("tables.date" in r for r in roles)))
        and "(" not in low
    ):
        return Spec(DATE)
    if unit is not None:
        counts = any("tables.count" in r for r in roles)
        return Spec(QUANTITY, unit, scale or (Decimal(1000) if "000" in low else _ONE), counts)
    if head:
        if any("tables.date" in r for r in roles):
            return Spec(DATE)
        if any(phrases["tables.count"].after(low, k) for k in range(len(words))):
            weak = not any(
                phrases["tables.count"].after(low, k) and "tables.sums" not in words[k].roles
                for k in range(len(words))
            )
            return Spec("", None, scale or _ONE, counts=True, weak=weak)
        if any("tables.reference" in r for r in roles):
            return Spec(REFERENCE)
        if any("tables.designation" in r for r in roles):
            return Spec(DESIGNATION)
    if any("tables.money" in r for r in roles):
        return Spec(MONEY, None, scale or _ONE)
    if scale is not None and scale >= 1_000_000:
        return Spec(MONEY, p.settings.currency, scale)
    if scale is not None:
        return Spec(QUANTITY, None, scale)
    return NOTHING


def _beside(tokens: list[str], k: int) -> list[str]:
    """The tokens before and after one: the currency of "€m" and of "M€"."""
    return tokens[max(0, k - 1) : k] + tokens[k + 1 : k + 2]


def _thousands(word: Word) -> Decimal | None:
    """The scale that a plural noun of number gives to a column: "migliaia di euro"."""
    if word.collective is None or not word.collective[1] or word.collective[0] != 1000:
        return None
    return Decimal(word.collective[0])


def _currency_in(p: Passage, tokens: list[str], low: list[str]) -> str | None:
    vocab, table = p.settings.vocabulary, currencies()
    for k, sign in enumerate(tokens):
        if sign in table["symbols"]:
            if sign == "$":
                return str(table["dollar"].get(low[k - 1] if k else "", p.settings.dollar))
            return p.settings.settle(sign, []) if sign in "¥￥" else table["symbols"][sign]
        if sign in table["codes"]:
            return sign
        last = vocab.currencies.after(low, k)
        if last:
            code = vocab.phrase_currencies[tuple(low[k:last])]
            return p.settings.dollar if code == "USD" and last == k + 1 else p.settings.settle(code, low)
        # Heads of data files: "spending_eur_m", "value_musd".
        for name in ("usd", "eur", "gbp"):
            if low[k] in (name, "m" + name):
                return name.upper()
    return None


def _unit_in(p: Passage, words: list[Word], low: list[str]) -> str | None:
    vocab = p.settings.vocabulary
    found = None
    for k, word in enumerate(words):
        last = vocab.units.after(low, k)
        if last:
            found = vocab.phrase_units[tuple(low[k:last])]
        elif word.unit is not None and k and low[k - 1] in ("(", "[") and low[k + 1] in (")", "]"):
            return word.unit  # "Displ. (t)", "Length (m)": the brackets say what it is measured in
        elif word.unit is not None and low[k] not in (
            "order",
            "orders",
            "type",
            "head",
            "service",
            "general",
            "total",
            "form",
            "base",
            "model",
            "m",
            "t",
            "l",
            "delivery",
            "place",
            "position",
            "number",
            "unit",
            "units",
            "ordini",
            "unità",
            "charge",
        ):
            found = word.unit
        elif found is not None and "stop.words" in word.roles:
            break
        if found is not None and not vocab.head_last:
            break
    return found
