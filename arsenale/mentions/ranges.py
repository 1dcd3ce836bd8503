"""Ranges: which two amounts are the ends of one, and whether the words around speak of votes."""

# ruff: noqa: PLR0911 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.model import MONEY, OTHER, PERCENT, QUANTITY, RANGE
from arsenale.mentions.passage import DASHES, PAD, Draft, Passage
from arsenale.mentions.vocabulary import Word, cues

_AND_WORDS: Final = cues("and_words")

_ONE: Final = Decimal(1)

_VERSUS: Final = cues("versus")

# ------------------------------------------------------------------ ranges


def linked(p: Passage, at: int, name: str) -> bool:
    """Whether a link word ("from", "between") stands before a token, or before its hedge or article."""
    phrases = p.settings.vocabulary.phrases[name]
    for back in (1, 2, 3):
        if p.low[at - back] in phrases.first and p.near(at - back + 1):
            return True
        if not p.words[at - back].roles & TRANSPARENT:
            return False
    return False


TRANSPARENT: Final = frozenset({"hedges.between", "hedges.approximate", "hedges.minimum", "hedges.maximum"})


def range_end(p: Passage, draft: Draft) -> int:
    """Index of the number that closes the range which a draft opens; 0 if it opens none."""
    at = draft.last
    low = p.low[at]
    if p.words[at + 1] is p.words[-1] and p.text[at + 1] == "":
        return 0
    if low in DASHES:
        if p.glued(at) and p.glued(at + 1):
            return at + 1
        spaced = (
            not p.glued(at)
            and not p.glued(at + 1)
            and p.same_line(at + 1)
            and p.text[at] in "–—-"
            and draft.open
        )
        return at + 1 if spaced and p.words[at + 1].digits else 0
    if not p.near(at):
        return 0
    roles = p.words[at].roles
    if "links.between_link" in roles and linked(p, draft.first, "links.between"):
        return _skip_hedges(p, at + 1)
    if "links.range" in roles:
        opened = linked(p, draft.first, "links.from")
        if opened and _changes(p, draft.first):
            return 0
        if not opened and p.settings.vocabulary.glued_numerals:
            return 0
        start = at + 2 if p.low[at + 1] in "'’" else at + 1
        return _skip_hedges(p, start)
    return 0


def _skip_hedges(p: Passage, at: int) -> int:
    while p.words[at].roles & TRANSPARENT and not p.words[at].trigger and p.near(at):
        at += 1
    return at + 2 if p.elided(at) and p.near(at) else at


#: Tokens before an amount among which stands the verb that says by how much: "rose by almost 1.2 points".
_BESIDE: Final = 5


def _changes(p: Passage, at: int, reach: int = 25) -> bool:
    """Whether a word of change governs "from A to B": then A and B are two figures."""
    for back in range(1, reach):
        if at - back < PAD or p.ends_sentence(at - back) or not p.near(at - back + 1):
            return False
        if tells_change(p.words[at - back]):
            return True
    return False


def tells_change(word: Word) -> bool:
    """Whether a word says that something grew or fell: "rose", "a fall", "quintuplicato"."""
    return "links.change" in word.roles or word.multiple not in (None, _HALF)


_HALF: Final = Decimal("0.5")


def votes_nearby(p: Passage, first: int, last: int) -> bool:
    """Whether the words around speak of votes: "94 to 11" is then no range."""
    around = p.words[max(0, first - 12) : last + 6]
    return any("places.votes" in w.roles for w in around)


def votes_surely(p: Passage, first: int, last: int) -> bool:
    """Whether a bare number counts votes: "against" alone says so only of two numbers set side by side."""
    around = [w.roles for w in p.words[max(0, first - 12) : last + 6] if "places.votes" in w.roles]
    weak = sum("places.votes_weak" in roles for roles in around)
    return len(around) > weak or weak > 1 or (weak > 0 and set_against(p, first, last))


_SHARES: Final = frozenset({"percent", "percent_of_gdp"})


def set_against(p: Passage, first: int, last: int) -> bool:
    """Whether two bare numbers stand against each other: "94 against 11"."""
    ahead = p.low[last] in _VERSUS and p.words[last + 1].trigger
    return ahead or (p.low[first - 1] in _VERSUS and _numbered(p, first - 2))


def _numbered(p: Passage, at: int) -> bool:
    """Whether a token, or the one that its noun follows, is a number."""
    return p.words[at].trigger or (p.words[at].unit is not None and p.words[at - 1].trigger)


def joinable(p: Passage, low_end: Draft, high_end: Draft) -> bool:
    """Whether two amounts are the ends of one range."""
    if OTHER in (low_end.kind, high_end.kind):
        return False
    if low_end.kind == PERCENT and high_end.open and p.low[low_end.last] not in DASHES:
        return False  # "gained 12% to 98": what has its unit is followed by another figure
    if not low_end.open and not high_end.open:
        if low_end.kind != high_end.kind:
            return False
        units = {low_end.unit, high_end.unit}
        if len(units) > 1 and not (None in units and low_end.kind == MONEY) and not units <= _SHARES:
            return False
        spanned = p.low[low_end.last] in DASHES or p.low[low_end.last] in _AND_WORDS
        if not spanned and _changes(p, low_end.first, _BESIDE):
            return False  # "rose 1.2 points to 23.4 points": by how much, and where to
    measured = not high_end.open and (high_end.kind != QUANTITY or high_end.unit not in (None, "vote"))
    if (
        not measured
        and p.low[low_end.last] not in _AND_WORDS
        and votes_nearby(p, low_end.first, high_end.last)
    ):
        return False
    bottom, top = _shared_scale(low_end, high_end), high_end.low
    return isinstance(bottom, Decimal) and isinstance(top, Decimal) and bottom < top


def _shared_scale(low_end: Draft, high_end: Draft) -> Decimal | None:
    """Value of the lower end once it has the scale of the upper: "from 38 to 55 million"."""
    value, printed = low_end.low, low_end.printed
    if not isinstance(value, Decimal) or printed is None or high_end.printed is None:
        return None
    if (
        low_end.scale == _ONE
        and high_end.scale != _ONE
        and printed < max(high_end.printed, Decimal(1000))
        and printed * high_end.scale <= high_end.printed * high_end.scale
    ):
        return printed * high_end.scale
    return value


def joined(low_end: Draft, high_end: Draft) -> Draft:
    """The one draft that two ends make."""
    kind = high_end.kind if low_end.open else low_end.kind
    unit = high_end.unit or low_end.unit
    if kind == MONEY:
        unit = low_end.unit or high_end.unit
    if "percent_of_gdp" in (low_end.unit, high_end.unit):
        unit = "percent_of_gdp"
    return Draft(
        low_end.first,
        high_end.last,
        kind,
        _shared_scale(low_end, high_end),
        high_end.low,
        unit,
        RANGE,
        printed=high_end.printed,
        scale=high_end.scale,
        open=low_end.open and high_end.open,
        counted=low_end.counted or high_end.counted,
    )
