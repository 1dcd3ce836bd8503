"""Tables: cells take their unit, scale and currency from the head of their column, their row, or the caption.

Three layouts: pipes (Markdown), columns set with spaces or tabs, and delimited lines (CSV). A cell is read
here only if it holds nothing but a number; any other is left to the rules for running text.
"""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001, RUF002 (the dashes and quotes of other people's texts are what this reads)

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from arsenale.mentions.amounts import attach
from arsenale.mentions.clauses import TIMES
from arsenale.mentions.dates import date as dated
from arsenale.mentions.dates import is_year, iso
from arsenale.mentions.grid import PURE, Cell, caption, layout
from arsenale.mentions.heads import NOTHING, Spec, spec_of
from arsenale.mentions.model import DATE, DESIGNATION, MONEY, OTHER, PERCENT, QUANTITY, RANGE, RANK, REFERENCE
from arsenale.mentions.numbers import Number, number_at
from arsenale.mentions.passage import DASHES, MINUS, Draft, Passage
from arsenale.mentions.vocabulary import cues, designations, word_set

_YEARS: Final = re.compile(r"^\(?(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\)?$")
_ONE: Final = Decimal(1)


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
    high = _upper(p, draft, spec)
    if high is not None:
        draft.last, draft.high, draft.modality = high.last, high.value, RANGE
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


def _upper(p: Passage, draft: Draft, spec: Spec) -> Number | None:
    """The upper end of a range that fills a cell: "5,5–11,5"."""
    at = draft.last
    if p.text[at] not in DASHES or not p.words[at + 1].digits or p.end[at + 1] > spec.end:
        return None
    high = number_at(p, at + 1)
    above = high is not None and isinstance(draft.low, Decimal) and high.value > draft.low
    return high if above else None


def _scale(draft: Draft, factor: Decimal) -> None:
    if isinstance(draft.low, Decimal):
        draft.scale, draft.low = factor, draft.low * factor
        if isinstance(draft.high, Decimal):
            draft.high *= factor


def cells(p: Passage) -> dict[int, Spec]:
    """Offset of the number of every pure cell of the chunk, and what its column, row and caption say."""
    out: dict[int, Spec] = {}
    lines = [p.line(n) for n in range(len(p.line_starts))]
    above: list[list[Cell]] = []
    n = 0
    while n < len(lines):
        split = layout(lines, n)
        if split is None:
            n += 1
            continue
        stop = n
        rows: list[list[Cell]] = []
        while stop < len(lines) and (row := split(lines[stop], p.line_starts[stop])) is not None:
            rows.append(row)
            stop += 1
        rows = [row for row in rows if row]
        heads = rows[: _heads(rows)]
        if not heads and above and len(above[-1]) == max(map(len, rows), default=0):
            rows = [*above, *rows]  # the next part of a table has no heads of its own
        _read_table(p, rows, caption(lines, n, stop), out, lines[n])
        above = heads or above
        n = max(stop, n + 1)
    return out


# ------------------------------------------------------------------ reading heads


@dataclass(frozen=True, slots=True)
class _Table:
    """What one table says of itself, before its rows are read.

    Attributes:
        p: The passage.
        heads: The rows above the data.
        columns: What the head of each column says, by the first row of data.
        whole: What the caption says.
        clauses: What the caption says of single columns: "cost in millions of reais; displacement in tonnes".
        corner: What the head of the labels counts, if they name things.
        common: What most rows count, where they all count one thing or do not say.
        numbered: Whether the first column only numbers the rows.
        yearly: The columns that hold nothing but years.
        width: Cells of most rows.
        piped: Whether pipes part the cells.
    """

    p: Passage
    heads: list[list[Cell]]
    columns: list[Spec]
    whole: Spec
    clauses: list[str]
    corner: Spec
    common: str | None
    numbered: bool
    yearly: set[int]
    width: int
    piped: bool

    def column(self, row: list[Cell], k: int) -> Spec:
        """What the head over a cell says; where no pipes align the rows, by where the cell stands."""
        if self.piped and len(self.columns) == len(row):
            return self.columns[k]
        return _column_spec(
            self.p, _head_of(self.p, self.heads, k, row, aligned=self.piped), self.whole, self.clauses
        )

    def column_of(self, row: list[Cell], k: int, printed: str) -> Spec:
        """What the column of a number says, its other numbers and the labels of the table included."""
        column = self.column(row, k)
        if k == 0 and self.numbered and column.kind != RANK and column.unit is None:
            return Spec(REFERENCE)
        if (
            k in self.yearly
            and column.unit not in _COUNTED_BY
            and len(row) == self.width
            and is_year(printed)
        ):
            return Spec(DATE)
        things = self.corner.unit or self.common
        if not (column.counts and column.unit is None and things):
            return column
        unit = _row_unit(self.p, row, k)
        flown = things == "aircraft" and not cues("flown").isdisjoint(_WORD.findall(row[0].text.lower()))
        return replace(column, kind=QUANTITY, unit=things) if unit is None or flown else column

    def uncoded(self, row: list[Cell]) -> list[Cell]:
        """A row without its codes, which name nothing that it counts: "MI-01"."""
        return [replace(c, text="") if self._code(row, k) else c for k, c in enumerate(row)]

    def _code(self, row: list[Cell], k: int) -> bool:
        text = row[k].text
        coded = _CODE.match(text) and not PURE.match(text.strip())
        return bool(coded) and self.column(row, k).kind == REFERENCE

    def mixed(self, row: list[Cell]) -> Iterator[Spec]:
        """The numbers of cells that hold more than one, or a name: where each stands and what it is."""
        item = _ITEM.match(row[0].text)
        if item:
            yield Spec(REFERENCE, start=row[0].start + item.start(1), end=row[0].start + item.end(1))
        for k, c in enumerate(row):
            if self._code(row, k):
                for part in _RUN.finditer(c.text):
                    yield Spec(REFERENCE, start=c.start + part.start(), end=c.start + part.end())
                continue
            years, model, pair = _YEARS.match(c.text), _MODEL.search(c.text), _PLACES.match(c.text)
            if years and k in self.yearly and len(row) == self.width:
                opened = len(years[0]) - len(years[0].lstrip("("))
                yield Spec(DATE, start=c.start + opened, end=c.start + len(c.text))
            if model and (
                self.column(row, k).kind == DESIGNATION or (not k and self._names(model[0], c.text))
            ):
                yield Spec(DESIGNATION, start=c.start + model.start(1), end=c.start + len(c.text))
            if pair and self.column(row, k).kind == RANK:
                for name in ("now", "then"):
                    yield Spec(RANK, start=c.start + pair.start(name), end=c.start + pair.end(name))

    def _names(self, end: str, label: str) -> bool:
        """Whether a label ends in the number of a name: "Steadfast Dart 25"."""
        words = _WORD.findall(label)
        vocab = self.p.settings.vocabulary
        known = [vocab[word.lower()] for word in words]
        plain = any(w.unit or w.roles & _LABEL_WORDS or w.month for w in known)
        return (
            len(words) > 1
            and all(word[0].isupper() for word in words)
            and not plain
            and not is_year(end[-4:])
        )


_LABEL_WORDS: Final = frozenset(
    {"links.aged", "places.pointers", "stop.words", "hedges.minimum", "hedges.maximum"}
)


def _table(p: Passage, rows: list[list[Cell]], caption: str, first_line: str) -> _Table:
    """Reads the heads, the caption and the shape of a table."""
    above = _heads(rows)
    heads, body = rows[:above], rows[above:]
    piped = "|" in first_line
    width = max((len(row) for row in body), key=[len(row) for row in body].count, default=0)
    whole, clauses = _whole_spec(p, caption), _PARTS.split(caption)
    corner = spec_of(p, heads[0][0].text) if heads and heads[0] else NOTHING
    return _Table(
        p,
        heads,
        [
            _column_spec(p, _head_of(p, heads, k, row, aligned=piped), whole, clauses)
            for row in body[:1]
            for k in range(len(row))
        ],
        whole,
        clauses,
        corner if corner.kind == QUANTITY and corner.unit in _THINGS else NOTHING,
        _common(p, body),
        _numbered(body),
        _yearly([row for row in body if len(row) == width]),
        width,
        piped,
    )


def _common(p: Passage, body: list[list[Cell]]) -> str | None:
    """The thing that at least two rows count, if it is far the commonest."""
    units = Counter(unit for row in body if (unit := _row_unit(p, row, -1)) in _THINGS and unit != "person")
    if not units:
        return None
    (unit, most), *others = units.most_common()
    return unit if most > 1 and most >= 2 * sum(count for _, count in others) else None


def _read_table(
    p: Passage, rows: list[list[Cell]], caption: str, out: dict[int, Spec], first_line: str
) -> None:
    if len(rows) < 2:
        return
    table = _table(p, rows, caption, first_line)
    for c in (c for head in table.heads for c in head[1:]):
        year = _HEAD_YEAR.search(c.text)
        if year:
            out[c.start + year.start(1)] = Spec(DATE, start=c.start, end=c.start + len(c.text))
    section = above = summed = NOTHING
    for full in rows[len(table.heads) :]:
        mixed = {spec.start: spec for spec in table.mixed(full)}
        out.update(mixed)
        row = table.uncoded(full)
        numeric = [k for k, c in enumerate(row) if PURE.match(c.text.strip())]
        label = next((c.text for c in row if not PURE.match(c.text.strip()) and _LABEL.search(c.text)), "")
        named = spec_of(p, label)
        summed = next((said for c in row[1:] if (said := _summed(p, c.text)).kind), summed)
        if not numeric:
            section = replace(named, counts=False) if named.kind and not mixed else section
            continue
        part = bool(p.settings.vocabulary.phrases["links.of_which"].after([*label.lower().split(), ""], 0))
        specs: list[Spec] = []
        for k in numeric:
            match = PURE.match(row[k].text)
            if match is None:
                continue
            column = table.column_of(row, k, match["number"])
            spec = _combined(p, (column, named, section, table.whole), row, k, match["number"])
            if spec is None:
                continue
            if spec.kind == MONEY and spec.scale == _ONE and not table.whole.kind and not named.unit:
                spec = replace(spec, unit=summed.unit or spec.unit, scale=summed.scale)
            if part and column.unit is None and not named.kind and spec.kind in ("", QUANTITY):
                spec = above  # "of which in service"
            if column.weak and len({(s.kind, s.unit) for s in specs}) == 1 and specs[0].unit is not None:
                spec = specs[0]  # "Total" after columns of one unit
            specs.append(spec)
            start, stop = row[k].start, row[k].start + len(row[k].text)
            out[start + match.start("number")] = replace(spec, start=start, end=stop)
        above = specs[0] if specs and not part else above


_PARTS: Final = re.compile(r"[;,\n()]|\.\s")
#: The number of an item before its name: "5.1 Carabinieri".
_ITEM: Final = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})+)\.?\s+[^\W\d]")
#: A code without blanks, and its runs of digits: "KR-22-04", "N00024-23-C-2301".
_CODE: Final = re.compile(r"\s*[^\W\d_]*[\W_]?\d\S*\s*$")
_RUN: Final = re.compile(r"\d+")
#: A year that closes the head of a column: "Target 2035".
_HEAD_YEAR: Final = re.compile(r"[^\W\d_]\s((?:19|20)\d\d)\s*$")
#: The number that closes the name of a model, in a column of models: "Avante 1800".
_MODEL: Final = re.compile(r"[^\W\d]\s(\d{1,4})\s*$")
#: A place in a ranking with the one before it: "3 (5)".
_PLACES: Final = re.compile(r"\s*(?P<now>\d{1,3})\s?[(\[](?P<then>\d{1,3})[)\]]\s*$")
#: What the rows of a table may all be, so that the head of their labels says what is counted.
_THINGS: Final = word_set(
    "ship submarine aircraft helicopter drone vehicle missile gun system munition person"
)


def _summed(p: Passage, text: str) -> Spec:
    """Currency and scale that a cell prints with its number, for the rows of money below: "€17.9 bn"."""
    if not _SCALED_SUM.search(text):
        return NOTHING
    spec = spec_of(p, text)
    return spec if spec.kind == MONEY and spec.scale != _ONE else NOTHING


_SCALED_SUM: Final = re.compile(r"[€$£¥₹]\s?\d|\d\s?[€$£]|\b[A-Z]{3}\s?\d")


def _numbered(body: list[list[Cell]]) -> bool:
    """Whether the first column only numbers the rows: 1, 2, 3."""
    first = [row[0].text.strip().rstrip(".") for row in body if row and row[0].text.strip()]
    return len(first) > 1 and all(text == str(n) for n, text in enumerate(first[:3], 1))


def _yearly(body: list[list[Cell]]) -> set[int]:
    """Columns whose cells are all plain years, whatever their head."""
    years: dict[int, bool] = {}
    for row in body:
        for k, c in enumerate(row):
            text = c.text.strip()
            if _YEARS.match(text):
                years.setdefault(k, True)
            elif PURE.match(text):
                years[k] = years.get(k, True) and is_year(text) is not None
    return {k for k, only in years.items() if only}


def _heads(rows: list[list[Cell]]) -> int:
    """How many rows stand above the first row of data.

    One that has a number that is no year beside its label.
    """
    for n, row in enumerate(rows):
        numbers = [c.text.strip() for c in row if PURE.match(c.text.strip())]
        data = any(not _YEAR_HEAD.match(x) for x in numbers)
        if data and (not n or len(rows[0]) > 1):
            return n
    return 1 if len(rows) > 1 else 0


#: A year over a column, maybe marked as an estimate: "2024e", "2025 (f)", "2023*".
_YEAR_HEAD: Final = re.compile(
    r"\(?(?:19|20)\d\d\s?(?:[a-z]|\*|\(?(?:e|f|p|est\.?|prov\.?|prev\.?)\)?)?\)?$", re.IGNORECASE
)


def _head_of(p: Passage, heads: list[list[Cell]], k: int, row: list[Cell], *, aligned: bool) -> str:
    """The words over a cell; without pipes the head is the one that stands above it."""
    text = []
    for head in heads:
        if len(head) == len(row) or (aligned and not _drawn(p, head, row)):
            text.append(head[k].text if k < len(head) else "")
        elif len(head) == len(row) - 1 and k and not aligned:
            text.append(head[k - 1].text)
        else:
            # Position in the line: every line's cells carry chunk offsets, so compare with the row's own
            # start.
            text.extend(_spanning(p, head, row[k]) if aligned else _above(p, head, row[k]))
    return " ".join(text)


def _column_spec(p: Passage, head: str, whole: Spec, clauses: list[str]) -> Spec:
    """What the head of a column says; the clause of the caption that names it may say its unit."""
    spec = spec_of(p, head, head=True)
    if spec.scale != _ONE or spec.counts or spec.kind not in ("", MONEY, QUANTITY):
        return spec
    words = {word for word in _WORD.findall(head.lower()) if len(word) >= _NAMING}
    vocab = p.settings.vocabulary
    if not spec.kind and whole.kind != MONEY and any("tables.people" in vocab[word].roles for word in words):
        return Spec(QUANTITY, "person")
    for clause in clauses if words else ():
        said = _WORD.findall(clause.lower())
        at = next((k for k, word in enumerate(said[:_NAMED_WITHIN]) if word in words), None)
        if at is None or not any("stop.stating" in vocab[word].roles for word in said[at + 1 : at + _STATED]):
            continue
        told = spec_of(p, clause)
        if told.unit is not None and (told.kind == spec.kind or (told.kind and not spec.kind)):
            return told
    return spec


_WORD: Final = re.compile(r"[^\W\d_]+")
#: What names a row: a word, not only a code such as "KR-22-04".
_LABEL: Final = re.compile(r"(?<![\w/-])[^\W\d_]+(?![\d/-]|[^\W_]*\d)")
#: Letters of a word of a head by which a caption can name it, and how near the "in" of the unit stands.
_NAMING: Final = 4
_NAMED_WITHIN: Final = 3
_STATED: Final = 3


def _drawn(p: Passage, head: list[Cell], row: list[Cell]) -> bool:
    """Whether a head with fewer cells is drawn over a row of the same width, so that it spans columns."""
    if not head or len(head) >= len(row):
        return False
    ends = [_column(p, cells[-1].start) + len(cells[-1].text) for cells in (head, row)]
    return min(ends) >= _DRAWN * max(ends)


#: How much of the longer line the shorter one must fill; a head without its last cells is not drawn to scale.
_DRAWN: Final = 0.85


def _column(p: Passage, offset: int) -> int:
    return offset - (p.chunk.rfind("\n", 0, offset) + 1)


def _spanning(p: Passage, head: list[Cell], below: Cell) -> Iterator[str]:
    """The one head that stands over most of a cell."""
    left, right = _column(p, below.start), _column(p, below.start) + len(below.text)

    def over(c: Cell) -> int:
        return min(right, _column(p, c.start) + len(c.text)) - max(left, _column(p, c.start))

    yield max(head, key=over).text


def _above(p: Passage, head: list[Cell], below: Cell) -> Iterator[str]:
    left, right = _column(p, below.start), _column(p, below.start) + len(below.text)
    for c in head:
        first = _column(p, c.start)
        if first < right + 1 and first + len(c.text) > left - 1:
            yield c.text


def _whole_spec(p: Passage, caption: str) -> Spec:
    """What the caption says, the part in brackets and the nearest line first."""
    for line in caption.split("\n"):
        parts = [*re.findall(r"\(([^)]*)\)", line), line]
        for part in parts:
            for clause in part.split(";"):
                spec = spec_of(p, clause)
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
    if year is not None and k and spec_of(p, row[0].text, head=True).kind == DATE:
        return Spec(DATE)  # the row "First delivery"
    if column.kind:
        decided = _by_column(p, (column, named, whole), row, k)
        if decided is not None:
            return decided
    if _labelled(named):
        return named
    if _labelled(section):
        return section
    return _by_row(p, said, row, k, printed)


def _by_column(p: Passage, said: tuple[Spec, Spec, Spec], row: list[Cell], k: int) -> Spec | None:
    """What the head of its column makes of a cell; its row may say it more closely."""
    column, named, whole = said
    if column.kind in (PERCENT, RANK, REFERENCE, DESIGNATION, OTHER):
        return column
    if column.kind == MONEY:
        own = column.unit is not None and not (
            column.scale == _ONE and whole.kind == MONEY and whole.unit == column.unit
        )
        if own:
            return column
        scale = column.scale if column.unit or column.scale != _ONE else whole.scale
        if whole.kind == MONEY:
            return whole if column.scale == _ONE else replace(whole, scale=column.scale)
        return Spec(MONEY, column.unit or p.settings.currency, scale)
    if column.unit is None:
        return None
    if column.unit == "vote" and whole.kind == PERCENT:
        return whole  # a poll: "Sì", "No"
    measured = named.kind == QUANTITY and named.unit in TIMES and column.unit in _THINGS
    if (
        _labelled(named)
        or measured
        or (named.unit == "person" and _crewed(p, row) and column.unit in _THINGS)
    ):
        return named  # a column for each class of ship, rows for their length and crew
    kept = _row_unit(p, row, k) if column.unit in _NARROWER else None
    if kept in _NARROWER.get(column.unit, ()):
        column = replace(column, unit=kept)  # a column of ships, a row of submarines
    shared = whole.kind == QUANTITY and whole.unit in (None, column.unit) and column.scale == _ONE
    return replace(column, scale=whole.scale) if shared else column


def _crewed(p: Passage, row: list[Cell]) -> bool:
    """Whether a row is labelled by a word for crews."""
    return not cues("crews").isdisjoint(_WORD.findall(row[0].text.lower()))


def _by_row(p: Passage, said: tuple[Spec, Spec, Spec, Spec], row: list[Cell], k: int, printed: str) -> Spec:
    """What the row, the caption and the number itself make of a cell whose column says no unit."""
    column, named, _, whole = said
    if (column.counts and not (column.weak and whole.kind == MONEY)) or whole.kind == QUANTITY:
        unit = _row_unit(p, row, k) or ("unit" if column.units else None)
        told = whole.unit if whole.kind == QUANTITY and whole.unit not in _LISTED else None
        scaled = column.scale if column.scale != _ONE else None
        if column.manned and (scaled or unit not in _THINGS):
            unit = "person"
        if told in _THINGS and unit not in _THINGS:
            unit = None  # of people in the caption: "Truppa a contratto"
        scale = whole.scale if whole.kind == QUANTITY else _ONE
        return Spec(QUANTITY, (unit if unit != "unit" else None) or told or unit, scaled or scale)
    if whole.kind in (MONEY, PERCENT):
        return whole
    if k == 0 and printed.isdecimal() and len(printed) <= 3:
        things = _row_unit(p, row, k)  # a register: "6   Project-636 submarines   (2009)"
        return Spec(QUANTITY, things) if things in _THINGS and things != "person" else Spec(REFERENCE)
    if is_year(printed) is not None:
        return Spec(DATE)
    if named.kind == MONEY:
        return Spec(MONEY, p.settings.currency)
    if (_manned(p, row[0].text) or column.manned) and _THOUSAND.search(printed):
        return Spec(QUANTITY, "person")
    unit = named.unit or _row_unit(p, row, k)
    return Spec(QUANTITY, unit) if unit else NOTHING


#: What the rows of a column can be that its head only names in general.
_NARROWER: Final = {"ship": ("submarine",), "aircraft": ("helicopter", "drone"), "unit": (*_THINGS,)}


def _kit_of(text: str) -> str | None:
    """What a cell with the name of a piece of kit counts: "Lynx KF41", "M-346 FA"."""
    names = [name.lower() for whole, letters in _KIT_NAME.findall(text) for name in (whole, letters)]
    known = (name for name in names if name in designations() and name not in _MAKERS)
    return next((designations()[name] for name in known), None)


#: Units that years over or in a column do not make dates of.
_COUNTED_BY: Final = _THINGS | TIMES | {"unit"}
#: What captions call the rows of a table, whose cells count something else.
_LISTED: Final = word_set("contract mission order programme project agreement deal exercise delivery type")
#: Makers call their goods after themselves; alone in a cell they only say who sells.
_MAKERS: Final = cues("makers")


#: A capital name of three letters or more, or letters before digits.
_KIT_NAME: Final = re.compile(r"\b((?:[A-Z][^\W\d_]{2,}|([A-Z]+)-?\d+))")


def _manned(p: Passage, text: str) -> bool:
    """Whether a label or a head names an armed service: thousands of it are people."""
    return any("tables.services" in p.settings.vocabulary[word].roles for word in _WORD.findall(text.lower()))


_THOUSAND: Final = re.compile(r"\d[.,]?\d{3}$")


def _labelled(spec: Spec) -> bool:
    """Whether a row's label states its own unit: "Share of GDP (%)", "Personnel (thousands)", "Employees"."""
    return (
        spec.kind in (PERCENT, RANK)
        or (spec.kind == MONEY and spec.unit is not None)
        or (spec.kind == QUANTITY and (spec.scale != _ONE or spec.counts))
    )


def _row_unit(p: Passage, row: list[Cell], k: int) -> str | None:
    """The noun that the row counts, in any of its text cells: "Attack helicopter"."""
    texts = [c.text for n, c in enumerate(row) if n != k and not PURE.match(c.text.strip())]
    specs = [spec_of(p, text) for text in texts]
    named = [s.unit for s in specs if s.kind == QUANTITY and s.unit and s.unit not in ("country", "year")]
    kits = (kit for text in texts if (kit := _kit_of(text)) is not None)
    # "Centauro II; second tranche": things before whatever else a row names
    return (
        next((unit for unit in named if unit in _THINGS), None) or next(kits, None) or next(iter(named), None)
    )
