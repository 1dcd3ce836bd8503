"""What a number takes from its neighbours: unit and scale of its list, what was counted, the page's money.

Runs over the drafts of one chunk, in text order, once all have been found.
"""

# ruff: noqa: PLR2004 (its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.clauses import TIMES, kit, labelled_by, run_in, same_sentence, scored
from arsenale.mentions.context import settle_one
from arsenale.mentions.counted import likeliest, remember
from arsenale.mentions.hedges import hedge
from arsenale.mentions.meanings import meant
from arsenale.mentions.model import (
    APPROXIMATE,
    DATE,
    DESIGNATION,
    EXACT,
    FIGURES,
    MAXIMUM,
    MINIMUM,
    MONEY,
    PERCENT,
    QUANTITY,
    RANGE,
    RATIO,
)
from arsenale.mentions.parts import of_a_sum
from arsenale.mentions.passage import FAR, LIST_GAP, PAD, REACH, Draft, Passage
from arsenale.mentions.place import Place
from arsenale.mentions.taking import converted_by, scale, sharable, take
from arsenale.mentions.vocabulary import cues, word_set

_ONE: Final = Decimal(1)
#: Sums that tell what money a paragraph speaks of.
_RECENT: Final = 8


def settle(p: Passage) -> None:
    """Gives every open draft its kind and unit, every figure its hedge, every sum its currency."""
    drafts = p.drafts
    for n in range(len(drafts) - 2, -1, -1):
        _from_next(p, drafts, n)
    _walk(p, drafts)
    previous: Draft | None = None
    for draft in drafts:
        if draft.kind in FIGURES:
            _hedged(p, draft, previous)
            previous = draft
        else:
            draft.modality = None if draft.low is None else EXACT


def _from_next(p: Passage, drafts: list[Draft], n: int) -> None:
    """Reads "5.9, 2.3 and 2.8 billion dollars": an item of a list takes scale and unit of the next one."""
    draft = drafts[n]
    if not _lacks(draft) or _has_its_own(p, drafts, n):
        return
    other = _next_item(p, drafts, n) or _next_labelled(p, drafts, n)
    if other is None or _set_against(p, draft):
        return
    if draft.kind == PERCENT:
        if other.kind == PERCENT and other.unit == "percent_of_gdp":
            draft.unit = "percent_of_gdp"
    elif draft.kind == MONEY:
        if other.kind == MONEY and not _converted(p, draft, other):
            _complete(draft, other)
    elif other.kind == RATIO and any("links.range" in w.roles for w in p.words[draft.last : other.first]):
        draft.kind, draft.unit, draft.open = RATIO, None, False  # "da 2,6 a 2,9 volte"
    elif _gives(drafts, n, other) and not _set_apart(p, draft, other):
        take(draft, other)


def _lacks(draft: Draft) -> bool:
    """Whether an item can take something from the next one."""
    lacking = draft.kind == MONEY and (draft.unit is None or draft.scale == _ONE)
    return draft.open or lacking or (draft.kind == PERCENT and draft.unit == "percent")


def _has_its_own(p: Passage, drafts: list[Draft], n: int) -> bool:
    """Whether a cell, a label or the figure before it says what a number is."""
    draft = drafts[n]
    if p.start[draft.first] in p.cells:
        return True  # the cells of a row are no list
    if not draft.open:
        return False
    # "Crew: 135 (plus 38 berths)"; "4.4bn (3.7), a margin of 8.5%"
    return labelled_by(p, draft.first) is not None or (n > 0 and _bracketed(p, drafts[n - 1], draft))


def _gives(drafts: list[Draft], n: int, other: Draft) -> bool:
    """Whether the next item has a unit that a bare number can take; past a name, only things are shared."""
    if other.open or other.kind not in (MONEY, PERCENT, QUANTITY):
        return False
    if other.kind == QUANTITY:
        return other.unit is not None
    return drafts[n + 1].kind != DESIGNATION


def _bracketed(p: Passage, before: Draft, draft: Draft) -> bool:
    """Whether a number stands alone in brackets right after an amount of its size: what it was before."""
    opening = draft.first - 1
    while p.low[opening] in _WAS or p.text[opening] == ":":
        opening -= 1
    if p.text[opening] != "(" or p.text[draft.last] != ")" or before.last != opening:
        return False
    one, two = draft.printed, before.printed
    return not before.open and before.kind != DATE and bool(one and two) and _comparable(draft, before)


#: In brackets, before what a figure was before: "(from 4.3)", "(previously 16-20)".
_WAS: Final = cues("was_before")


def _set_against(p: Passage, draft: Draft) -> bool:
    """Whether a number goes with the one before it: "2.4 per cent, up from 1.15", "26 su 90, il 29%"."""
    if "links.out_of" in p.words[draft.first - 1].roles:
        return True
    return p.settings.vocabulary.phrases["links.compared"].before(p.low, draft.first - 1) >= 0


def _converted(p: Passage, draft: Draft, other: Draft) -> bool:
    """Whether the next sum gives this one in another currency: "18-22 billion, or 2.4 to 2.95 bn euros"."""
    at, mark = draft.last + 1, p.text[draft.last]
    if _ONE in (draft.scale, other.scale) or mark not in _SET_OFF or not 0 <= other.first - at <= 3:
        return False
    said = mark == "(" or any(p.words[k].roles & _SAID_AGAIN for k in range(at, other.first))
    one, two = draft.low, other.low
    if not (said and isinstance(one, Decimal) and isinstance(two, Decimal) and one and two):
        return False
    return max(one / two, two / one) > _EXCHANGED


_SET_OFF: Final = frozenset(",(")
#: Before a sum that only converts one that stands apart.
_ASIDE: Final = frozenset("([≈~")
_SAID_AGAIN: Final = frozenset({"links.alternative"})
#: Two sums of one currency that "or" joins are nearer each other than a sum and what it is in another.
_EXCHANGED: Final = Decimal("1.5")


def _currency_here(
    p: Passage, draft: Draft, summed: list[tuple[Draft, int]], following: list[Draft]
) -> str | None:
    """The currency of a bare sum: that of its sentence or, if it is scaled, of its paragraph; or the page's.

    A sum that the next one converts is not in the currency of that one.
    """
    other = following[0] if following and following[0].kind == MONEY else None
    against = other.unit if other is not None and _converted(p, draft, other) else None
    units = [was.unit for was, _ in summed if was.unit and was.unit != against]
    last, _ = summed[-1] if summed else (None, -1)
    told = {was.unit for was, paragraph in summed if paragraph == p.memory.paragraphs}
    near = last is not None and (
        same_sentence(p, last.last, draft.first)
        or (draft.scale > _ONE and last.scale > _ONE and len(told) == 1)
    )
    if last is not None and near and last.unit != against:
        return last.unit
    page = p.settings.currency
    return units[-1] if page == against and units else page


def _complete(draft: Draft, other: Draft) -> None:
    """Gives a sum the currency or the scale of the next one."""
    if draft.scale != _ONE:
        draft.unit = draft.unit or other.unit
    elif draft.unit is not None and draft.unit == other.unit and sharable(draft, other):
        scale(draft, other.scale)


def _set_apart(p: Passage, draft: Draft, other: Draft) -> bool:
    """Whether the next item of a list keeps its unit to itself."""
    if other.kind == MONEY:
        # "with 54 and $920 million": the sign is no one else's; "another 6 in 2022, 70 million dollars"
        again = "links.again" in p.words[draft.first - 1].roles
        return again or not p.words[other.first].trigger
    between = p.text[draft.last : other.first]
    if other.kind == QUANTITY:
        if other.unit in TIMES and draft.last + 1 == other.first and "links.of" in p.words[draft.last].roles:
            return True  # "seven of 10,000 tons"
        if other.unit in TIMES and not _TEMPORAL.isdisjoint(p.low[draft.last : other.first]):
            return True  # "due entro 90 giorni"
        return ";" in between or ("," in between and not _comparable(draft, other))
    most = max(_HUNDRED, 2 * abs(other.printed or _ONE))
    large = isinstance(draft.low, Decimal) and abs(draft.low) > most  # "390,7, 15 per cento in meno"
    return large or "(" in between  # "970 in 2023 (+15.5%)"


def _comparable(draft: Draft, other: Draft) -> bool:
    """Whether two counts side by side can be of one thing: "950, 3 ships" are not."""
    one, two = draft.printed, other.printed
    return not one or not two or max(one / two, two / one) < _HUNDRED


def _next_item(p: Passage, drafts: list[Draft], n: int) -> Draft | None:
    """The next item of the list that a draft stands in; dates between the items do not break the list."""
    at = drafts[n].last
    for other in drafts[n + 1 : n + 4]:
        if not 0 < other.first - at <= LIST_GAP or not _only_links(
            p, at, other.first, dated=drafts[n].last != at or other.kind == DATE
        ):
            return None
        named = other.kind == DESIGNATION and other.first == at
        if not named and (other.kind != DATE or drafts[n].kind == DATE):
            return other  # past a name: "two Type 209 and two Type 206 submarines"
        at = other.last
    return None


def _next_labelled(p: Passage, drafts: list[Draft], n: int) -> Draft | None:
    """Reads "price 60, quality 40 per cent": the next item, if both have a label of one word before them."""
    draft, following = drafts[n], drafts[n + 1]
    at = draft.last
    while (p.text[at] in (",", ";") or p.words[at].roles & _LINKS) and p.near(at):
        at += 1
    labelled = at > draft.last and following.first == at + 1 and p.near(at) and p.near(at + 1)
    alike = p.capital(at) == p.capital(draft.first - 1)
    if not (draft.open and labelled and alike and _labels(p, at) and _labels(p, draft.first - 1)):
        return None
    return following if following.kind in (MONEY, PERCENT) and not following.open else None


def _labels(p: Passage, at: int) -> bool:
    word = p.words[at]
    known = word.unit is not None or word.trigger or bool(word.roles & _NO_LABELS)
    return p.text[at].isalpha() and not known and not p.low[at].endswith(p.settings.vocabulary.verbal)


_NO_LABELS: Final = frozenset({"stop.words", "links.change", "links.finite", "places.scores"})


def _only_links(p: Passage, first: int, last: int, *, dated: bool) -> bool:
    """Whether only commas and link words stand between two items."""
    at = first
    while at < last:
        if not p.near(at):
            return False
        hedged = max(hedges.after(p.low, at) for hedges in p.settings.vocabulary.hedges_before)
        if first < at < hedged <= last:
            at = hedged  # "from 1.1 to more than 2 per cent"
            continue
        link = p.text[at] in (",", "/", "(", ")", "–", "-", ";") or bool(p.words[at].roles & _LINKS)
        elided = p.elided(at) or p.elided(at - 1)
        by = last == first + 1 and p.low[at] in _BY and _long(p, last)  # "210 per 32 metri"
        if not (link or elided or by or (dated and p.low[at] in _IN)):
            return False
        at += 1
    return p.near(last)


def _long(p: Passage, at: int) -> bool:
    """Whether a length follows the number at a token."""
    return p.words[at + 1].unit in ("metre", "foot")


_HUNDRED: Final = Decimal(100)
_LINKS: Final = frozenset(
    {
        "links.list",
        "links.range",
        "links.alternative",
        "hedges.approximate",
        "hedges.minimum",
        "hedges.maximum",
        "hedges.between",
        "links.between_link",
    }
)
_IN: Final = cues("list_prepositions")
_BY: Final = cues("by")


def _walk(p: Passage, drafts: list[Draft]) -> None:
    """Settles what is still open, left to right: by its own sentence, then by what was last counted."""
    previous: Draft | None = None
    summed: list[tuple[Draft, int]] = []
    counted = p.memory.counted
    for n, draft in enumerate(drafts):
        if n and not p.together(drafts[n - 1].last - 1, draft.first):
            p.memory.paragraphs += 1
        _note_topic(p, draft, drafts[n - 1] if n else None)
        if draft.open and _dated_alike(p, draft, drafts, n):
            take(draft, drafts[n - 2])
        whole = of_a_sum(p, draft, drafts[max(0, n - 4) : n]) if draft.open else None
        if whole is not None:
            take(draft, whole)
        if draft.open and n and _bracketed(p, drafts[n - 1], draft):
            take(draft, drafts[n - 1])
        if draft.open and (
            (previous is not None and _goes_on(p, previous, draft, drafts[n + 1 : n + 3]))
            or not _answered(p, draft, drafts[n + 1 : n + 3])
        ):
            known = likeliest(p, draft, counted, p.memory.paragraphs)
            before = drafts[max(0, n - 4) : n]
            settle_one(Place(p, draft, _relevant(p, before, draft, previous), before, known))
        if draft.kind == MONEY and draft.unit is None:
            draft.unit = _currency_here(p, draft, summed[-_RECENT:], drafts[n + 1 : n + 2])
        if draft.kind == QUANTITY:
            draft.unit = meant(p, draft, counted[-1][0] if counted else None)
        if (
            draft.counted
            and draft.unit is not None
            and draft.kind == QUANTITY
            and draft.unit not in _NOT_COUNTED_AGAIN
            and not _parts_of_each(p, draft)
        ):
            remember(draft, counted, p.memory.paragraphs)
        aside = p.text[draft.first - 1] == "(" and p.text[draft.last] == ")" and previous is not None
        past = draft.unit in TIMES and "stop.past" in p.words[draft.last].roles  # "five years ago"
        if draft.kind in (MONEY, PERCENT, QUANTITY) and not (aside and draft.kind == PERCENT) and not past:
            previous = draft  # "revenue of 842.6 million (+14.2%) and a profit of 61"
        if draft.kind == MONEY and p.text[draft.first - 1] not in _ASIDE and converted_by(p, draft) is None:
            summed.append((draft, p.memory.paragraphs))


def _note_topic(p: Passage, draft: Draft, before: Draft | None) -> None:
    """Keeps what the paragraph is about: the last kit it named, or what its head says."""
    unit = kit(p, draft.first) if draft.kind == DESIGNATION else None
    if before is None or "\n" in p.chunk[p.start[before.first] : p.start[draft.first]]:
        unit = run_in(p, draft.first) or unit
    if unit is not None:
        p.memory.topic = (unit, p.memory.paragraphs)


#: Measures, and votes, which their own words tell.
_NOT_COUNTED_AGAIN: Final = TIMES | word_set(
    """vote acre hectare mile foot inch square_metre square_kilometre cubic_metre litre gallon kilogram
    pound_weight kph decibel hertz watt kilowatt megawatt gigawatt kilowatt_hour horsepower degree second"""
)


def _parts_of_each(p: Passage, draft: Draft) -> bool:
    """Whether a sentence says what "each" carries: its crew and weapons are not what the text counts."""
    at = draft.first
    if draft.unit == "person" and not _CREWS.isdisjoint(p.low[at - LIST_GAP : at]):
        return True  # "with crews of 90 sailors"
    if p.settings.vocabulary.phrases["links.each"].first.isdisjoint(p.low[at - FAR : at]):
        return False
    while at > max(PAD, draft.first - FAR) and not p.ends_sentence(at - 1) and p.near(at):
        at -= 1
    return "links.each" in p.words[at].roles


_TEMPORAL: Final = cues("temporal")
_CREWS: Final = cues("crews")


def _relevant(p: Passage, before: list[Draft], draft: Draft, previous: Draft | None) -> Draft | None:
    """The amount that a bare number can follow.

    A bare decimal looks past counts to the last sum or percent.
    """
    if isinstance(draft.low, Decimal) and draft.low != draft.low.to_integral_value():
        level = draft.modality == EXACT and any(d.kind == PERCENT and d.unit != _POINTS for d in before)
        for other in reversed(before):
            if other.unit == _POINTS and level and p.low[draft.first - 1] not in _BY:
                continue  # "2.1 per cent, 0.2 points more; it may reach 2.5"
            if (
                (other.kind == MONEY or (other.kind == PERCENT and draft.low <= _HUNDRED))
                and p.text[other.first] not in "+-−"  # a change in brackets is an aside
                and not (other.kind == PERCENT and p.text[other.first - 1] == "(")
                and converted_by(p, other) is None
                and draft.first - other.last < FAR
                and all(p.near(k) for k in range(other.last + 1, draft.first))
            ):
                return other
    return previous


_POINTS: Final = "percentage_points"
_LARGE: Final = 1_000_000


def _goes_on(p: Passage, previous: Draft, draft: Draft, following: list[Draft]) -> bool:
    """Whether a sentence goes on with what it spoke of: "revenue of 612.8 million, an EBITDA of 58.3".

    A share goes on if the number is nearer in size to the one before than to the sum that comes after.
    """
    if not same_sentence(p, previous.last, draft.first):
        return False
    if previous.kind == MONEY:
        return any("tables.money" in p.words[k].roles for k in range(previous.last, draft.first))
    if previous.kind != PERCENT or not isinstance(draft.low, Decimal) or not 0 < draft.low <= _HUNDRED:
        return False
    sums = [other.printed for other in following if other.kind == MONEY and other.printed]
    share = previous.printed
    if not sums or not share or sums[0] <= 0 or share <= 0:
        return False
    return max(draft.low / share, share / draft.low) < max(draft.low / sums[0], sums[0] / draft.low)


def _answered(p: Passage, draft: Draft, following: list[Draft]) -> bool:
    """Reads "put at 35.5, later at 41.2 million dollars".

    A bare decimal takes the unit that its own sentence goes on with.
    """
    if not isinstance(draft.low, Decimal) or draft.low == draft.low.to_integral_value() or scored(p, draft):
        return False
    if _set_against(p, draft):
        return False
    for other in following:
        small = isinstance(draft.low, Decimal) and draft.low <= _HUNDRED
        if (
            (other.kind == MONEY or (other.kind == PERCENT and small))
            and not other.open
            and not (other.kind == PERCENT and p.low[other.first - 1] in _CHANGED_BY)
            and (
                other.kind == PERCENT
                or other.scale != _ONE
                or (other.printed is not None and other.printed < _LARGE)
            )
            and other.first - draft.last <= REACH
            and same_sentence(p, draft.last, other.first)
        ):
            take(draft, other)
            return True
    return False


#: Before a percent by which something changed, so that it is no level: "1.85, which tops the base by 54%".
_CHANGED_BY: Final = cues("changed_by")


def _dated_alike(p: Passage, draft: Draft, drafts: list[Draft], n: int) -> bool:
    """Whether an amount and a bare number both say what they were in a year.

    "212 miliardi nel 1993, 145 nel 1994".
    """
    if not 2 <= n < len(drafts) - 1 or drafts[n - 1].kind != DATE or drafts[n + 1].kind != DATE:
        return False
    return (
        drafts[n - 2].kind == MONEY
        and drafts[n + 1].first - draft.last <= 2
        and 1 <= draft.first - drafts[n - 1].last <= 2
        and same_sentence(p, drafts[n - 2].last, draft.first)
    )


def _hedged(p: Passage, draft: Draft, previous: Draft | None) -> None:
    if draft.modality == RANGE:
        return
    found = hedge(p, draft)
    if found == EXACT and draft.modality == APPROXIMATE:
        return
    if (
        found == EXACT
        and previous is not None
        and previous.modality in (APPROXIMATE, MINIMUM, MAXIMUM)
        and draft.kind == previous.kind != DATE
        and _listed(p, previous, draft)
    ):
        found = previous.modality
    draft.modality = found


def _listed(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Whether two figures stand side by side in one list, so that one hedge covers both."""
    if not 1 <= draft.first - previous.last <= 2:
        return False
    return all(
        (p.text[k] == "," or "links.list" in p.words[k].roles) and p.near(k)
        for k in range(previous.last, draft.first)
    )
