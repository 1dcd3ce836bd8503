"""Money, percents and quantities: what the words next to a number make of it.

A number is first read on its own (`numbers`), then takes the sign, currency, percent or unit that stands
with it. One that has none stays *open*: `sharing` gives it the unit of its list, its range or its context.
"""

# ruff: noqa: PLR0911 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.clauses import run_in
from arsenale.mentions.model import APPROXIMATE, DATE, DESIGNATION, MINIMUM, MONEY, OTHER, PERCENT, QUANTITY
from arsenale.mentions.money import SIGNS, currency_after, short_money, take_prefix
from arsenale.mentions.nouns import counted_noun, foreign_plural
from arsenale.mentions.numbers import Number, number_at
from arsenale.mentions.passage import HYPHENS, MINUS, Draft, Passage
from arsenale.mentions.ranges import TRANSPARENT, joinable, joined, range_end
from arsenale.mentions.vocabulary import cues, currencies, singular, word_set

_NO_NOUN: Final = cues("no_noun")
_POINT_WORDS: Final = cues("point_words")

_ONE: Final = Decimal(1)
_MILLION: Final = Decimal(100_000)
_PHRASE: Final = 8


def amount(p: Passage, at: int) -> Draft | None:
    """The amount that begins at a token, joined with its other end if it opens a range."""
    low_end = amount_at(p, at)
    if low_end is None:
        return None
    start = range_end(p, low_end)
    if start:
        high_end = amount_at(p, start, prefixed=low_end.kind == MONEY and low_end.unit is not None)
        if high_end is not None and high_end.first >= low_end.last and joinable(p, low_end, high_end):
            return joined(low_end, high_end)
    return low_end


def amount_at(p: Passage, at: int, *, prefixed: bool = False) -> Draft | None:
    """One amount, without looking for a range; `prefixed` if the currency stands before the range."""
    # A currency sign or a sign may stand between a range's link and its number: "$2 to $3 billion".
    while (
        p.text[at] in currencies()["symbols"]
        or p.text[at] in SIGNS
        or (p.text[at] in currencies()["codes"] and p.words[at + 1].digits)
    ):
        at += 1
    number = number_at(p, at)
    return None if number is None else attach(p, number, prefixed=prefixed)


def attach(p: Passage, number: Number, *, prefixed: bool = False) -> Draft:
    """Gives a number the sign, currency, percent or unit that stands with it."""
    draft = Draft(number.first, number.last, QUANTITY, printed=number.printed, scale=number.scale)
    if number.approximate:
        draft.modality = APPROXIMATE
    code = take_prefix(p, draft)
    if code is not None or not number.spelled:
        short_money(p, number, draft, prefixed=prefixed or code is not None)
    sign = (
        -1
        if p.text[draft.first] in MINUS
        or (code and p.text[number.first - 1] in MINUS and p.glued(number.first))
        else 1
    )
    draft.low = draft.high = number.printed * draft.scale * sign
    draft.printed = number.printed * sign
    if code is None and (_percent(p, draft) or _hundredths(p, draft)):
        return draft
    after = currency_after(p, draft.last, scaled=draft.scale != _ONE)
    if code is not None or after is not None:
        draft.kind = MONEY
        if after is not None:
            draft.last, draft.unit = after
        if code is not None:
            draft.unit = code
        if number.vague:
            draft.kind, draft.unit = OTHER, None  # "migliaia di euro" states no number
        return draft
    if number.vague or (draft.scale != _ONE and "stop.indefinite" in p.words[draft.last].roles):
        draft.kind = OTHER  # "a billion here or there"
    _quantity(p, draft, number)
    return draft


# ------------------------------------------------------------------ percent


def _percent(p: Passage, draft: Draft) -> bool:
    """Reads per cents, points and shares of GDP after a number."""
    vocab, at = p.settings.vocabulary, draft.last
    if not p.near(at):
        return False
    if p.low[at] in HYPHENS and p.glued(at) and p.glued(at + 1):
        at += 1
    phrases = vocab.phrases
    last = phrases["percent.points"].after(p.low, at)
    if last:
        draft.kind, draft.unit, draft.last = PERCENT, "percentage_points", last
        return True
    last = phrases["percent.basis_points"].after(p.low, at)
    if last:
        draft.kind, draft.unit, draft.last = PERCENT, "percentage_points", last
        draft.low = draft.high = (draft.printed or Decimal(0)) / 100
        return True
    last = at + 1 if p.text[at] in "%％﹪" else phrases["percent.signs"].after(p.low, at)
    if not last:
        return _loose_points(p, draft, at)
    draft.kind, draft.unit, draft.last = PERCENT, "percent", last
    if p.low[last] in HYPHENS and p.low[last + 1] in _POINT_WORDS and p.glued(last):
        draft.unit, draft.last = "percentage_points", last + 2
        return True
    _of_gdp(p, draft)
    return True


def _hundredths(p: Passage, draft: Draft) -> bool:
    """Reads "13.5p", "97 cents", "50 centesimi": hundredths of a currency."""
    at, word = draft.last, p.low[draft.last]
    if word not in p.settings.vocabulary.subunits or draft.scale != _ONE or not p.near(at):
        return False
    code = p.settings.vocabulary.subunits[word] or p.settings.currency
    if len(word) == 1 and not (p.glued(at) and p.settings.currency == code):
        return False
    draft.kind, draft.unit, draft.last, draft.scale = MONEY, code, at + 1, _HUNDREDTH
    if isinstance(draft.low, Decimal):
        draft.low = draft.high = draft.low * _HUNDREDTH
    return True


_HUNDREDTH: Final = Decimal("0.01")


def _loose_points(p: Passage, draft: Draft, at: int) -> bool:
    """Bare "points" are percentage points where percents are being discussed: "mezzo punto", "two points"."""
    last = p.settings.vocabulary.phrases["percent.loose_points"].after(p.low, at)
    if not last or not any(d.kind == PERCENT and p.together(d.last - 1, draft.first) for d in p.drafts[-8:]):
        return False
    draft.kind, draft.unit, draft.last = PERCENT, "percentage_points", last
    return True


def _of_gdp(p: Passage, draft: Draft) -> None:
    """Takes "of GDP", "of Italy's gross domestic product", "del PIL" into the span."""
    phrases, at = p.settings.vocabulary.phrases, draft.last
    if p.low[at] in HYPHENS and p.low[at + 2] in HYPHENS and p.glued(at) and p.glued(at + 2):
        last = phrases["percent.gdp"].after(p.low, at + 3)  # "a 5%-of-GDP target"
        if last and "links.of" in p.words[at + 1].roles:
            draft.last, draft.unit = last, "percent_of_gdp"
            return
    linked = phrases["percent.gdp_links"].after(p.low, at) if p.near(at) else 0
    here = linked or at
    for _ in range(4):
        last = phrases["percent.gdp"].after(p.low, here)
        if last and p.near(here):
            draft.last, draft.unit = last, "percent_of_gdp"
            return
        if (
            not linked
            or not (p.text[here].isalpha() or p.text[here] in "'’")
            or "stop.words" in p.words[here].roles
        ):
            return
        here += 1


# ------------------------------------------------------------------ units


def _quantity(p: Passage, draft: Draft, number: Number) -> None:
    """Gives a number what it measures or counts, with the half that may follow it."""
    if _hyphenated(p, draft) or _measured(p, draft):
        return
    _counted(p, draft, number)
    if draft.unit in _TIMES and draft.last > number.last:
        _half_after(p, draft)


def _half_after(p: Passage, draft: Draft) -> None:
    """Reads "cinque anni e mezzo": the half after the unit belongs to the number before it."""
    at = draft.last
    joined = p.settings.vocabulary.phrases["links.and"].after(p.low, at)
    if (
        not joined
        or p.low[joined] not in _HALVES
        or not p.near(joined)
        or p.settings.vocabulary.head_last
        or _goes_on(p, joined + 1)
    ):
        return
    if isinstance(draft.low, Decimal):
        draft.low = draft.high = draft.low + _HALF
        draft.printed, draft.last = draft.low, joined + 1


def _goes_on(p: Passage, at: int) -> bool:
    """Whether a half has a noun of its own: "cinque anni e mezzo milione"."""
    after = p.words[at]
    return p.near(at) and (after.scale is not None or after.unit is not None or after.collective is not None)


_HALF: Final = Decimal("0.5")
_HALVES: Final = cues("halves")
_TIMES: Final = frozenset({"year", "month", "week", "day", "hour", "nautical_mile", "metre", "km", "tonne"})


def time_and_a_half(p: Passage, at: int) -> Draft | None:
    """Reads "un anno e mezzo", "a month and a half", "a year-and-a-half": the article is the one."""
    if p.low[at] not in _HALVES or _goes_on(p, at + 1) or not p.near(at):
        return None
    link = _before_hyphen(p, at)
    if p.low[link] in _ARTICLES:
        link = _before_hyphen(p, link)
    noun = _before_hyphen(p, link)
    unit = p.words[noun].unit
    if not p.settings.vocabulary.phrases["links.and"].after(p.low, link) or unit not in _TIMES:
        return None
    first = noun - 2 if p.low[noun - 1] in ("'", "’") else noun - 1
    if p.low[first] not in _ARTICLES or first < p.drafts_end or not p.near(first + 1):
        return None
    value = 1 + _HALF
    return Draft(first, at + 1, QUANTITY, value, value, unit, printed=value)


def _before_hyphen(p: Passage, at: int) -> int:
    """The token before one, past the hyphen that joins them: "year-and-a-half"."""
    return at - 2 if p.low[at - 1] in HYPHENS and p.glued(at) and p.glued(at - 1) else at - 1


_ARTICLES: Final = cues("articles")


def _counted(p: Passage, draft: Draft, number: Number) -> None:
    """Finds the noun that a number counts, in the span if it is the very next word."""
    large = draft.scale >= _MILLION
    at = draft.last
    if (
        (number.spelled or large or draft.scale != _ONE)
        and "links.of" in p.words[at].roles
        and p.near(at + 1)
        and not p.settings.vocabulary.head_last
    ):
        # "una decina di droni", "un milione di uomini": the noun that "di" joins to a number noun.
        at += 1
        if p.words[at].unit is not None or p.settings.vocabulary.units.after(p.low, at):
            draft.last = at
    # "il 28 favorevole": an article in the singular before a number above one leaves no room for a noun.
    head = (
        None
        if p.low[number.first - 1] in _SINGULAR and number.value > 1 and not large
        else counted_noun(p, at, plural=abs(number.value) != 1 or large)
    )
    if head is not None and _crew(p, number.first, head[0]):
        head = ("person", at, False)  # "a crew of four turns the aircraft round"
    if head is not None:
        unit, last, adjacent = head
        draft.unit, draft.counted = unit, True
        if adjacent:
            draft.last = last
        elif draft.last == at and at != number.last:
            draft.last = number.last
        return
    if large and draft.kind != OTHER and _counted_again(p, draft):
        return
    if large and draft.kind != OTHER and (_peopled(p, draft.first) or _peoples(p, draft)):
        draft.unit = "person"
        return
    apposed = (_apposed(p, draft) or run_in(p, draft.first)) if large and draft.kind != OTHER else None
    if apposed is not None:
        draft.unit, draft.counted = apposed, True
        return
    if large and draft.kind != OTHER and _made(p, draft.first):
        draft.open = True  # "Ukraine makes three million a year"
        return
    if large:
        draft.kind = MONEY if draft.kind != OTHER else OTHER
        return
    if draft.kind != OTHER and foreign_plural(p, at):
        draft.last = at + 1  # a noun that no list holds: its unit is not known, and not its neighbour's
        return
    draft.open = draft.kind != OTHER


_SINGULAR: Final = cues("singular_articles")


def _crew(p: Passage, first: int, noun: str) -> bool:
    """Whether a word for a crew stands before a number, so that what follows and no list holds is a verb."""
    vocab = p.settings.vocabulary
    unlisted = vocab[noun].unit is None and noun not in vocab.raw["units"]
    return unlisted and vocab.phrases["people.done_to"].before(p.low, first - 1) >= 0


def _apposed(p: Passage, draft: Draft) -> str | None:
    """What a large number in commas after a noun counts: "the number of pensioners, 34 lakh, is higher"."""
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    if p.text[before] not in (",", "(") or (p.near(draft.last) and p.text[draft.last] not in _CLOSING):
        return None
    for k in range(before - 1, before - _PHRASE, -1):
        word = p.words[k]
        if (
            not p.near(k + 1)
            or not p.text[k].isalpha()
            or word.currency is not None
            or word.month is not None
        ):
            return None
        if "tables.money" in word.roles or word.roles & _FINITE:
            return None
        if word.unit is not None and word.plural and word.unit in _COUNTABLE:
            return word.unit
    return None


_CLOSING: Final = frozenset(",.;):")
_FINITE: Final = frozenset({"links.finite", "links.change"})
_COUNTABLE: Final = word_set("person munition missile drone vehicle company gun")


def _made(p: Passage, at: int) -> bool:
    """Whether a verb of making, firing or handing over governs a number: it counts things, not money."""
    before = at - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return "links.making" in p.words[before].roles and p.near(before + 1)


def _counted_again(p: Passage, draft: Draft) -> bool:
    """Reads "1.5 million shells a year; by 2026 it will make 2 million": the same in the same scale."""
    for before in reversed(p.drafts[-3:]):
        if before.kind == DATE:
            continue
        again = (
            before.kind == QUANTITY
            and before.unit is not None
            and before.scale == draft.scale
            and draft.first - before.last <= _SAME
            and not any(
                (p.ends_sentence(k) and p.text[k] != ";")
                or "tables.money" in p.words[k].roles
                or not p.near(k + 1)
                for k in range(before.last, draft.first)
            )
        )
        if again:
            draft.unit = before.unit
        return again
    return False


#: Tokens over which a large bare number still counts what the one before it counted.
_SAME: Final = 16


def _peoples(p: Passage, draft: Draft) -> bool:
    """Reads "12 million Ukrainians", "11 million are displaced", "killed 3 million": no sums of money."""
    at = draft.last
    demonyms = p.settings.vocabulary.demonyms
    if demonyms and p.near(at) and p.capital(at) and p.low[at].endswith(demonyms):
        return True
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    if "people.done_to" in p.words[before].roles and p.near(before + 1):
        return True
    for k in range(at, at + _PHRASE):
        if not p.near(k) or p.ends_sentence(k) or p.words[k].digits or p.words[k].currency is not None:
            return False
        if "people.fate" in p.words[k].roles:
            return True
    return False


def _peopled(p: Passage, at: int) -> bool:
    """Whether a large number without a noun counts people: "Population 9.4 million", "abitanti 3 milioni"."""
    beside = True
    for back in range(1, _PHRASE + 2):
        k = at - back
        low, word = p.low[k], p.words[k]
        if not p.near(k + 1) or p.ends_sentence(k) or word.digits or "tables.money" in word.roles:
            return False
        if low in _POPULATION or (beside and low in _INHABITANTS):
            return p.low[k - 1] not in _TOWARDS and p.low[k - 2] not in _TOWARDS
        beside = beside and (not low.isalpha() or bool(word.roles & TRANSPARENT) or low in _COPULAS)
    return False


_POPULATION: Final = cues("population")
_INHABITANTS: Final = cues("inhabitants")
_TOWARDS: Final = cues("towards")
_COPULAS: Final = cues("copulas")


_QUOTES: Final = frozenset("“«‘")


def _hyphenated(p: Passage, draft: Draft) -> bool:
    """Reads "ten-year", "400-strong", "four-engine": the unit after a hyphen is inside."""
    at = draft.last
    if p.low[at] not in HYPHENS or not p.glued(at) or not p.text[at + 1].isalpha():
        return False
    if not p.glued(at + 1) and not (p.gap(at + 1).strip(" ") in ("\n", "\r\n") and p.words[at + 1].unit):
        return False  # "a four-\nhour trial" is broken at the line end
    if p.text[draft.first - 1] in _QUOTES and p.text[draft.first - 1] and p.capital(draft.first):
        draft.kind = DESIGNATION  # “Three-axis” system
        return True
    word = p.words[at + 1]
    if "stop.strong" in word.roles:
        draft.unit, draft.last = "person", at + 2
        return True
    if word.unit is not None:
        draft.unit, draft.last = word.unit, at + 2
        return True
    if p.low[at + 1] in _LOOSE:
        # "20-odd hulls", "5,000-plus men": the noun comes after.
        head = counted_noun(p, at + 2, plural=True)
        draft.unit, draft.counted, draft.modality = head[0] if head else None, True, _LOOSE[p.low[at + 1]]
        draft.last = at + 2
        return True
    if p.low[at + 1] in _NO_NOUN:
        draft.kind = OTHER
        return True
    if p.text[at + 1].islower():
        draft.unit, draft.last = singular(p.low[at + 1]), at + 2
        return True
    return False


_LOOSE: Final = {"odd": APPROXIMATE, "plus": MINIMUM, "some": APPROXIMATE}


def _measured(p: Passage, draft: Draft) -> bool:
    """Reads "200 nautical miles": measures of several words stay whole."""
    at = draft.last
    last = p.settings.vocabulary.measures.after(p.low, at)
    if not last or not p.near(at):
        return False
    draft.unit = p.settings.vocabulary.phrase_units.get(tuple(p.low[at:last]), p.low[at])
    draft.last = last
    return True
