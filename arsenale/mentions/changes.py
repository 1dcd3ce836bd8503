"""Changes and comparisons: what an amount was, what it comes to, what it is set against."""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)

from decimal import Decimal
from math import log10
from typing import Final

from arsenale.mentions.clauses import (
    COPULAS,
    PLURAL_ARTICLES,
    TIMES,
    closes,
    framed_alike,
    noun_follows,
    same_sentence,
)
from arsenale.mentions.counted import DURATIONS
from arsenale.mentions.model import DATE, MONEY, PERCENT, QUANTITY
from arsenale.mentions.passage import LIST_GAP, PAD, REACH, Draft, Passage
from arsenale.mentions.place import Place, Verdict
from arsenale.mentions.ranges import TRANSPARENT, tells_change
from arsenale.mentions.taking import sharable
from arsenale.mentions.vocabulary import cues, word_set

_HUNDRED: Final = 100
_ONE: Final = Decimal(1)


def changed_from(place: Place) -> Verdict:
    """Reads "$7.15 billion, up 29 per cent from 5.5": what it was before the change, not another share."""
    p, draft, previous = place.p, place.draft, place.previous
    if previous is None or previous.kind != PERCENT or not place.together:
        return None
    link = draft.first - 1
    reached = (
        "links.range" in p.words[link].roles and previous.last == link and not noun_follows(p, draft.last)
    )
    compared = p.settings.vocabulary.phrases["links.compared"].before(p.low, link) >= 0
    if not (reached or compared or "links.from" in p.words[link].roles):
        return None
    if draft.first - previous.last > LIST_GAP:
        return None
    verb = previous.first - 1
    while verb > PAD and (p.words[verb].roles & TRANSPARENT or p.low[verb] in _CHANGED_BY):
        verb -= 1
    if not (reached or tells_change(p.words[verb])):
        return None  # "Kongsberg rose 4.2% to 312 kroner, Saab 3.1% to 498"
    for other in reversed(place.before):
        known = other.kind in (MONEY, QUANTITY) and other.unit is not None and other.unit not in TIMES
        if known and same_sentence(p, other.last, draft.first):
            return other
    return None


_CHANGED_BY: Final = cues("changed_by") | cues("of")


def running_total(place: Place) -> Verdict:
    """Reads "12 more guns for €36m, bringing the total to 36": a total goes on counting, not paying."""
    p, draft = place.p, place.draft
    named = range(draft.first - _NEXT, draft.first)
    total = any("links.totals" in p.words[k].roles for k in named)
    changed = any(tells_change(p.words[k]) for k in range(draft.first - 2 * _NEXT, draft.first))
    if not (total and changed and place.whole and draft.scale == _ONE) or noun_follows(p, draft.last):
        return None
    for other in reversed(place.before):
        counts = other.kind == QUANTITY and other.unit is not None and other.unit not in TIMES
        if counts and same_sentence(p, other.last, draft.first):
            return QUANTITY, other.unit
    return None


def prolonged(place: Place) -> Verdict:
    """Reads "for five years, extended by three", "24 mesi più 12 di opzione": a time added to another."""
    p, draft = place.p, place.draft
    if noun_follows(p, draft.last):
        return None
    phrases, link = p.settings.vocabulary.phrases["links.prolonging"], draft.first - 1
    while phrases.before(p.low, link) < 0:
        if not p.words[link].roles & TRANSPARENT or not p.near(link + 1):
            return None
        link -= 1
    amounts = [d for d in place.before if d.kind in (MONEY, PERCENT, QUANTITY)]
    last = amounts[-1] if amounts else None
    if last is None or last.unit not in DURATIONS or not same_sentence(p, last.last, draft.first):
        return None
    return QUANTITY, last.unit


def lasting(place: Place) -> Verdict:
    """Reads "took one hour in 2003, takes ten to fourteen", "ne bastavano sei": what lasts is time."""
    p, draft = place.p, place.draft
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    lasts = "links.lasting" in p.words[before].roles and not noun_follows(p, draft.last)
    extends = {"links.dimension"} & (p.words[before].roles | p.words[draft.last].roles)
    for other in reversed(place.before):
        by = p.low[draft.first - 1] in _BY and draft.first - 1 == other.last  # "182 metres by 20"
        measured = (lasts and other.unit in DURATIONS) or ((extends or by) and other.unit in _LENGTHS)
        if measured and other.kind == QUANTITY and same_sentence(p, other.last, draft.first):
            return QUANTITY, other.unit
    return None


_BY: Final = cues("by")
_LENGTHS: Final = word_set("metre foot km")


def it_was(place: Place) -> Verdict:
    """Reads "Orders stand at €44 bn, half abroad. In 2021 they were 35": what was said before."""
    p, draft = place.p, place.draft
    named = p.near(draft.last + 1) and p.words[draft.last + 1].unit is not None  # "Sono dodici i carri"
    if p.low[draft.first - 1] not in COPULAS or named or noun_follows(p, draft.last):
        return None
    first = draft.first - 1
    while p.near(first) and not p.ends_sentence(first - 1) and draft.first - first < REACH:
        first -= 1
        word = p.words[first]
        if p.text[first].isalpha() and "stop.words" not in word.roles and not word.digits and not word.month:
            return None
    amounts = (MONEY, PERCENT, QUANTITY)
    told = [d for d in place.before if d.kind in amounts and d.last <= first and d.unit not in TIMES]
    told = [d for d in told if same_sentence(p, d.last, first - 1) and p.text[d.first - 1] != "("]
    if not told or not p.ends_sentence(first - 1):
        return None
    return min(told, key=lambda d: _distance(draft, d))


def _distance(draft: Draft, other: Draft) -> float:
    """How far apart in size two printed numbers are, in powers of ten."""
    one, two = draft.printed or _ONE, other.printed or _ONE
    return abs(log10(abs(one)) - log10(abs(two)))


def again(place: Place) -> Verdict:
    """Reads "nine more than in 2005", "ne abbiamo 180", "up from 640": the amount before it once more."""
    p, draft, previous = place.p, place.draft, place.previous
    if previous is None:
        return None
    if _compared(p, previous, draft) or _partitive(p, previous, draft):
        return previous
    if place.together and _compared_with(p, draft):
        return previous
    return None


def _compared(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "23 years old, nine more than in 2005", "37 anni, 5 in più della Francia": the same measure."""
    at = draft.last
    than = p.low[at] in _COMPARATIVES and p.low[at + 1] in _THAN
    than = than or (p.low[at] in _IN_MORE and p.low[at + 1] in _COMPARATIVES_AFTER_IN)
    return (
        than
        and previous.kind == QUANTITY
        and previous.unit in TIMES
        and draft.first - previous.last <= 6
        and same_sentence(p, previous.last, draft.first)
    )


_COMPARATIVES: Final = cues("comparatives")
_IN_MORE: Final = cues("in_year")
_COMPARATIVES_AFTER_IN: Final = cues("comparatives_after_in")
_THAN: Final = cues("than")


def _partitive(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "servono 300 milioni, ne abbiamo 180": the pronoun takes up the sum before."""
    return (
        previous.kind == MONEY
        and any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3))
        and same_sentence(p, previous.last, draft.first)
    )


def _compared_with(p: Passage, draft: Draft) -> bool:
    """Reads "22.500 uomini invece di 80.000", "760, up from 640": a number set against the one before."""
    if noun_follows(p, draft.last):
        return False
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return p.settings.vocabulary.phrases["links.compared"].before(p.low, before) >= 0


def framed(place: Place) -> Verdict:
    """Reads "the one, at 29,000, ... the other, at 39,000": numbers behind the same small word."""
    for other in reversed(place.before):
        if other.kind != DATE and framed_alike(place.p, other, place.draft):
            return other
    return None


def answer(place: Place) -> Verdict:
    """Reads "from $5 million to 7", "5 per cent in 2020 and 6 in 2021": what answers an amount."""
    previous = place.previous
    if previous is None or previous.kind == QUANTITY or not (place.together or not place.whole):
        return None
    return previous if not place.whole or _parallel(place.p, place.draft, previous) else None


def _parallel(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Whether a bare whole number answers an amount.

    "from $5 million to 7", "5 per cent in 2020 and 6 in 2021".
    """
    if _counts_apart(p, draft, previous):
        return False
    small = draft.printed is not None and draft.printed < 1000
    if previous.kind == MONEY and previous.scale != _ONE and small and not sharable(draft, previous):
        return False  # "1.1 billion, bringing the fleet to 72"
    between = p.words[previous.last : draft.first]
    if any(w.roles & _CHANGING for w in p.words[draft.first - _CHANGED : draft.first]):
        return True  # "spent 7.8 billion; in 1942 it passed 10"
    if ";" in p.text[previous.last : draft.first]:
        return False  # "is put at 8 million; the audit found 43"
    if previous.kind == MONEY and any("links.respectively" in w.roles for w in between):
        return True
    if len(between) <= _NEXT or len(between) > REACH:
        return len(between) <= _NEXT
    # "un soldato costa 58mila euro l'anno, un ufficiale 91mila"
    gapped = draft.scale == previous.scale != _ONE and closes(p, draft.last)
    alike = p.low[draft.last] in p.low[previous.last : previous.last + 3] and p.low[draft.last].isalpha()
    spoken = alike or any("tables.money" in w.roles for w in between)
    return gapped or (spoken and previous.kind == MONEY)


def _counts_apart(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Whether the words around a bare number make a count of it that answers no amount."""
    between = p.text[previous.last : draft.first]
    changed = any(w.roles & _CHANGING for w in p.words[draft.first - _CHANGED : draft.first])
    return (
        ("links.of" in p.words[previous.last].roles and not changed)
        or ("(" in between and ")" not in between)
        or ("links.finite" in p.words[draft.last].roles and p.near(draft.last))
        or p.words[draft.last].unit is not None
        or noun_follows(p, draft.last)
        or _of_the(p, draft.last)
        or (previous.kind == PERCENT and isinstance(draft.low, Decimal) and draft.low > _SHARES * _HUNDRED)
        or (previous.kind == MONEY and _told_of_things(p, draft))
    )


def _of_the(p: Passage, at: int) -> bool:
    """Whether a number is told of another: "three of the eight"."""
    return "links.of" in p.words[at].roles and p.low[at + 1] in PLURAL_ARTICLES and p.words[at + 2].trigger


def _told_of_things(p: Passage, draft: Draft) -> bool:
    """Whether a plural article stands before a small number: "on top of the 83 of 2021" are no sums."""
    return p.low[draft.first - 1] in PLURAL_ARTICLES and draft.scale == _ONE


#: How often the whole a share can be: "rose 7 per cent to 52,000" counts something else.
_SHARES: Final = 10
#: Words of change and of passing a mark, and how near the number they stand.
_CHANGING: Final = frozenset({"links.change", "links.passing"})
_CHANGED: Final = 3
#: Tokens between an amount and the bare number that answers it; more where a word of money stands among them.
_NEXT: Final = 5
