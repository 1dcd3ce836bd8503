"""What a number takes from its neighbours: unit and scale of its list, what was counted, the page's money.

Runs over the drafts of one chunk, in text order, once all have been found.
"""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.amounts import votes_surely
from arsenale.mentions.hedges import hedge
from arsenale.mentions.model import (
    APPROXIMATE,
    DATE,
    EXACT,
    FIGURES,
    MAXIMUM,
    MINIMUM,
    MONEY,
    OTHER,
    PERCENT,
    QUANTITY,
    RANGE,
)
from arsenale.mentions.passage import PAD, Draft, Passage
from arsenale.mentions.vocabulary import cues, word_set

_ONE: Final = Decimal(1)
_REACH: Final = 14
_LIST_GAP: Final = 4


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
    if not (
        draft.open
        or (draft.kind == MONEY and draft.unit is None)
        or (draft.kind == PERCENT and draft.unit == "percent")
        or (draft.kind == MONEY and draft.scale == _ONE)
    ):
        return
    if p.start[draft.first] in p.cells:
        return  # the cells of a row are no list
    other = _next_item(p, drafts, n)
    if other is None:
        return
    if draft.kind == PERCENT:
        if other.kind == PERCENT and other.unit == "percent_of_gdp":
            draft.unit = "percent_of_gdp"
        return
    if draft.kind == MONEY:
        if other.kind == MONEY:
            if draft.unit is None and draft.scale != _ONE:
                draft.unit = other.unit
            elif (
                draft.scale == _ONE
                and draft.unit is not None
                and draft.unit == other.unit
                and _sharable(draft, other)
            ):
                _scale(draft, other.scale)
        return
    if other.open or other.kind not in (MONEY, PERCENT, QUANTITY):
        return
    if other.kind == QUANTITY and any(p.text[k] == ";" for k in range(draft.last, other.first)):
        return  # a semicolon parts what is counted
    _take(draft, other)


def _next_item(p: Passage, drafts: list[Draft], n: int) -> Draft | None:
    """The next item of the list that a draft stands in; dates between the items do not break the list."""
    at = drafts[n].last
    for other in drafts[n + 1 : n + 4]:
        if other.first - at > _LIST_GAP or not _only_links(
            p, at, other.first, dated=drafts[n].last != at or other.kind == DATE
        ):
            return None
        if other.kind != DATE or drafts[n].kind == DATE:
            return other
        at = other.last
    return None


def _only_links(p: Passage, first: int, last: int, *, dated: bool) -> bool:
    """Whether only commas and link words stand between two items."""
    for at in range(first, last):
        if not p.near(at):
            return False
        roles = p.words[at].roles
        if p.text[at] in (",", "/", "(", ")", "–", "-", ";") or roles & _LINKS:
            continue
        if p.elided(at) or p.elided(at - 1):
            continue
        if not (dated and p.low[at] in _IN):
            return False
    return p.near(last)


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


def _sharable(draft: Draft, other: Draft) -> bool:
    printed, limit = draft.printed, other.printed
    return (
        printed is not None
        and limit is not None
        and other.scale != _ONE
        and (abs(printed) < 1000 or abs(limit) >= 1000)
        and abs(printed) <= max(abs(limit) * 50, Decimal(999) if other.scale < 1_000_000 else Decimal(0))
    )


def _scale(draft: Draft, factor: Decimal) -> None:
    draft.scale = factor
    for name in ("low", "high"):
        value = getattr(draft, name)
        if isinstance(value, Decimal):
            setattr(draft, name, value * factor)


def _take(draft: Draft, other: Draft) -> None:
    draft.kind, draft.unit, draft.open, draft.counted = other.kind, other.unit, False, other.counted
    if draft.scale == _ONE and _sharable(draft, other):
        _scale(draft, other.scale)


def _walk(p: Passage, drafts: list[Draft]) -> None:
    """Settles what is still open, left to right: by its own sentence, then by what was last counted."""
    previous: Draft | None = None
    counted = p.settings.counted
    for n, draft in enumerate(drafts):
        if draft.open and _dated_alike(p, draft, drafts, n):
            _take(draft, drafts[n - 2])
        if draft.open and not _answered(p, draft, drafts[n + 1 : n + 3]):
            _settle_one(p, draft, _relevant(p, drafts[max(0, n - 4) : n], draft, previous), counted)
        if draft.kind == MONEY and draft.unit is None:
            same = (
                previous is not None
                and previous.kind == MONEY
                and _same_sentence(p, previous.last, draft.first)
            )
            draft.unit = previous.unit if same and previous is not None else p.settings.currency
        if draft.kind == QUANTITY and draft.unit == "unit":
            draft.unit = _meant_by_units(p, draft, counted)
        if (
            draft.counted
            and draft.unit is not None
            and draft.kind == QUANTITY
            and draft.unit not in _TIMES
            and not _parts_of_each(p, draft)
        ):
            counted = draft.unit
        if draft.kind in (MONEY, PERCENT, QUANTITY):
            previous = draft
    p.settings.counted = counted


def _meant_by_units(p: Passage, draft: Draft, counted: str | None) -> str:
    """What "unità" counts: ships beside a word of the sea, people if they are many, else what came before."""
    after = p.low[draft.last]
    if "ordinal_roles.at_sea" in p.words[draft.last].roles and p.near(draft.last):
        return "ship"
    around = range(max(PAD, draft.first - _REACH), draft.last + _LIST_GAP)
    if any(p.low[k] in _PEOPLE or p.words[k].unit == "person" for k in around) or after == "di":
        return "person"
    if isinstance(draft.low, Decimal) and draft.low >= _MANY and p.settings.vocabulary.glued_numerals:
        return "person"
    if counted in _CRAFT:
        return counted
    naval = sum(p.settings.counts[w] for w in ("navi", "navale", "navali", "nave"))
    return "ship" if naval else "unit"


_MANY: Final = 500
_CRAFT: Final = frozenset({"ship", "submarine", "aircraft", "helicopter", "vehicle", "drone", "system"})


def _parts_of_each(p: Passage, draft: Draft) -> bool:
    """Whether a sentence says what "each" carries: its crew and weapons are not what the text counts."""
    at = draft.first
    while at > max(PAD, draft.first - _FAR) and not p.ends_sentence(at - 1) and p.near(at):
        at -= 1
    return "links.each" in p.words[at].roles


def _relevant(p: Passage, before: list[Draft], draft: Draft, previous: Draft | None) -> Draft | None:
    """The amount that a bare number can follow.

    A bare decimal looks past counts to the last sum or percent.
    """
    if isinstance(draft.low, Decimal) and draft.low != draft.low.to_integral_value():
        for other in reversed(before):
            if (
                (other.kind == MONEY or (other.kind == PERCENT and draft.low < _THOUSAND))
                and p.text[other.first] not in "+-−"  # a change in brackets is an aside
                and draft.first - other.last < _FAR
                and all(p.near(k) for k in range(other.last + 1, draft.first))
            ):
                return other
    return previous


_THOUSAND: Final = 1000
_LARGE: Final = 1_000_000
_FAR: Final = 40


def _answered(p: Passage, draft: Draft, following: list[Draft]) -> bool:
    """Reads "put at 35.5, later at 41.2 million dollars".

    A bare decimal takes the unit that its own sentence goes on with.
    """
    if not isinstance(draft.low, Decimal) or draft.low == draft.low.to_integral_value() or _scored(p, draft):
        return False
    for other in following:
        if (
            other.kind in (MONEY, PERCENT)
            and not other.open
            and (
                other.kind == PERCENT
                or other.scale != _ONE
                or (other.printed is not None and other.printed < _LARGE)
            )
            and other.first - draft.last <= _REACH
            and _same_sentence(p, draft.last, other.first)
        ):
            _take(draft, other)
            return True
    return False


#: Measures, and those who offer what is counted: a later bare number counts something else.
_TIMES: Final = word_set(
    """bidder nautical_mile knot minute point day km metre week hour month time tonne year"""
)


def _settle_one(p: Passage, draft: Draft, previous: Draft | None, counted: str | None) -> None:
    draft.open = False
    if _scored(p, draft) or _zero_led(p.text[draft.first]):
        draft.kind = OTHER
        return
    if _age_limit(p, draft):
        draft.unit = "year"
        return
    if previous is not None and previous.kind == QUANTITY and _detailed(p, previous, draft):
        draft.unit = previous.unit
        return
    if previous is not None and (_compared(p, previous, draft) or _partitive(p, previous, draft)):
        draft.open = True
        _take(draft, previous)
        return
    if previous is not None and previous.kind == MONEY and _rated(p, previous, draft):
        draft.kind, draft.unit = MONEY, previous.unit
        return
    if (
        votes_surely(p, draft.first, draft.last)
        and draft.scale == _ONE
        and isinstance(draft.low, Decimal)
        and draft.low == draft.low.to_integral_value()
    ):
        draft.unit = "vote"
        return
    fractional = isinstance(draft.low, Decimal) and draft.low != draft.low.to_integral_value()
    if previous is not None and previous.kind == PERCENT and _shares_again(p, draft, previous):
        draft.kind, draft.unit = PERCENT, previous.unit
        return
    if (
        previous is not None
        and (_same_sentence(p, previous.last, draft.first) or fractional)
        and previous.kind != QUANTITY
        and (fractional or _parallel(p, draft, previous))
    ):
        draft.kind, draft.unit = previous.kind, previous.unit
        if previous.kind == MONEY and draft.scale == _ONE and _sharable(draft, previous):
            _scale(draft, previous.scale)
        return
    if fractional and (previous is None or previous.kind != QUANTITY):
        draft.kind = OTHER
        return
    if _is_age(p, draft):
        draft.unit = "year"
        return
    named = _clause_noun(p, draft) or _strength(p, draft)
    # A crew is counted beside its ship; what comes next is more likely about the ship.
    draft.counted = named is not None and named != "person"
    if (
        named is None
        and previous is not None
        and previous.kind == QUANTITY
        and draft.first - previous.last <= _LIST_GAP
        and _same_sentence(p, previous.last, draft.first)
    ):
        named = previous.unit
    draft.unit = named or counted


def _zero_led(printed: str) -> bool:
    """Whether digits begin with a zero, as clock times and codes do and counts never: "0630"."""
    return len(printed) > 1 and printed[0] == "0" and printed.isdecimal()


def _shares_again(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Reads "il 60% è contrario, il 28 favorevole", "45 per cent agreed; 38 did not" of a poll.

    An article in the singular before a number above one stands for a share; so does a bare number
    where people have been asked.
    """
    if (
        not isinstance(draft.low, Decimal)
        or draft.low > 100
        or not _same_sentence(p, previous.last, draft.first)
    ):
        return False
    if p.low[draft.first - 1] in _SINGULAR and draft.low > 1 and p.words[draft.last].unit in (None, "vote"):
        return True
    asked = range(max(PAD, previous.first - _FAR), draft.first)
    return (
        not _noun_follows(p, draft.last)
        and p.words[draft.first - 1].unit is None
        and any("links.asked" in p.words[k].roles for k in asked)
    )


def _noun_follows(p: Passage, at: int) -> bool:
    word = p.words[at]
    return p.near(at) and p.low[at].isalpha() and "stop.words" not in word.roles and not _ends_as_verb(p, at)


def _ends_as_verb(p: Passage, at: int) -> bool:
    """Whether a word is a participle or an adverb by its ending, so that no number counts it."""
    return p.words[at].unit is None and p.low[at].endswith(p.settings.vocabulary.verbal)


_SINGULAR: Final = cues("singular_articles")


def _detailed(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "64 amendments: nine are inadmissible": what follows the colon counts the same things."""
    return previous.counted and p.text[draft.first - 1] == ":" and previous.last == draft.first - 1


def _compared(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "23 years old, nine more than in 2005", "37 anni, 5 in più della Francia": the same measure."""
    at = draft.last
    than = p.low[at] in ("more", "fewer", "less") and p.low[at + 1] == "than"
    than = than or (p.low[at] == "in" and p.low[at + 1] in ("più", "meno"))
    return (
        than
        and previous.kind == QUANTITY
        and previous.unit in _TIMES
        and draft.first - previous.last <= 6
        and _same_sentence(p, previous.last, draft.first)
    )


def _partitive(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "servono 300 milioni, ne abbiamo 180": the pronoun takes up the sum before."""
    return (
        previous.kind == MONEY
        and any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3))
        and _same_sentence(p, previous.last, draft.first)
    )


def _rated(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "for every 100 rupees I give, twenty go": the share of a sum is a sum."""
    return (
        "links.each" in p.words[previous.first - 1].roles
        and previous.scale == draft.scale
        and _same_sentence(p, previous.last, draft.first)
        and ("stop.words" in p.words[draft.last].roles or p.words[draft.last].unit is None)
    )


def _age_limit(p: Passage, draft: Draft) -> bool:
    """Reads "children under 12", "those over 65", "gli under 35": people on one side of an age."""
    before = draft.first - 1
    if "hedges.between" in p.words[before].roles:
        before -= 1
    if not (
        "links.aged" in p.words[before].roles
        and isinstance(draft.low, Decimal)
        and 1 < draft.low <= 99
        and draft.scale == _ONE
    ):
        return False
    if "links.ages" in p.words[before].roles:
        return True
    return any(
        p.words[k].unit == "person" or "links.those" in p.words[k].roles for k in (before - 1, before - 2)
    )


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
        and _same_sentence(p, drafts[n - 2].last, draft.first)
    )


def _parallel(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Whether a bare whole number answers an amount.

    "from $5 million to 7", "5 per cent in 2020 and 6 in 2021".
    """
    return (
        draft.first - previous.last <= 5
        and "links.of" not in p.words[previous.last].roles
        and p.text[draft.first - 1] != "("
        and p.words[draft.last].unit is None
        and not _noun_follows(p, draft.last)
    )


def _scored(p: Passage, draft: Draft) -> bool:
    window = range(max(PAD, draft.first - 6), draft.first)
    return any(
        "places.scores" in p.words[k].roles
        and p.low[k - 1] not in _PEOPLE
        and p.low[k + 1] not in _PEOPLE
        and (p.words[draft.first].digits or "," not in p.text[k : draft.first])
        for k in window
        if _same_sentence(p, k, draft.first)
    )


def _same_sentence(p: Passage, first: int, last: int) -> bool:
    return (
        last - first < _REACH * 3
        and not any(
            p.low[k] in ".!?" and p.low[k] and p.ends_sentence(k) and p.low[k - 1] not in _ABBREVIATIONS
            for k in range(first, last)
        )
        and all(p.near(k) for k in range(first + 1, last))
    )


_ABBREVIATIONS: Final = cues("abbreviations")


def _clause_noun(p: Passage, draft: Draft) -> str | None:
    """The unit named close by in the sentence.

    "of the 12 frigates, 5 ...", "crew of up to 133", "forza massima 420".
    """
    at = draft.last
    labelled = _label(p, draft)
    if labelled is not None:
        return labelled
    whole = p.words[draft.first - 1]
    if whole.unit is not None and whole.plural and whole.unit not in _TIMES and p.near(draft.first):
        for back in range(2, 6):
            if p.low[draft.first - back] in ("of", "dei", "delle", "degli") and p.near(
                draft.first - back + 1
            ):
                return whole.unit  # "Of the Brazilian vehicles ten had arrived"
    if p.low[at] in ("i", "gli", "le", "the") and p.near(at) and p.words[at + 1].unit is not None:
        return p.words[at + 1].unit
    if p.low[draft.first - 1] in _COPULAS:
        subject = _subject(p, draft.first - 1)
        if subject is not None:
            return subject
    if p.low[at] in ("of", "di", "dei", "delle", "degli", "tra", "fra") and p.near(at):
        for ahead in range(1, 6):
            word = p.words[at + ahead]
            if word.unit is not None:
                return word.unit
            if not p.near(at + ahead) or p.ends_sentence(at + ahead):
                break
    if any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3)):
        for back in range(2, _REACH):
            unit = p.words[draft.first - back].unit
            if unit is not None and unit not in _TIMES and p.words[draft.first - back].plural:
                return unit  # "E le navi? Ne avremo quarantotto"
    for back in range(1, 9):
        k = draft.first - back
        if k < PAD or p.ends_sentence(k) or not p.near(k + 1):
            return None
        if p.low[k] in _PEOPLE:
            return "person"
        unit = p.words[k].unit
        if (
            unit is not None
            and p.text[k + 1] in (":", "(", "of", "di", "up", "at", "=")
            and p.words[k].unit not in _TIMES
        ):
            return unit
    return None


def _subject(p: Passage, at: int) -> str | None:
    """What a copula's subject counts: "the officers numbered", "Le ore di volo sono state"."""
    found = None
    for k in range(at - 1, at - 6, -1):
        if p.ends_sentence(k):
            break
        unit = p.words[k].unit
        if unit is None:
            continue
        if p.low[k - 1] in _DETERMINERS and (found is None or not p.settings.vocabulary.head_last):
            return unit
        if found is None and unit not in _TIMES:
            found = unit
    return found


def _strength(p: Passage, draft: Draft) -> str | None:
    """Thousands that a service has, or that are in uniform, are people: "the Army would drop to 85,000"."""
    if not isinstance(draft.low, Decimal) or draft.low < 1000:
        return None
    if "links.uniformed" in p.words[draft.last + 1].roles and p.near(draft.last + 1):
        return "person"
    for back in range(1, 10):
        k = draft.first - back
        if k < PAD or p.ends_sentence(k) or not p.near(k + 1):
            return None
        if "links.services" in p.words[k].roles and p.capital(k):
            return "person"
    return None


def _label(p: Passage, draft: Draft) -> str | None:
    """What the label of a line of a data sheet says: "Complement       93"."""
    at = draft.first
    if p.near(at) or "\n" in p.gap(at) or not p.capital(at - 1):
        return None
    return "person" if p.low[at - 1] in _PEOPLE else p.words[at - 1].unit


def _is_age(p: Passage, draft: Draft) -> bool:
    """Reads "Gen. Marek Wolski, 57, said", "the minister, 54, said": a number in commas after a person."""
    first, last = draft.first, draft.last
    named = p.capital(first - 2) and p.capital(first - 3)
    return (
        p.text[first - 1] == ","
        and p.text[last] in (",", ".")
        and (named or (p.words[first - 2].unit == "person" and not p.words[first - 2].plural))
        and isinstance(draft.low, Decimal)
        and 16 <= draft.low <= 99
    )


_COPULAS: Final = cues("copulas")
_DETERMINERS: Final = cues("plural_determiners")
_PEOPLE: Final = cues("people")


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
