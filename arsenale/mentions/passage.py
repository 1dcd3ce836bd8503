"""A chunk of text as parallel lists of tokens, and the drafts that rules make of them.

The lists are built by C-level calls over the whole chunk (about a tenth of the time of a scan); everything
after looks only around the tokens that can start a number.
"""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate, compress
from operator import not_, sub
from typing import Any, Final

from arsenale.mentions.document import Settings
from arsenale.mentions.memory import Memory
from arsenale.mentions.model import EXACT, Value
from arsenale.mentions.vocabulary import NOTHING, TOKEN, Word, cues

#: Empty tokens before and after, so that rules may look around without asking for the bounds.
PAD: Final = 12
#: How far the rules look, in tokens: past what joins a list, within a clause, within a sentence or paragraph.
LIST_GAP: Final = 4
REACH: Final = 14
FAR: Final = 40
HYPHENS: Final = frozenset("-‐‑\u00ad¬")
DASHES: Final = frozenset("-–—‐‑−―")
MINUS: Final = frozenset("-−–")


@dataclass(slots=True)
class Draft:
    """A mention in the making.

    Attributes:
        first: Index of its first token.
        last: Index after its last token.
        kind: Kind of `Mention`.
        low: Lower value.
        high: Upper value.
        unit: Unit, or None while unknown.
        modality: Hedge found so far.
        printed: The number before its scale, which a list may share.
        scale: Factor of its scale word.
        open: Whether its kind or unit has to come from a neighbour.
        counted: Whether its unit names things that later sentences may count again.
    """

    first: int
    last: int
    kind: str
    low: Value = None
    high: Value = None
    unit: str | None = None
    modality: str | None = EXACT
    printed: Decimal | None = None
    scale: Decimal = Decimal(1)
    open: bool = False
    counted: bool = False


@dataclass(slots=True)
class Passage:
    """One chunk of a document, tokenised.

    Attributes:
        chunk: The text.
        settings: What holds for the document.
        memory: What has been read of it before.
        text: Tokens as printed, without white space; words broken at a line end are one token.
        low: The same in lower case, hyphen and line break removed.
        words: What the vocabulary says of each.
        start: Offset of each in the chunk.
        end: Offset after each.
        size: Index after the last token.
        nears: Whether each token follows the one before in the same paragraph.
        line_starts: Offsets at which the lines of the chunk begin.
        drafts: What has been found so far, in text order.
        drafts_end: Index after the last token of the last draft.
        roles: What each line of the page is for, once somebody asked.
        cells: Offsets of the numbers that stand alone in a table cell, and what the table says of them.
        asked: The token whose line was asked for last, and that line.
        web: Tokens inside URLs and e-mail addresses.
    """

    chunk: str
    settings: Settings
    memory: Memory
    text: list[str]
    low: list[str]
    words: list[Word]
    start: list[int]
    end: list[int]
    size: int
    nears: list[bool]
    line_starts: list[int] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    drafts_end: int = 0
    roles: dict[int, str] = field(default_factory=dict)
    web: dict[int, tuple[int, int]] = field(default_factory=dict)
    cells: dict[int, Any] = field(default_factory=dict)
    asked: tuple[int, int] = (-1, 0)

    def glued(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return self.start[at] == self.end[at - 1]

    def gap(self, at: int) -> str:
        """The white space before a token."""
        return self.chunk[self.end[at - 1] : self.start[at]]

    def near(self, at: int) -> bool:
        """Whether a token follows the one before in the same paragraph."""
        return self.nears[at]

    def together(self, first: int, last: int) -> bool:
        """Whether two tokens stand in one paragraph: no blank line between them."""
        return _BLANK_LINE.search(self.chunk, self.end[first], self.start[last]) is None

    def same_line(self, at: int) -> bool:
        """Whether a token follows the one before on the same line."""
        return self.near(at) and "\n" not in self.chunk[self.end[at - 1] : self.start[at]]

    def capital(self, at: int) -> bool:
        """Whether a token begins with a capital letter."""
        return self.text[at][:1].isupper()

    def line_of(self, at: int) -> int:
        """Number of the line that holds a token; each rule asks it of the same one."""
        if self.asked[0] != at:
            self.asked = (at, bisect_right(self.line_starts, self.start[at]) - 1)
        return self.asked[1]

    def line(self, number: int) -> str:
        """Text of a line; empty outside the chunk."""
        if not 0 <= number < len(self.line_starts):
            return ""
        stop = self.line_starts[number + 1] if number + 1 < len(self.line_starts) else len(self.chunk)
        return self.chunk[self.line_starts[number] : stop]

    def opens_line(self, at: int) -> bool:
        """Whether a token is the first of its line."""
        return at <= PAD or "\n" in self.gap(at) or "\f" in self.gap(at) or self.text[at - 1] == ""

    def elided(self, at: int) -> bool:
        """Whether a token and the apostrophe after it are an article cut short before a number: "l'11"."""
        return self.low[at] in _ELIDED and self.low[at + 1] in _APOSTROPHES and self.glued(at + 1)

    def ends_sentence(self, at: int) -> bool:
        """Whether a token closes a sentence: a stop that is not glued to what follows."""
        if self.low[at] not in _STOPS:
            return False
        glued = self.low[at] == "." and self.glued(at + 1) and self.text[at + 1] != ""
        return not glued or self._noted(at)

    def _noted(self, at: int) -> bool:
        """Whether a stop bears the number of a note: "to $485 billion.7 Only eight"."""
        number = self.text[at + 1]
        apart = not self.glued(at + 2) and (self.capital(at + 2) or not self.nears[at + 2])
        return number.isdecimal() and len(number) <= 3 and apart and self.text[at - 1][-1:].isalpha()


_BROKEN: Final = re.compile(r"[-‐‑\u00ad¬][ \t\r]?\r?\n")
_BLANK_LINE: Final = re.compile(r"\n[ \t\r]*\n|\f")
_STOPS: Final = frozenset(".!?;")
_APOSTROPHES: Final = frozenset("'’")
_ELIDED: Final = cues("elided")


def tokenise(chunk: str, settings: Settings, memory: Memory, source: str | None = None) -> Passage:
    """Splits a chunk into tokens, mends the words that a line end broke, and looks every word up.

    Args:
        chunk: The text.
        settings: What holds for the document.
        memory: What has been read of it before.
        source: The same text, letter for letter as long, with the commas of delimited lines replaced.
    """
    parts = TOKEN.findall(chunk if source is None else source)
    ends = list(accumulate(map(len, parts)))
    solid = list(map(not_, map(str.isspace, parts)))
    text = list(compress(parts, solid))
    end = list(compress(ends, solid))
    start = list(map(sub, end, map(len, text)))
    low = list(map(str.lower, text))
    if _BROKEN.search(chunk):
        _mend(chunk, (text, low, start, end), settings)
    _part_notes(chunk, (text, low, start, end), settings)
    words = list(map(settings.vocabulary.__getitem__, low))
    for at in _elided(low):
        words[at] = NOTHING  # "l'Italia": an article, not litres
    size = PAD + len(text)
    blank, last = [""] * PAD, len(chunk)
    passage = Passage(
        chunk=chunk,
        settings=settings,
        memory=memory,
        text=blank + text + blank,
        low=blank + low + blank,
        words=[NOTHING] * PAD + words + [NOTHING] * PAD,
        start=[0] * PAD + start + [last] * PAD,
        end=[0] * PAD + end + [last] * PAD,
        size=size,
        nears=[False] * PAD + _nears(chunk, start, end) + [False] * PAD,
    )
    passage.line_starts = [0, *(i + 1 for i in _newlines(chunk))]
    return passage


def _elided(low: list[str]) -> Iterator[int]:
    """Articles cut short to the one letter that is also a measure."""
    at = -1
    while True:
        try:
            at = low.index(_LETTER, at + 1)
        except ValueError:
            return
        if at + 1 < len(low) and low[at + 1] in _APOSTROPHES:
            yield at


_LETTER: Final = "l"


def _nears(chunk: str, start: list[int], end: list[int]) -> list[bool]:
    """For each token whether no blank line, tab, form feed or wide gap parts it from the one before."""
    before = [0, *end][: len(start)]
    nears = [
        gap == 0 or (chunk[last] != "\f" if gap == 1 else _joins(chunk[last : last + gap]))
        for last, gap in zip(before, map(sub, start, before), strict=True)
    ]
    for item in _ITEM.finditer(chunk):
        at = bisect_left(start, item.end() - 1)
        if at < len(nears) and start[at] == item.end() - 1:
            nears[at] = False  # the items of a list are no one sentence
    return nears


_ITEM: Final = re.compile(r"\n[ \t]*[-*•·▪‣](?= )")


def _joins(gap: str) -> bool:
    """Whether more than one character of white space still leaves two tokens in one paragraph."""
    if "\n" not in gap:
        return "\t" not in gap and len(gap) <= 2 and "\f" not in gap
    return gap.count("\n") == 1 and "\f" not in gap


def _newlines(chunk: str) -> list[int]:
    out = []
    at = chunk.find("\n")
    while at >= 0:
        out.append(at)
        at = chunk.find("\n", at + 1)
    return out


_DATING: Final = cues("time_prepositions")
#: Tokens as printed, in lower case, and where each starts and ends.
_Lists = tuple[list[str], list[str], list[int], list[int]]


def _mend(chunk: str, lists: _Lists, settings: Settings) -> None:
    """Joins words and numbers that a hyphen breaks at a line end: "mil-⏎lion", "6,-⏎400".

    A number word keeps its hyphen ("thirty-⏎two"): the numeral rule reads it as a compound.
    """
    text, low, start, end = lists
    vocab = settings.vocabulary
    breaks = [
        i
        for i, token in enumerate(text)
        if token in HYPHENS and 0 < i < len(text) - 1 and start[i + 1] - end[i] in (1, 2, 3)
        and end[i - 1] == start[i] and "\n" in chunk[end[i] : start[i + 1]]
    ]  # fmt: skip
    for i in reversed(breaks):
        left, right = text[i - 1], text[i + 1]
        if left.isalpha() and right.isalpha() and right[0].islower():
            known = vocab[low[i - 1]]
            whole = vocab[low[i - 1] + low[i + 1]]
            if (
                (known.number is not None or known.ordinal is not None)
                and whole.number is None
                and whole.scale is None
            ):
                continue
            _join(lists, i - 1, i + 2, low[i - 1] + low[i + 1])
        elif left in ".," and i >= 2 and text[i - 2][-1].isdecimal() and right[:3].isdecimal():
            _join(lists, i - 2, i + 2, text[i - 2] + left + right)


def _part_notes(chunk: str, lists: _Lists, settings: Settings) -> None:
    """Parts a number from the note number after its stop: "in 2023,1 the", "$298,000.31 Of" are no decimals.

    A year after a preposition tells it; another number only before a sentence, if the page has that note.
    """
    text, low, start, end = lists
    marked = [i for i, t in enumerate(text) if "0" <= t < ":" and len(t) > 3 and _NOTED.search(t)]
    for i in reversed(marked):
        found = _NOTED.search(text[i])
        if found is None:
            continue
        whole, mark, note = text[i][: found.start()], found[1], found[2]
        before = low[i - 1] if i else ""
        following = text[i + 1] if i + 1 < len(text) else ""
        ranged = len(whole) == 2 and i > 1 and text[i - 1] in DASHES and text[i - 2][:2] in ("19", "20")
        if ranged and len(text[i - 2]) == 4 and mark == ".":
            parted = not following or following[:1].isupper() or "\n" in chunk[end[i] : start[i + 1]]
        elif len(whole) == 4 and whole[:2] in ("19", "20"):
            dated = before in _DATING or settings.vocabulary[before].month is not None
            measured = following[:1] in "%€$£" or settings.vocabulary[following.lower()].scale is not None
            parted = dated and (not measured or not following)
        else:
            spaced = i == 0 or start[i] - end[i - 1] <= 1  # no column of a table
            parted = mark == "." and following[:1].isupper() and spaced and _has_note(chunk, note)
        if not parted:
            continue
        at, middle = start[i], start[i] + len(whole)
        text[i : i + 1] = low[i : i + 1] = [whole, mark, note]
        start[i : i + 1] = [at, middle, middle + 1]
        end[i : i + 1] = [middle, middle + 1, end[i]]


_NOTED: Final = re.compile(r"([.,])(\d{1,2})$")


def _has_note(chunk: str, number: str) -> bool:
    """Whether a line of the chunk begins with the number of a note."""
    return any(f"\n{number}{mark}" in chunk for mark in (" ", ". ", ") ", "] "))


def _join(lists: _Lists, first: int, last: int, joined: str) -> None:
    text, low, start, end = lists
    # The printed form of a broken number is its value without the break; the span still covers the break.
    text[first:last] = [joined if joined[0].isdecimal() else text[first] + joined[len(low[first]) :]]
    low[first:last] = [joined.lower()]
    end[first:last] = [end[last - 1]]
    del start[first + 1 : last]
