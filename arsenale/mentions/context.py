"""What a bare number says: decided by its sentence, then by what the text counted last."""

# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)
# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from typing import Final, cast

from arsenale.mentions.clauses import (
    COPULAS,
    DETERMINERS,
    PLURAL_ARTICLES,
    TIMES,
    age_limit,
    changing,
    clause_noun,
    closes,
    framed_alike,
    is_age,
    nearest_plural,
    nearest_thing,
    noun_follows,
    of_people,
    same_sentence,
    scored,
    strength,
    subject_of,
    thing_before,
    too_many,
)
from arsenale.mentions.dates import is_year
from arsenale.mentions.memory import Counted
from arsenale.mentions.model import (
    DATE,
    MONEY,
    OTHER,
    PERCENT,
    QUANTITY,
    RANK,
)
from arsenale.mentions.numbers import number_at
from arsenale.mentions.passage import PAD, Draft, Passage
from arsenale.mentions.ranges import TRANSPARENT, set_against, tells_change, votes_surely
from arsenale.mentions.vocabulary import cues, word_set

_COMPARATIVES: Final = cues("comparatives")
_IN_MORE: Final = cues("in_year")
_COMPARATIVES_AFTER_IN: Final = cues("comparatives_after_in")

_FAR: Final = 40
_LIST_GAP: Final = 4
_REACH: Final = 14
_ONE: Final = Decimal(1)


def sharable(draft: Draft, other: Draft) -> bool:
    """Whether a number can take the scale of another: "5.9, 2.3 and 2.8 billion"."""
    printed, limit = draft.printed, other.printed
    return (
        printed is not None
        and limit is not None
        and other.scale != _ONE
        and (abs(printed) < 1000 or abs(limit) >= 1000)
        and abs(printed) <= max(abs(limit) * 50, Decimal(999) if other.scale < 1_000_000 else Decimal(0))
    )


def scale(draft: Draft, factor: Decimal) -> None:
    """Multiplies a draft by the scale that it shares."""
    draft.scale = factor
    for name in ("low", "high"):
        value = getattr(draft, name)
        if isinstance(value, Decimal):
            setattr(draft, name, value * factor)


def take(draft: Draft, other: Draft) -> None:
    """Gives an open draft the kind, unit and scale of another."""
    draft.kind, draft.unit, draft.open, draft.counted = other.kind, other.unit, False, other.counted
    if draft.scale == _ONE and sharable(draft, other):
        scale(draft, other.scale)


def converting(p: Passage, draft: Draft) -> bool:
    """Whether a sum stands in brackets, where it converts the one before: "(about $9.1bn)"."""
    at = draft.first - 1
    while draft.first - at <= _LIST_GAP and (p.words[at].roles & _ASIDE_WORDS or p.low[at] in _SAID_AGAIN):
        if p.low[at] in _SAID_AGAIN and p.text[at - 1] == ",":
            return True
        at -= 1
    return p.text[at] in _ASIDE


_ASIDE_WORDS: Final = frozenset({"hedges.approximate", "hedges.minimum", "hedges.maximum", "hedges.between"})
#: Before a sum in another currency that only converts the one before.
_ASIDE: Final = frozenset("([≈~")


_SAID_AGAIN: Final = cues("said_again")


def converted_by(p: Passage, draft: Draft) -> Draft | None:
    """The sum or share that one in brackets right after it, or after "or", gives in another currency."""
    if draft.kind != MONEY or not converting(p, draft):
        return None
    at = bisect_left(p.drafts, draft.first, key=lambda one: one.first)
    main = p.drafts[at - 1] if at else None
    close = main is not None and main.kind in (MONEY, PERCENT) and draft.first - main.last <= _LIST_GAP
    return main if main is not None and close and main.unit != draft.unit else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bare number stands.

    Attributes:
        p: The passage.
        draft: The number.
        previous: The last amount before it; None if there is none.
        before: The last few drafts before it, dates and all, in text order.
        counted: What a bare number of its size most likely counts here.
    """

    p: Passage
    draft: Draft
    previous: Draft | None
    before: list[Draft]
    counted: str | None

    @property
    def together(self) -> bool:
        """Whether the last amount stands in the same sentence."""
        return self.previous is not None and same_sentence(self.p, self.previous.last, self.draft.first)

    @property
    def whole(self) -> bool:
        """Whether the number is a whole one."""
        low = self.draft.low
        return isinstance(low, Decimal) and low == low.to_integral_value()


#: What settles a bare number; None leaves it to the next rule.
Verdict = tuple[str, str | None] | Draft | None
_NONE: Final = (OTHER, None)


def settle_one(place: Place) -> None:
    """Settles one open draft by the first rule that knows what it is."""
    draft = place.draft
    draft.open = False
    for rule in _RULES:
        verdict = rule(place)
        if isinstance(verdict, Draft):
            draft.open = True
            take(draft, verdict)
            return
        if verdict is not None:
            draft.kind, draft.unit = verdict
            return


def _people(place: Place) -> Verdict:
    if not of_people(place.p, place.draft):
        return None
    place.draft.counted = True
    return QUANTITY, "person"


def _more(place: Place) -> Verdict:
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
    for k in range(draft.first - 1, max(PAD, draft.first - _REACH), -1):
        if p.words[k].unit in _KIT:
            return QUANTITY, p.words[k].unit  # "The helicopter contract has an option for 12 more"
        if p.ends_sentence(k):
            break
    if place.together and place.previous is not None and place.previous.unit in _DURATIONS:
        return QUANTITY, place.previous.unit  # "for 20 years, with an option for ten more"
    return None if place.counted is None else (QUANTITY, place.counted)


def _recalled(place: Place) -> Verdict:
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


def _former_or_latter(place: Place) -> Verdict:
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


def _changed_from(place: Place) -> Verdict:
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
    if draft.first - previous.last > _LIST_GAP:
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


def _ranked_among(place: Place) -> Verdict:
    """Reads "28th out of 32": what is ranked without a noun are states."""
    p, draft = place.p, place.draft
    last = place.before[-1] if place.before else None
    among = last is not None and last.kind == RANK and draft.first - last.last in (1, 2)
    linked = p.words[draft.first - 1].roles & {"links.out_of", "links.of"}
    return (QUANTITY, "country") if among and linked and not noun_follows(p, draft.last) else None


def _part(place: Place) -> Verdict:
    previous = place.previous
    if previous is None or previous.kind not in (QUANTITY, MONEY):
        return None
    out_of = "links.out_of" in place.p.words[place.draft.first - 1].roles
    if out_of and place.together and place.draft.first - previous.last <= _LIST_GAP:
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


def _aside(place: Place) -> Verdict:
    """Reads "18 F-16 Block 70 on order (8 due in 2025)": a bracket that opens with a part of the count."""
    p, draft = place.p, place.draft
    labelled = p.words[draft.first - 2].unit in _KIT | {"person"}
    if p.text[draft.first - 1] != "(" or p.text[draft.last] == ")" or labelled or not place.whole:
        return None
    other = next((d for d in reversed(place.before) if d.kind == QUANTITY and d.unit not in TIMES), None)
    if other is None or not other.unit or noun_follows(p, draft.last):
        return None
    whole, some = other.high, draft.low
    if not (isinstance(whole, Decimal) and isinstance(some, Decimal) and some < whole):
        return None
    return (QUANTITY, other.unit) if same_sentence(p, other.last, draft.first) else None


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


def _stated_share(place: Place) -> Verdict:
    """Reads "price 55, delivery 25, support 20 (weights in per cent)": the unit stands apart."""
    p, draft = place.p, place.draft
    if not (isinstance(draft.low, Decimal) and draft.low <= _HUNDRED) or noun_follows(p, draft.last):
        return None
    if draft.low < 1 and "links.zero_articles" in p.words[draft.first - 1].roles:
        return PERCENT, "percent"  # "lo 0,2 in più"
    signs = p.settings.vocabulary.phrases["percent.signs"]
    for k in range(draft.last, draft.last + _FAR):
        if (p.ends_sentence(k) and p.text[k] != ";") or not p.near(k + 1):
            return None
        stated = "stop.stating" in p.words[k].roles and (signs.after(p.low, k + 1) or p.text[k + 1] == "%")
        if stated and not p.words[k - 1].digits:
            return PERCENT, "percent"
    return None


def _taken_up(place: Place) -> Verdict:
    """Reads "entro quaranta giorni. Ne sono passati 33", "quindici minuti ... ne avrà cinque"."""
    p, draft = place.p, place.draft
    if not any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3)):
        return None
    amounts = [d for d in place.before if d.kind in (MONEY, QUANTITY)]
    since = amounts[-1].last if amounts else PAD
    noun = nearest_plural(p, draft.first, max(since, draft.first - _FAR))
    if noun is not None:
        return noun  # "Gli alloggi, soprattutto. Ne servirebbero 51.000"
    named, thing = nearest_thing(p, draft.first)
    for other in reversed(amounts):
        # "8,4 miliardi di manat (circa 5 miliardi di dollari) ... ne sono previsti 8,7"
        other = converted_by(p, other) or other  # noqa: PLW2901 (what the bracket repeats)
        if named > other.last and (other.unit in _DURATIONS or other.unit == "person"):
            return QUANTITY, thing  # "un motore ogni 40 minuti. In tre anni ne costruì 11.500"
        if other.kind == MONEY and (not place.whole or same_sentence(p, other.last, draft.first)):
            return other
        taken = other.kind == QUANTITY and other.unit not in TIMES - _DURATIONS
        taken = taken and (other.unit not in _DURATIONS or _alike(other, draft))
        if taken and other.unit is not None and not noun_follows(p, draft.last):
            return QUANTITY, other.unit
    return None


def _prolonged(place: Place) -> Verdict:
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
    if last is None or last.unit not in _DURATIONS or not same_sentence(p, last.last, draft.first):
        return None
    return QUANTITY, last.unit


def _lasting(place: Place) -> Verdict:
    """Reads "took one hour in 2003, takes ten to fourteen", "ne bastavano sei": what lasts is time."""
    p, draft = place.p, place.draft
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    lasts = "links.lasting" in p.words[before].roles and not noun_follows(p, draft.last)
    extends = {"links.dimension"} & (p.words[before].roles | p.words[draft.last].roles)
    for other in reversed(place.before):
        by = p.low[draft.first - 1] in _BY and draft.first - 1 == other.last  # "182 metres by 20"
        measured = (lasts and other.unit in _DURATIONS) or ((extends or by) and other.unit in _LENGTHS)
        if measured and other.kind == QUANTITY and same_sentence(p, other.last, draft.first):
            return QUANTITY, other.unit
    return None


def _it_was(place: Place) -> Verdict:
    """Reads "Orders stand at €44 bn, half abroad. In 2021 they were 35": what was said before."""
    p, draft = place.p, place.draft
    named = p.near(draft.last + 1) and p.words[draft.last + 1].unit is not None  # "Sono dodici i carri"
    if p.low[draft.first - 1] not in COPULAS or named or noun_follows(p, draft.last):
        return None
    first = draft.first - 1
    while p.near(first) and not p.ends_sentence(first - 1) and draft.first - first < _REACH:
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


def _opening(place: Place) -> Verdict:
    """Reads "And the new launchers? - Twenty-one, yes": an answer counts first what was asked about."""
    p, draft = place.p, place.draft
    nearest = max(PAD, draft.first - _FAR)
    asked = next((k for k in range(draft.first - 1, nearest, -1) if p.text[k] == "?"), 0)
    if not asked or noun_follows(p, draft.last) or any(d.first > asked for d in place.before):
        return None
    between = next((k for k in range(draft.first - 1, asked, -1) if _plural(p, k)), 0)
    if between:
        opens = not p.near(draft.first) or p.ends_sentence(draft.first - 1)
        return (QUANTITY, p.words[between].unit) if opens else None
    for k in range(asked - 1, nearest, -1):
        if p.ends_sentence(k):
            return None
        if _plural(p, k):
            return QUANTITY, p.words[k].unit
    return None


def _plural(p: Passage, at: int) -> bool:
    """Whether a plural noun stands at a token that a number can count."""
    word = p.words[at]
    return word.unit is not None and word.plural and word.unit not in TIMES and not word.trigger


def _vote(place: Place) -> Verdict:
    p, draft = place.p, place.draft
    against = place.previous is not None and place.previous.unit == "vote"
    if against and set_against(p, draft.first, draft.last):
        return QUANTITY, "vote"  # "lost by nine votes to eight"
    return None


def _score(place: Place) -> Verdict:
    p, draft = place.p, place.draft
    if p.text[draft.first - 1] == "=" and len(p.text[draft.first - 2]) == 1:
        sample = p.low[draft.first - 2] == "n" and place.whole
        return (QUANTITY, "person") if sample else _NONE  # "(n = 62)", "(r = 0.81)"
    if (
        "links.top" in p.words[draft.first - 1].roles
        and draft.low in _CHARTS
        and not noun_follows(p, draft.last)
    ):
        return _NONE  # "among the world's top 100"
    if "stop.speeds" in p.words[draft.last].roles and p.near(draft.last):
        return _NONE  # "1.8 Mach"
    return _NONE if scored(place.p, place.draft) or _zero_led(place.p.text[place.draft.first]) else None


_THAN: Final = cues("than")
#: How many places a ranking is told by.
_CHARTS: Final = frozenset({10, 20, 25, 50, 100, 500})


def _limit_of_age(place: Place) -> Verdict:
    return (QUANTITY, "year") if age_limit(place.p, place.draft) else None


def _again(place: Place) -> Verdict:
    p, draft, previous = place.p, place.draft, place.previous
    if previous is None:
        return None
    if _compared(p, previous, draft) or _partitive(p, previous, draft):
        return previous
    if place.together and _compared_with(p, draft):
        return previous
    return None


def _rate(place: Place) -> Verdict:
    for other in reversed(place.before):
        if other.kind == MONEY and _rated(place.p, other, place.draft):
            return MONEY, other.unit
    return None


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


def _votes(place: Place) -> Verdict:
    draft = place.draft
    previous = place.previous
    acted = previous is not None and previous.unit in _ACTORS and place.together
    if acted and previous is not None and "links.voting" in place.p.words[draft.last].roles:
        return QUANTITY, previous.unit  # "six countries opposed the text, four abstained"
    if any("people.present" in place.p.words[draft.first - k].roles for k in (1, 2)):
        return QUANTITY, "person"  # "presenti 38, votanti 36"
    counted = draft.scale == _ONE and place.whole and votes_surely(place.p, draft.first, draft.last)
    return (QUANTITY, "vote") if counted else None


_ACTORS: Final = frozenset({"country", "company", "party"})


def _share(place: Place) -> Verdict:
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


def _apposed(place: Place) -> Verdict:
    """Reads "I paesi destinatari, 83, si dividono": a number in commas right after what it counts."""
    p, draft = place.p, place.draft
    comma = draft.first - 1
    while p.words[comma].roles & TRANSPARENT and p.near(comma + 1):
        comma -= 1
    after = draft.last
    if p.low[after] in _IN_YEAR and is_year(p.text[after + 1]):
        after += 2  # "le reclute, 9.700 nel 2024, sono"
    closed = p.text[after] == "," or "links.per" in p.words[draft.last].roles
    if p.text[comma] != "," or not closed or not place.whole:
        return None
    if comma < draft.first - 1 or p.text[after] != ",":
        unit = subject_of(p, comma)
        return None if unit is None else (QUANTITY, unit)
    for k in (draft.first - 2, draft.first - 3):
        if p.words[k].unit is not None and p.words[k].plural and p.near(k + 1):
            return QUANTITY, p.words[k].unit
        if not p.text[k].isalpha() or "stop.words" in p.words[k].roles:
            break
    plural = p.low[draft.first - 3] in DETERMINERS
    return (QUANTITY, None) if plural else None


_IN_YEAR: Final = cues("list_prepositions")


def _asked_for(place: Place) -> Verdict:
    """Reads "How many drones has Latvia sent? - 12,000 this year": the answer counts what was asked for."""
    p, draft = place.p, place.draft
    if noun_follows(p, draft.last):
        return None
    since = max((other.last for other in place.before if other.kind in (QUANTITY, MONEY)), default=PAD)
    for k in range(draft.first - 1, max(since, draft.first - _FAR), -1):
        if "links.how_many" in p.words[k].roles:
            asked = range(k + 1, k + _LIST_GAP + 1)  # "how many old tanks", "quanti siano i medici"
            units = [p.words[n].unit for n in asked if p.words[n].unit is not None and p.words[n].plural]
            return (QUANTITY, units[0]) if units else None
    return None


def _subject(place: Place) -> Verdict:
    """Reads "I contratti superiori a 100 milioni di euro sono stati nove": a copula counts its subject."""
    p, draft = place.p, place.draft
    copula = draft.first - 1
    while p.words[copula].roles & TRANSPARENT and p.near(copula + 1):
        copula -= 1
    if not place.whole or p.low[copula] not in COPULAS or noun_follows(p, draft.last):
        return None
    unit = subject_of(p, copula)
    place.draft.counted = unit is not None and unit not in TIMES
    return None if unit is None else (QUANTITY, unit)


def _running_total(place: Place) -> Verdict:
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


def _of_calibre(place: Place) -> Verdict:
    """Reads "un cannone da 127/64 e due da 76": more guns, of another calibre."""
    p, draft = place.p, place.draft
    if "names.of_calibre" not in p.words[draft.last].roles or not p.words[draft.last + 1].digits:
        return None
    guns = (p.words[k].unit for k in range(draft.first - 1, draft.first - _REACH, -1))
    return next(((QUANTITY, unit) for unit in guns if unit in ("gun", "system")), None)


def _bought(place: Place) -> Verdict:
    """Reads "six ships for RM9 billion; the bill is now 11.2 billion for five": what a sum pays for."""
    p, draft, previous = place.p, place.draft, place.previous
    paid = previous is not None and previous.kind == MONEY and previous.last == draft.first - 1
    bare = place.whole and draft.scale == _ONE and not noun_follows(p, draft.last)
    if not (paid and bare and p.low[draft.first - 1] in _FOR and place.counted):
        return None
    return QUANTITY, place.counted


_FOR: Final = cues("in_exchange")


def _framed(place: Place) -> Verdict:
    for other in reversed(place.before):
        if other.kind != DATE and framed_alike(place.p, other, place.draft):
            return other
    return None


def _answer(place: Place) -> Verdict:
    previous = place.previous
    if previous is None or previous.kind == QUANTITY or not (place.together or not place.whole):
        return None
    return previous if not place.whole or _parallel(place.p, place.draft, previous) else None


def _statistic(place: Place) -> Verdict:
    unmeasured = place.previous is None or place.previous.kind != QUANTITY
    return _NONE if not place.whole and unmeasured else None


def _age(place: Place) -> Verdict:
    return (QUANTITY, "year") if is_age(place.p, place.draft) else None


def _said_age(place: Place) -> Verdict:
    """Reads "Their average age was 24", "età media 31", "he will be sixty"."""
    p, draft = place.p, place.draft
    low = draft.low
    if not (isinstance(low, Decimal) and 1 < low < _HUNDRED and draft.scale == _ONE) or noun_follows(
        p, draft.last
    ):
        return None
    near = p.words[draft.first - 3 : draft.first]
    retired = p.settings.vocabulary.phrases["people.aged_at"].before(p.low, draft.first - 1) >= 0
    if retired or any("people.age" in w.roles for w in near):
        return QUANTITY, "year"
    lives = (
        any("people.pronoun" in w.roles for w in near) and "people.lives" in p.words[draft.first - 1].roles
    )
    return (QUANTITY, "year") if lives and place.whole else None


def _named(place: Place) -> Verdict:
    p, draft = place.p, place.draft
    unit = clause_noun(p, draft) or strength(p, draft)
    if unit is None and not noun_follows(p, draft.last):
        unit = changing(p, draft) or thing_before(p, draft)
    # A crew is counted beside its ship; what comes next is more likely about the ship.
    draft.counted = unit is not None and unit != "person"
    return None if unit is None else (QUANTITY, unit)


def _beside(place: Place) -> Verdict:
    """Takes the unit of the amount before it in the sentence, if nothing sets the two apart."""
    p, previous, draft = place.p, place.previous, place.draft
    if previous is None or previous.kind != QUANTITY or not place.together:
        return None
    gap = draft.first - previous.last
    if previous.unit in TIMES:
        # "48 months, to be extended by twelve", "61 to 64 hours, against a legal 52"; but "58, hopes for
        # 100,000", and whatever acts is no measure: "at five days' notice, four were in refit".
        ends = closes(p, draft.last) or gap <= _LIST_GAP
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
    listed = gap <= _LIST_GAP or (_names_more(p, draft) and gap <= _NAME)
    return (QUANTITY, previous.unit) if listed or _gapped(p, previous, draft) else None


#: Tokens that a name may put between two items of a list: "16 A-4Q Skyhawks and six Trackers".
_NAME: Final = 8


def _last_counted(place: Place) -> Verdict:
    # What a word of no list names is not what was counted before: "the five worst corridors".
    p, draft = place.p, place.draft
    ones = range(draft.last, draft.last + 3)  # "66 old ones"
    again = "links.again" in p.words[draft.first - 1].roles or any(
        "stop.ones" in p.words[k].roles for k in ones
    )
    modelled = (
        p.low[draft.last].endswith("s") or p.words[draft.last + 1].digits
    )  # "30 Hürjets", "66 Strv 122"
    named = p.capital(draft.last) and modelled and place.counted in _KIT
    return QUANTITY, place.counted if again or named or not noun_follows(p, draft.last) else None


#: What names in the plural that no list holds most likely are, if the text counts such things: "30 Hürjets".
_KIT: Final = word_set("ship submarine aircraft helicopter drone vehicle missile system")


#: In order of precedence: what the words beside the number say, then its sentence, then the text before.
_RULES: Final[tuple[Callable[[Place], Verdict], ...]] = (
    _former_or_latter, _changed_from, _people, _of_calibre, _running_total, _prolonged, _recalled,
    _ranked_among, _more, _limit_of_age, _part, _aside, _stated_share, _taken_up, _vote, _said_age,
    _score, _again, _rate, _votes, _share, _age, _apposed, _asked_for, _opening, _lasting, _it_was,
    _subject, _bought, _framed, _answer, _statistic, _named, _beside, _last_counted,
)  # fmt: skip


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


def _alike(previous: Draft, draft: Draft) -> bool:
    """Whether two amounts are of one size: times within a factor of ten, lengths within a hundred."""
    one, other = previous.high, draft.high
    factor = 10 if previous.unit in _DURATIONS else 100
    return (
        isinstance(one, Decimal)
        and isinstance(other, Decimal)
        and one > 0
        and one / factor <= other <= one * factor
    )


_DURATIONS: Final = word_set("year month week day hour minute")
_BY: Final = cues("by")
_LENGTHS: Final = word_set("metre foot km")


def _gapped(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "The agency employs 760; the sector, some 90,000": bare numbers, the second without a verb."""
    bare = p.words[previous.last - 1].unit is None and not noun_follows(p, previous.last)
    return bare and previous.unit not in TIMES and closes(p, draft.last) and draft.scale == previous.scale


def _compared_with(p: Passage, draft: Draft) -> bool:
    """Reads "22.500 uomini invece di 80.000", "760, up from 640": a number set against the one before."""
    if noun_follows(p, draft.last):
        return False
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return p.settings.vocabulary.phrases["links.compared"].before(p.low, before) >= 0


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
            + _FEW * (many and unit in _KIT)
            - _TOPIC * (unit in _KIT) * log10(1 + p.settings.spoken[unit]),
            unit,
        )
        for back, (unit, value, then) in enumerate(reversed(counted))
        if not too_many(draft, unit)
    ]
    if many and all(unit in _KIT for unit, *_ in counted):
        costs.append((_UNSEEN, "person"))
    if not many and (unit := _nearest_kit(p, draft)) is not None:
        costs.append((_UNSEEN, unit))  # "a frigate with 199 aboard ... the next two"
    return min(costs)[1] if costs else None


def _nearest_kit(p: Passage, draft: Draft) -> str | None:
    """The last piece of kit that the paragraph named: "The frigate costs 820 million; the first two"."""
    for k in range(draft.first - 1, max(PAD, draft.first - 2 * _FAR), -1):
        unit = p.words[k].unit
        if unit in _KIT and not too_many(draft, unit):
            return unit
        if not p.near(k):
            break
    return None


def _part_of(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "56 fighters, of which 31 fly", "22 years, seven of them at sea": part of what was counted."""
    if not same_sentence(p, previous.last, draft.first) or draft.first - previous.last > _REACH:
        return False
    parts = p.settings.vocabulary.phrases["links.of_which"]
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return parts.before(p.low, before) >= previous.last or bool(
        parts.after(p.low, draft.last) and p.near(draft.last)
    )


def _zero_led(printed: str) -> bool:
    """Whether digits begin with a zero, as clock times and codes do and counts never: "0630"."""
    return len(printed) > 1 and printed[0] == "0" and printed.isdecimal()


def _shares_again(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Reads "il 60% è contrario, il 28 favorevole", "45 per cent agreed; 38 did not" of a poll.

    An article in the singular before a number above one stands for a share; so does a bare number
    where people have been asked.
    """
    if not isinstance(draft.low, Decimal) or draft.low > 100 or draft.first - previous.last > _FAR:
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
    asked = range(max(PAD, previous.first - _FAR), draft.first)
    return (
        not noun_follows(p, draft.last)
        and p.words[draft.first - 1].unit is None
        and any("links.asked" in p.words[k].roles for k in asked)
    )


_SINGULAR: Final = cues("singular_articles")


def _detailed(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "64 amendments: nine are inadmissible": what follows the colon counts the same things."""
    return previous.counted and p.text[draft.first - 1] == ":" and previous.last == draft.first - 1


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


def _partitive(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "servono 300 milioni, ne abbiamo 180": the pronoun takes up the sum before."""
    return (
        previous.kind == MONEY
        and any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3))
        and same_sentence(p, previous.last, draft.first)
    )


def _rated(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "for every 100 rupees I give, twenty go": the share of a sum is a sum."""
    return (
        bool({"links.each", "links.out_of"} & p.words[previous.first - 1].roles)
        and previous.scale == draft.scale
        and same_sentence(p, previous.last, draft.first)
        and ("stop.words" in p.words[draft.last].roles or p.words[draft.last].unit is None)
    )


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
    if len(between) <= _NEXT or len(between) > _REACH:
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


_HUNDRED: Final = 100
