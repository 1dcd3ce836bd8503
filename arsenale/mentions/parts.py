"""Parts of a whole: some of what was counted or paid, and further shares of it."""

# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)
# ruff: noqa: PLR2004 (its bounds are lengths of print)

from decimal import Decimal
from typing import Final

from arsenale.mentions.clauses import TIMES, closes, noun_follows, same_sentence
from arsenale.mentions.counted import KIT
from arsenale.mentions.model import MONEY, PERCENT, QUANTITY, RANK
from arsenale.mentions.passage import FAR, LIST_GAP, PAD, REACH, Draft, Passage
from arsenale.mentions.place import Place, Verdict
from arsenale.mentions.ranges import TRANSPARENT
from arsenale.mentions.taking import sharable
from arsenale.mentions.vocabulary import cues

_HUNDRED: Final = 100


def part(place: Place) -> Verdict:
    """Reads "56 fighters, of which 31 fly", "64 amendments: nine are inadmissible": part of an amount."""
    previous = place.previous
    if previous is None or previous.kind not in (QUANTITY, MONEY):
        return None
    out_of = "links.out_of" in place.p.words[place.draft.first - 1].roles
    if out_of and place.together and place.draft.first - previous.last <= LIST_GAP:
        return previous  # "92 aziende su 135", "850 euro di affitto su 1.650 di stipendio"
    if previous.kind == MONEY:
        if not _part_of(place.p, previous, place.draft):
            return None
        return _part_of_things(place) or (previous if sharable(place.draft, previous) else None)
    if _part_of(place.p, previous, place.draft) or _detailed(place.p, previous, place.draft):
        whole = _beyond_age(place, previous)
        place.draft.counted = whole.counted
        return QUANTITY, whole.unit
    return None


def _part_of(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "56 fighters, of which 31 fly", "22 years, seven of them at sea": part of what was counted."""
    if not same_sentence(p, previous.last, draft.first) or draft.first - previous.last > REACH:
        return False
    parts = p.settings.vocabulary.phrases["links.of_which"]
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return parts.before(p.low, before) >= previous.last or bool(
        parts.after(p.low, draft.last) and p.near(draft.last)
    )


def _detailed(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "64 amendments: nine are inadmissible": what follows the colon counts the same things."""
    return previous.counted and p.text[draft.first - 1] == ":" and previous.last == draft.first - 1


def _beyond_age(place: Place, previous: Draft) -> Draft:
    """Reads "22 fighters, 39 years old, of which 8 fly": an age says something of what was counted before."""
    p = place.p
    aged = p.text[previous.first - 1] == "," or "stop.aged_after" in p.words[previous.last].roles
    if previous.unit not in TIMES or not aged:
        return previous
    for other in reversed(place.before):
        counts = other.kind == QUANTITY and other.unit not in TIMES and other.counted
        if counts and same_sentence(p, other.last, place.draft.first):
            return other
    return previous


def _part_of_things(place: Place) -> Verdict:
    """Reads "36 jets, $12 bn, of which seven came", "three of them": what acts or is many is counted."""
    p, draft = place.p, place.draft
    if "links.finite" not in p.words[draft.last].roles and p.low[draft.last + 1] not in _MANY_OF_THEM:
        return None
    for other in reversed(place.before):
        if other.kind == QUANTITY and same_sentence(p, other.last, draft.first):
            return QUANTITY, other.unit
    return None


_MANY_OF_THEM: Final = cues("many_of_them")


def aside(place: Place) -> Verdict:
    """Reads "18 F-16 Block 70 on order (8 due in 2025)": a bracket that opens with a part of the count."""
    p, draft = place.p, place.draft
    labelled = p.words[draft.first - 2].unit in KIT | {"person"}
    if p.text[draft.first - 1] != "(" or p.text[draft.last] == ")" or labelled or not place.whole:
        return None
    other = next((d for d in reversed(place.before) if d.kind == QUANTITY and d.unit not in TIMES), None)
    if other is None or not other.unit or noun_follows(p, draft.last):
        return None
    whole, some = other.high, draft.low
    if not (isinstance(whole, Decimal) and isinstance(some, Decimal) and some < whole):
        return None
    return (QUANTITY, other.unit) if same_sentence(p, other.last, draft.first) else None


def ranked_among(place: Place) -> Verdict:
    """Reads "28th out of 32": what is ranked without a noun are states."""
    p, draft = place.p, place.draft
    last = place.before[-1] if place.before else None
    among = last is not None and last.kind == RANK and draft.first - last.last in (1, 2)
    linked = p.words[draft.first - 1].roles & {"links.out_of", "links.of"}
    return (QUANTITY, "country") if among and linked and not noun_follows(p, draft.last) else None


def of_a_sum(p: Passage, draft: Draft, before: list[Draft]) -> Draft | None:
    """Reads "Dei 23 miliardi, nove sono per la Marina": parts of a sum are sums, in its scale."""
    for other in reversed(before):
        if other.kind != MONEY or p.low[other.first - 1] not in _OF_WHOLES or not sharable(draft, other):
            continue
        opens = other.first - 2
        opened = p.ends_sentence(opens) or p.capital(opens + 1) or p.capital(opens)
        parts = draft.printed is not None and other.printed is not None and draft.printed < other.printed
        if opened and parts and same_sentence(p, other.last, draft.first) and not noun_follows(p, draft.last):
            return other
    return None


_OF_WHOLES: Final = cues("of_wholes")


def rate(place: Place) -> Verdict:
    """Reads "for every 100 rupees I give, twenty go": a sum out of each sum."""
    for other in reversed(place.before):
        if other.kind == MONEY and _rated(place.p, other, place.draft):
            return MONEY, other.unit
    return None


def _rated(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "for every 100 rupees I give, twenty go": the share of a sum is a sum."""
    return (
        bool({"links.each", "links.out_of"} & p.words[previous.first - 1].roles)
        and previous.scale == draft.scale
        and same_sentence(p, previous.last, draft.first)
        and ("stop.words" in p.words[draft.last].roles or p.words[draft.last].unit is None)
    )


def stated_share(place: Place) -> Verdict:
    """Reads "price 55, delivery 25, support 20 (weights in per cent)": the unit stands apart."""
    p, draft = place.p, place.draft
    if not (isinstance(draft.low, Decimal) and draft.low <= _HUNDRED) or noun_follows(p, draft.last):
        return None
    if draft.low < 1 and "links.zero_articles" in p.words[draft.first - 1].roles:
        return PERCENT, "percent"  # "lo 0,2 in più"
    signs = p.settings.vocabulary.phrases["percent.signs"]
    for k in range(draft.last, draft.last + FAR):
        if (p.ends_sentence(k) and p.text[k] != ";") or not p.near(k + 1):
            return None
        stated = "stop.stating" in p.words[k].roles and (signs.after(p.low, k + 1) or p.text[k + 1] == "%")
        if stated and not p.words[k - 1].digits:
            return PERCENT, "percent"
    return None


def share(place: Place) -> Verdict:
    """Reads "il 60% è contrario, il 28 favorevole", "the share falls to 29": the next share."""
    level = _level(place)
    if level is not None:
        return PERCENT, level.unit
    previous = place.previous
    if previous is None or previous.kind != PERCENT or not _shares_again(place.p, place.draft, previous):
        return None
    return PERCENT, previous.unit


def _level(place: Place) -> Draft | None:
    """Reads "58 per cent agree, but among those under 30 the share falls to 29": the share before it."""
    p, draft = place.p, place.draft
    named = range(draft.first - _NEXT, draft.first)
    if not any("tables.percent" in p.words[k].roles for k in named) or noun_follows(p, draft.last):
        return None
    for other in reversed(place.before):
        if other.kind == PERCENT and other.unit == "percent" and same_sentence(p, other.last, draft.first):
            return other if isinstance(draft.low, Decimal) and draft.low <= _HUNDRED else None
    return None


#: Tokens before a number that may call it a share.
_NEXT: Final = 5


def _shares_again(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Reads "il 60% è contrario, il 28 favorevole", "45 per cent agreed; 38 did not" of a poll.

    An article in the singular before a number above one stands for a share; so does a bare number
    where people have been asked.
    """
    if not isinstance(draft.low, Decimal) or draft.low > 100 or draft.first - previous.last > FAR:
        return False
    if not p.together(previous.last - 1, draft.first):
        return False
    here = same_sentence(p, previous.last, draft.first)
    elided = p.text[draft.first - 1] in ("'", "’")
    article = draft.first - 1 - elided
    one = p.low[article] in _SINGULAR or (elided and p.low[article] == "l")
    if (
        (here or closes(p, draft.last))
        and one
        and draft.low > 1
        and p.words[draft.last].unit in (None, "vote")
    ):
        return True
    asked = range(max(PAD, previous.first - FAR), draft.first)
    return (
        not noun_follows(p, draft.last)
        and p.words[draft.first - 1].unit is None
        and any("links.asked" in p.words[k].roles for k in asked)
    )


_SINGULAR: Final = cues("singular_articles")
