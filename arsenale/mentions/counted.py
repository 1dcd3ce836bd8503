"""What a text has counted, and the bare numbers that count it again."""

# ruff: noqa: PLR2004 (its bounds are lengths of print)

from decimal import Decimal
from math import log10
from typing import Final, cast

from arsenale.mentions.clauses import (
    COPULAS,
    PLURAL_ARTICLES,
    TIMES,
    closes,
    nearest_plural,
    nearest_thing,
    noun_follows,
    same_sentence,
    too_many,
)
from arsenale.mentions.memory import Counted
from arsenale.mentions.model import MONEY, QUANTITY
from arsenale.mentions.numbers import number_at
from arsenale.mentions.passage import FAR, LIST_GAP, PAD, REACH, Draft, Passage
from arsenale.mentions.place import Place, Verdict
from arsenale.mentions.taking import converted_by
from arsenale.mentions.vocabulary import cues, word_set

_ONE: Final = Decimal(1)
_THAN: Final = cues("than")


def remember(draft: Draft, counted: list[Counted], paragraph: int) -> None:
    """Keeps what a draft counts, for the bare numbers of later sentences."""
    if draft.unit is not None and isinstance(draft.high, Decimal) and draft.high > 0:
        again = {
            known for known in counted if known[0] == draft.unit and abs(log10(known[1] / draft.high)) < 1
        }
        counted[:] = [known for known in counted if known not in again][1 - _COUNTED :]
        counted.append((draft.unit, draft.high, paragraph))


def likeliest(p: Passage, draft: Draft, counted: list[Counted], paragraph: int) -> str | None:
    """What a bare number counts if its sentence does not tell.

    What was counted lately in numbers of its size: "4,212 men built 7 destroyers. Later they were 6,800";
    what was counted last after "the other", "the first".
    """
    again = "links.again" in p.words[draft.first - 1].roles
    topic = p.memory.topic
    if (
        not again
        and topic is not None
        and topic[1] == paragraph
        and all(then < paragraph for *_, then in counted)
    ):
        return topic[0]  # "The DDG-51 costs $2.5 billion. Two were bought"
    if not isinstance(draft.high, Decimal) or draft.high <= 0:
        return counted[-1][0] if counted else None
    if not counted:
        return _nearest_kit(p, draft)
    size, step = log10(draft.high), _STEP_AGAIN if again else _STEP
    many = draft.high >= _MANY
    costs = [
        (
            abs(size - log10(value))
            + step * (back + 2 * (paragraph - then))
            + _FEW * (many and unit in KIT)
            - _TOPIC * (unit in KIT) * log10(1 + p.settings.spoken[unit]),
            unit,
        )
        for back, (unit, value, then) in enumerate(reversed(counted))
        if not too_many(draft, unit)
    ]
    if many and all(unit in KIT for unit, *_ in counted):
        costs.append((_UNSEEN, "person"))
    if not many and (unit := _nearest_kit(p, draft)) is not None:
        costs.append((_UNSEEN, unit))  # "a frigate with 199 aboard ... the next two"
    return min(costs)[1] if costs else None


def _nearest_kit(p: Passage, draft: Draft) -> str | None:
    """The last piece of kit that the paragraph named: "The frigate costs 820 million; the first two"."""
    for k in range(draft.first - 1, max(PAD, draft.first - 2 * FAR), -1):
        unit = p.words[k].unit
        if unit in KIT and not too_many(draft, unit):
            return unit
        if not p.near(k):
            break
    return None


#: What names in the plural that no list holds most likely are, if the text counts such things: "30 Hürjets".
KIT: Final = word_set("ship submarine aircraft helicopter drone vehicle missile system")
#: What was counted that a later bare number may count again; and what one step back in the text weighs
#: against a tenfold difference in size.
_COUNTED: Final = 8
_STEP: Final = 0.15
_STEP_AGAIN: Final = 0.5
#: How much it weighs that the page often names what was counted.
_TOPIC: Final = 0.3
#: Bare numbers from here on are hardly pieces of kit: how much that weighs, and what people cost where the
#: text has counted only such.
_MANY: Final = 300
_FEW: Final = 0.5
_UNSEEN: Final = 1.2


def former_or_latter(place: Place) -> Verdict:
    """Reads "479 drones and 20 missiles; 460 of the former and 19 of the latter fell"."""
    p, draft = place.p, place.draft
    words = p.low[draft.last : draft.last + 3]
    former, latter = not _FORMER.isdisjoint(words), not _LATTER.isdisjoint(words)
    if former == latter or words[0] not in _PARTS:
        return None
    counts = [d for d in p.drafts if d.first < draft.first and d.kind == QUANTITY and d.counted and d.unit]
    told = list(dict.fromkeys(d.unit for d in counts if same_sentence(p, d.last, draft.first)))[:2]
    if len(told) < 2:
        return None
    return QUANTITY, told[0 if former else 1]


_FORMER: Final = cues("former")
_LATTER: Final = cues("latter")
_PARTS: Final = cues("partitives")


def recalled(place: Place) -> Verdict:
    """Reads "8 helicopters ... three of the eight": a definite number takes up the same count."""
    p, draft = place.p, place.draft
    if noun_follows(p, draft.last) or not place.whole:
        return None
    if p.low[draft.first - 1] in _REST:
        unit = _rest_of(p, draft)
        return None if unit is None else (QUANTITY, unit)
    if p.low[draft.first - 1] in PLURAL_ARTICLES and p.near(draft.first):
        unit = _told(p, draft.low)
        return None if unit is None else (QUANTITY, unit)
    article = draft.last + 1
    if "links.of" not in p.words[draft.last].roles or not p.near(draft.last):
        article = draft.last
    if p.low[article] not in PLURAL_ARTICLES or not p.words[article + 1].trigger:
        return None
    whole = number_at(p, article + 1)
    unit = None if whole is None or noun_follows(p, whole.last) else _told(p, whole.value)
    return None if unit is None else (QUANTITY, unit)


def _rest_of(p: Passage, draft: Draft) -> str | None:
    """Reads "11 frigates ... three in Nagasaki ... the other eight": what the sum counts."""
    before = [d for d in p.drafts if d.first < draft.first and d.kind == QUANTITY and d.counted and d.unit]
    recent = before[-_RECENT:]
    for part in reversed(recent):
        for whole in recent:
            values = (part.low, draft.low, whole.low)
            if whole.unit == part.unit and all(isinstance(value, Decimal) for value in values):
                some, rest, total = cast("tuple[Decimal, Decimal, Decimal]", values)
                if some + rest == total:
                    return whole.unit
    return None


_REST: Final = cues("the_rest")
_RECENT: Final = 10


def _told(p: Passage, value: Decimal | str | None) -> str | None:
    """What was counted in just this number, the latest first; small numbers are told of too many things."""
    if not isinstance(value, Decimal) or value < _TELLING:
        return None
    return next((unit for unit, told, _ in reversed(p.memory.counted) if told == value), None)


_TELLING: Final = 3


def more(place: Place) -> Verdict:
    """Reads "83 on order for ₹48,000 crore and 97 more", "altri dodici in più": more of what was counted."""
    p, draft = place.p, place.draft
    after = "stop.more" in p.words[draft.last].roles and p.near(draft.last)
    before = "links.again" in p.words[draft.first - 1].roles and not noun_follows(p, draft.last)
    if not place.whole or not (after or before):
        return None
    if after and p.low[draft.last + 1] in _THAN:
        return place.previous if place.together else None  # "2.600 euro al mese, 800 più di prima"
    for other in reversed(place.before):
        if other.kind == QUANTITY and other.unit not in TIMES and same_sentence(p, other.last, draft.first):
            return QUANTITY, other.unit
    for k in range(draft.first - 1, max(PAD, draft.first - REACH), -1):
        if p.words[k].unit in KIT:
            return QUANTITY, p.words[k].unit  # "The helicopter contract has an option for 12 more"
        if p.ends_sentence(k):
            break
    if place.together and place.previous is not None and place.previous.unit in DURATIONS:
        return QUANTITY, place.previous.unit  # "for 20 years, with an option for ten more"
    return None if place.counted is None else (QUANTITY, place.counted)


def of_calibre(place: Place) -> Verdict:
    """Reads "un cannone da 127/64 e due da 76": more guns, of another calibre."""
    p, draft = place.p, place.draft
    if "names.of_calibre" not in p.words[draft.last].roles or not p.words[draft.last + 1].digits:
        return None
    guns = (p.words[k].unit for k in range(draft.first - 1, draft.first - REACH, -1))
    return next(((QUANTITY, unit) for unit in guns if unit in ("gun", "system")), None)


def bought(place: Place) -> Verdict:
    """Reads "six ships for RM9 billion; the bill is now 11.2 billion for five": what a sum pays for."""
    p, draft, previous = place.p, place.draft, place.previous
    paid = previous is not None and previous.kind == MONEY and previous.last == draft.first - 1
    bare = place.whole and draft.scale == _ONE and not noun_follows(p, draft.last)
    if not (paid and bare and p.low[draft.first - 1] in _FOR and place.counted):
        return None
    return QUANTITY, place.counted


_FOR: Final = cues("in_exchange")


def taken_up(place: Place) -> Verdict:
    """Reads "entro quaranta giorni. Ne sono passati 33", "quindici minuti ... ne avrà cinque"."""
    p, draft = place.p, place.draft
    if not any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3)):
        return None
    amounts = [d for d in place.before if d.kind in (MONEY, QUANTITY)]
    since = amounts[-1].last if amounts else PAD
    noun = nearest_plural(p, draft.first, max(since, draft.first - FAR))
    if noun is not None:
        return noun  # "Gli alloggi, soprattutto. Ne servirebbero 51.000"
    named, thing = nearest_thing(p, draft.first)
    for other in reversed(amounts):
        # "8,4 miliardi di manat (circa 5 miliardi di dollari) ... ne sono previsti 8,7"
        other = converted_by(p, other) or other  # noqa: PLW2901 (what the bracket repeats)
        if named > other.last and (other.unit in DURATIONS or other.unit == "person"):
            return QUANTITY, thing  # "un motore ogni 40 minuti. In tre anni ne costruì 11.500"
        if other.kind == MONEY and (not place.whole or same_sentence(p, other.last, draft.first)):
            return other
        taken = other.kind == QUANTITY and other.unit not in TIMES - DURATIONS
        taken = taken and (other.unit not in DURATIONS or _alike(other, draft))
        if taken and other.unit is not None and not noun_follows(p, draft.last):
            return QUANTITY, other.unit
    return None


def _alike(previous: Draft, draft: Draft) -> bool:
    """Whether two amounts are of one size: times within a factor of ten, lengths within a hundred."""
    one, other = previous.high, draft.high
    factor = 10 if previous.unit in DURATIONS else 100
    return (
        isinstance(one, Decimal)
        and isinstance(other, Decimal)
        and one > 0
        and one / factor <= other <= one * factor
    )


DURATIONS: Final = word_set("year month week day hour minute")


def beside(place: Place) -> Verdict:
    """Takes the unit of the amount before it in the sentence, if nothing sets the two apart."""
    p, previous, draft = place.p, place.previous, place.draft
    if previous is None or previous.kind != QUANTITY or not place.together:
        return None
    gap = draft.first - previous.last
    if previous.unit in TIMES:
        # "48 months, to be extended by twelve", "61 to 64 hours, against a legal 52"; but "58, hopes for
        # 100,000", and whatever acts is no measure: "at five days' notice, four were in refit".
        ends = closes(p, draft.last) or gap <= LIST_GAP
        goes_on = (
            ends
            and not noun_follows(p, draft.last)
            and _alike(previous, draft)
            and p.low[draft.last] not in COPULAS
            and "links.finite" not in p.words[draft.last].roles
        )
        return (QUANTITY, previous.unit) if goes_on else None
    if previous.high and draft.high and not _alike(previous, draft):
        return None
    acts = {"links.finite", "links.change", "links.passing"} & p.words[draft.last].roles
    if acts and p.text[draft.first - 1] == ";":
        return None  # "with the loss of 153 lives; eleven reached port"
    listed = gap <= LIST_GAP or (_names_more(p, draft) and gap <= _NAME)
    return (QUANTITY, previous.unit) if listed or _gapped(p, previous, draft) else None


#: Tokens that a name may put between two items of a list: "16 A-4Q Skyhawks and six Trackers".
_NAME: Final = 8


def _names_more(p: Passage, draft: Draft) -> bool:
    """Whether a plural name that no list holds follows, in a list: "and six Trackers"."""
    at, before = draft.last, p.words[draft.first - 1].roles
    return (
        p.near(at)
        and p.capital(at)
        and p.low[at].endswith("s")
        and p.text[at].isalpha()
        and p.words[at].unit is None
        and ("links.list" in before or p.text[draft.first - 1] == ",")
    )


def _gapped(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "The agency employs 760; the sector, some 90,000": bare numbers, the second without a verb."""
    bare = p.words[previous.last - 1].unit is None and not noun_follows(p, previous.last)
    return bare and previous.unit not in TIMES and closes(p, draft.last) and draft.scale == previous.scale


def last_counted(place: Place) -> Verdict:
    """Takes what the text most likely counts here, unless a noun follows that no list holds."""
    # What a word of no list names is not what was counted before: "the five worst corridors".
    p, draft = place.p, place.draft
    ones = range(draft.last, draft.last + 3)  # "66 old ones"
    again = "links.again" in p.words[draft.first - 1].roles or any(
        "stop.ones" in p.words[k].roles for k in ones
    )
    modelled = (
        p.low[draft.last].endswith("s") or p.words[draft.last + 1].digits
    )  # "30 Hürjets", "66 Strv 122"
    named = p.capital(draft.last) and modelled and place.counted in KIT
    return QUANTITY, place.counted if again or named or not noun_follows(p, draft.last) else None
