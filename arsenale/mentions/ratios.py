"""Ratios: fractions ("a third"), multiples ("doubled", "6,3 volte"), shares of a count ("one in five")."""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from fractions import Fraction
from typing import Final

from arsenale.mentions.amounts import attach
from arsenale.mentions.model import OTHER, QUANTITY, RATIO
from arsenale.mentions.numbers import Number, number_at
from arsenale.mentions.passage import HYPHENS, Draft, Passage
from arsenale.mentions.vocabulary import cues, word_set

_BEFORE_HALVES: Final = cues("before_halves") | {"'"}
_GROWN_BY: Final = cues("grown_by")
_HALF_NOUNS: Final = cues("half_nouns")
_OF: Final = cues("of")
_OF_YEARS: Final = cues("of_years")
_ONE_HALF: Final = cues("one_half")
_SHARE_LINKS: Final = cues("share_links")

_ARTICLES: Final = cues("articles")
#: Tokens after a number that can still make a ratio of it.
_REACH: Final = 7
_SIX_PLACES: Final = Decimal("0.000001")


def _factor(top: int | Decimal, bottom: int | Decimal) -> Decimal:
    value = Decimal(top) / Decimal(bottom)
    return value if value == value.quantize(_SIX_PLACES) else value.quantize(_SIX_PLACES)


def _ratio(first: int, last: int, value: Decimal) -> Draft:
    return Draft(first, last, RATIO, value, value)


def fraction(p: Passage, at: int) -> Draft | None:
    """Reads "a third", "one half", "two-thirds", "tre quarti", "a quarter of".

    From the numerator's token or the noun's.
    """
    part = _fraction(p, at)
    return None if part is None else _part_of_scale(p, part) or part


def _part_of_scale(p: Passage, part: Draft) -> Draft | None:
    """Reads "a quarter of a billion", "tre quarti di milione": a number, not a share of one."""
    here = part.last
    if "links.of" not in p.words[here].roles or not isinstance(part.low, Decimal):
        return None
    here += 1
    if p.low[here] in _ARTICLES:
        here += 1
    scale = p.words[here].scale
    if scale is None or scale < _THOUSAND or not p.near(here):
        return None
    return attach(p, Number(part.first, here + 1, part.low, scale, spelled=True))


_THOUSAND: Final = 1000


def _fraction(p: Passage, at: int) -> Draft | None:
    word = p.words[at]
    numerator = word.number
    if numerator is not None and numerator <= 99:
        joint = at + 1
        if p.low[joint] in HYPHENS and p.glued(joint):
            joint += 1
        bottom = p.words[joint].denominator
        if bottom is not None and p.near(joint) and not _dates(p, joint) and p.words[joint].scale is None:
            plural = p.low[joint].endswith("s") or p.settings.vocabulary.glued_numerals
            if (numerator == 1 or plural) and not (numerator == 1 and p.low[joint] == "second"):
                return _with_whole(p, at, joint + 1, numerator, bottom)
    bottom = word.denominator
    if bottom is None or p.drafts_end > at - 1:
        return None
    if (
        p.low[at - 1] in _ARTICLES
        and p.near(at)
        and not p.capital(at)
        and not _dates(p, at)
        and not _counts_noun(p, at)
        and not _compound(p, at)
    ):
        return _ratio(at - 1, at + 1, _factor(1, bottom))
    if p.low[at - 1] == "-" and p.low[at - 2] in _ARTICLES and p.glued(at):
        return _ratio(at - 2, at + 1, _factor(1, bottom))
    return None


def _with_whole(p: Passage, first: int, last: int, top: int, bottom: int) -> Draft:
    return _ratio(
        first,
        last,
        _factor(Decimal(Fraction(top, bottom).numerator), Decimal(Fraction(top, bottom).denominator)),
    )


def _dates(p: Passage, at: int) -> bool:
    """Whether "quarter" or "half" here is a part of a year."""
    return (
        p.words[at].period is not None
        and p.low[at + 1] in _OF_YEARS
        and p.text[at + 2].isdecimal()
        and len(p.text[at + 2]) == 4
    )


def _compound(p: Passage, at: int) -> bool:
    """Whether a hyphen makes the word a part of another: "half-year", "a quarter-final"."""
    return p.low[at + 1] in HYPHENS and p.glued(at + 1) and p.glued(at + 2) and p.text[at + 2].isalpha()


def _counts_noun(p: Passage, at: int) -> bool:
    """Reads "a third country", "a fifth frigate", "un terzo lotto": an ordinal, not a fraction."""
    word = p.words[at]
    if word.ordinal is None:
        return False
    after = p.words[at + 1]
    low = p.low[at + 1]
    if not p.near(at + 1) or not low.isalpha():
        return False
    return "stop.words" not in after.roles


def multiple(p: Passage, at: int) -> Draft | None:
    """Reads "doubled", "half", "il doppio", "tenfold".

    "once" and "twice" count occasions unless they compare.
    """
    word, low = p.words[at], p.low[at]
    roles = word.roles
    if "once" in roles or "twice" in roles:
        if "twice" in roles and "ratio.once_multiple" in p.words[at + 1].roles and p.near(at + 1):
            return _ratio(at, at + 1, Decimal(2))
        count = Decimal({"once": 1, "twice": 2}.get(low, 3))
        return Draft(at, at + 1, OTHER, count, count)
    factor = word.multiple
    if factor is None:
        return None
    if _compound(p, at):
        return Draft(at, at + 1, OTHER, None, None)
    if word.period is not None and _dates(p, at):
        return None
    if p.words[at - 1].number is not None and p.near(at):
        return Draft(at, at + 1, OTHER, None, None)  # "two triple tubes"
    if factor == Decimal("0.5"):
        return _half(p, at, factor)
    return _ratio(at, at + 1, factor)


def _half(p: Passage, at: int, factor: Decimal) -> Draft | None:
    vocab = p.settings.vocabulary
    after = at + 1
    if p.low[after] == "a" and vocab.head_last:
        after += 1
    noun = p.words[after]
    points = vocab.phrases["percent.points"].after(p.low, after) or vocab.phrases[
        "percent.loose_points"
    ].after(p.low, after)
    if points and p.near(after):
        return Draft(at, points, "percent", factor, factor, "percentage_points")
    percent = vocab.phrases["percent.signs"].after(p.low, after)
    if percent and p.near(after):
        return Draft(at, percent, "percent", factor, factor, "percent")
    if noun.scale is not None or noun.collective is not None or "hundred" in noun.roles:
        return None
    timed = (
        noun.unit is not None
        and (not noun.plural or not vocab.head_last)
        and noun.unit in _MEASURED
        and p.near(after)
    )
    if timed and (after != at + 1 or p.low[at] != "half" or p.low[at + 1] in HYPHENS):
        return Draft(at, after + 1, QUANTITY, factor, factor, noun.unit)
    if p.low[at] in _HALF_NOUNS and noun.unit not in _MEASURED:
        return (
            _ratio(at, at + 1, factor)
            if p.low[at - 1] in _BEFORE_HALVES
            else Draft(at, at + 1, OTHER, factor, factor)
        )
    first = at
    if p.low[at - 1] in _ONE_HALF and p.near(at) and p.drafts_end <= at - 1:
        first = at - 1
    if p.words[at - 1].ordinal is not None and p.near(at):
        return Draft(at, at + 1, OTHER, None, None)
    return _ratio(first, at + 1, factor)


_MEASURED: Final = word_set("""nautical_mile minute day km metre week hour month mile litre tonne year""")


def times(p: Passage, at: int) -> Draft | None:
    """Reads "6,3 volte", "5x", "three times as many", "2.5-fold"; "three times" alone counts occasions."""
    if p.settings.vocabulary.multiplying.isdisjoint(p.low[at + 1 : at + _REACH]):
        return None
    number = number_at(p, at)
    if number is None or number.scale != 1:
        return None
    last = number.last
    low = p.low[last]
    if low == "x" and p.glued(last) and not (p.glued(last + 1) and p.text[last + 1][:1].isalnum()):
        return _ratio(number.first, last + 1, number.value)
    halved = _times_and_a_half(p, number)
    if halved is not None:
        return halved
    here = last + 1 if low in HYPHENS and p.glued(last) else last
    if "ratio.fold" in p.words[here].roles:
        return _ratio(number.first, here + 1, number.value)
    if "ratio.times" not in p.words[last].roles or not p.near(last):
        return None
    whole = number.value == number.value.to_integral_value()
    compares = p.near(last + 1) and (
        "ratio.times_multiple" in p.words[last + 1].roles
        or (p.low[last + 1] in "'’\"l" and p.low[last + 1] != "")
    )
    grown = p.low[number.first - 1] in _GROWN_BY and p.near(number.first)
    if not whole or compares or grown:
        return _ratio(number.first, last + 1, number.value)
    return None


def _times_and_a_half(p: Passage, number: Number) -> Draft | None:
    """Reads "una volta e mezza", "due volte e mezzo": the half after the noun."""
    last = number.last
    if "ratio.times" not in p.words[last].roles or not p.near(last):
        return None
    half = last + 2
    if "links.and" in p.words[last + 1].roles and p.low[half] in _HALVES and p.near(half):
        return _ratio(number.first, half + 1, number.value + _HALF)
    return None


_HALF: Final = Decimal("0.5")
_HALVES: Final = cues("halves")


#: What shares are told out of; any other number is a count of its own.
_ROUND: Final = frozenset({3, 4, 5, 6, 8, 10, 12, 20, 50, 100, 1000})


def share(p: Passage, at: int) -> Draft | None:
    """Reads "one in five", "three out of ten", "tre marinai su dieci", "one soldier in four"."""
    links = p.settings.vocabulary.phrases["ratio.in_link"]
    if links.first.isdisjoint(p.low[at + 1 : at + _REACH]):
        return None
    top = number_at(p, at)
    if top is None or top.scale != 1 or not 1 <= top.value <= 99:
        return None
    here = top.last
    for _ in range(3):
        linked = links.after(p.low, here)
        if linked and p.near(here):
            break
        if (
            not p.text[here].isalpha()
            or p.words[here].unit == "vote"  # "24 voti su 31"
            or ("stop.words" in p.words[here].roles and p.low[here] != "out")
            or not p.near(here)
        ):
            return None
        here += 1
    else:
        return None
    if p.low[here] in _OF and (
        here != top.last or p.words[at].digits or p.words[linked].digits or linked != here + 1
    ):
        return None  # "two of the five ships"
    if p.low[linked - 1] in _SHARE_LINKS and p.low[here] == "out":
        return None
    if (
        not p.words[linked].trigger
        or not p.near(linked)
        or (
            p.low[here] == "in"
            and (p.words[at].digits or p.words[linked].digits)
            and p.words[at].digits != p.words[linked].digits
        )
    ):
        return None
    bottom = number_at(p, linked)
    if (
        bottom is None
        or bottom.scale not in (1, 1000, 100)
        or not top.value < bottom.value <= 1000
        or bottom.value != bottom.value.to_integral_value()
    ):
        return None
    if _counts_apart(p, top, bottom, here):
        return None
    return _ratio(top.first, bottom.last, _factor(top.value, bottom.value))


def _counts_apart(p: Passage, top: Number, bottom: Number, link: int) -> bool:
    """Whether two numbers around a link are two counts: "11 veicoli su 150", "one in three countries"."""
    digits, round_number = p.words[top.first].digits, bottom.value in _ROUND
    if p.low[link] != "in" and digits and p.words[bottom.first].digits and not round_number:
        return True
    unit = p.words[bottom.last].unit
    placed = p.near(bottom.last) and (unit in _MEASURED or unit in ("country", "site"))
    if placed or p.low[link] != "in":
        return placed  # "one every five days", "2 in 3 countries"
    return digits and top.value != 1 and not round_number
