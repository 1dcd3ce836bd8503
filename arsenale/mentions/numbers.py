"""Numbers: from digits and number words to an exact value and its scale."""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from arsenale.mentions.passage import DASHES, HYPHENS, Passage
from arsenale.mentions.vocabulary import VULGAR_FRACTIONS, cues, word_set

_ONE: Final = Decimal(1)
_HALF: Final = Decimal("0.5")
_GROUP: Final = 3
#: Groups and scale words that one number may have; longer runs are noise, and must not cost more for being
#: long.
_MOST_GROUPS: Final = 5
_MOST_SCALES: Final = 3
_MOST_PARTS: Final = 40
_CAPITAL_SCALES: Final = {"M": Decimal("1e6"), "B": Decimal("1e9")}
_LARGEST: Final = Decimal("1e24")
_HUNDRED: Final = 100


@dataclass(slots=True)
class Number:
    """A number as printed.

    Attributes:
        first: Index of its first token.
        last: Index after its last.
        printed: Value before the scale.
        scale: Product of its scale words; 1 if it has none.
        spelled: Whether it is written in words.
        approximate: Whether its noun makes it so ("una decina").
    """

    first: int
    last: int
    printed: Decimal
    scale: Decimal = _ONE
    spelled: bool = False
    approximate: bool = False
    vague: bool = False

    @property
    def value(self) -> Decimal:
        """The value in base units."""
        return self.printed * self.scale


def number_at(p: Passage, at: int) -> Number | None:
    """The number that begins at a token, with its scale; None if the token is no cardinal."""
    word = p.words[at]
    if word.digits:
        return _digits(p, at)
    if "vulgar" in word.roles:
        top, bottom = VULGAR_FRACTIONS[p.text[at]]
        return _scaled(p, Number(at, at + 1, Decimal(top) / bottom))
    return _spelled(p, at)


def _digits(p: Passage, at: int) -> Number | None:
    printed, last = p.text[at], at + 1
    # "1 234 567": groups of three after plain spaces, as long as nothing makes the group a number of its own.
    while (
        len(p.text[at]) <= _GROUP
        and last - at < _MOST_GROUPS
        and p.text[at].isdecimal()
        and p.text[at][0] != "0"
        and p.text[last][:_GROUP].isdecimal()
        and len(p.text[last].partition(",")[0].partition(".")[0]) == _GROUP
        and p.gap(last) in (" ", "\u2009", "\u00a0", "\u202f")
        and p.low[last + 1] != "mm"
        and (p.text[last].isdecimal() or p.text[last][_GROUP] == p.settings.decimal_mark)
    ):
        printed += p.text[last]
        last += 1
    value = p.settings.decimal(printed)
    if value is None:
        return None
    number = Number(at, last, value)
    fraction = VULGAR_FRACTIONS.get(p.text[last])
    if fraction and p.same_line(last):
        number.printed += Decimal(fraction[0]) / fraction[1]
        number.last = last + 1
    else:
        _and_a_half(p, number)
    return _scaled(p, number)


def _scaled(p: Passage, number: Number) -> Number:
    """Adds the scale words that follow: "35,5 miliardi", "2.3 lakh crore", "196 mila", "4bn"."""
    vocab = p.settings.vocabulary
    at = number.last
    for _ in range(_MOST_SCALES):
        if p.low[at] in HYPHENS and p.glued(at) and p.glued(at + 1) and p.words[at + 1].scale is not None:
            at += 1
        word = p.words[at]
        if not p.near(at):
            break
        if word.scale is not None:
            number.scale *= word.scale
        elif number.scale == _ONE and p.low[at] in vocab.short_any and p.same_line(at):
            number.scale *= vocab.short_any[p.low[at]]
        elif number.scale == _ONE and p.glued(at) and p.low[at] in vocab.short_glued:
            number.scale *= vocab.short_glued[p.low[at]]
        elif number.scale == _ONE and p.glued(at) and _of_many(p, at):
            number.scale *= vocab.short_money[p.low[at]]  # "10.6m people": no metres
        elif (
            number.scale == _ONE
            and p.glued(at)
            and p.text[at] in _CAPITAL_SCALES
            and not (p.glued(at + 1) and p.text[at + 1].isalnum())
        ):
            number.scale *= _CAPITAL_SCALES[p.text[at]]  # "1.28M"
        elif "hundred" in word.roles and number.scale == _ONE:
            number.scale *= _HUNDRED
        else:
            break
        at += 1
        number.last = at
    if number.scale != _ONE:
        _and_a_half(p, number)
        _and_the_rest(p, number)
    return number


def _and_the_rest(p: Passage, number: Number) -> None:
    """Reads "un milione 850 mila", "3 miliardi e 680 milioni": the rest in the next smaller scale."""
    if not p.settings.vocabulary.glued_numerals or number.scale < _MILLION:
        return
    at = number.last + ("links.and" in p.words[number.last].roles)
    if not p.words[at].digits or not p.near(at) or len(p.text[at]) > _GROUP or not p.text[at].isdecimal():
        return
    scale = p.words[at + 1].scale
    if scale is None or scale * 1000 != number.scale or not p.near(at + 1):
        return
    number.printed += Decimal(p.text[at]) * scale / number.scale
    number.last = at + 2


_MILLION: Final = Decimal(1_000_000)


def _of_many(p: Passage, at: int) -> bool:
    """Whether a glued letter scales a count: a noun that can only be counted comes next."""
    after = p.words[at + 1]
    counted = (
        after.unit is not None
        and after.plural
        and after.unit in _COUNTED
        and not p.words[at + 1].roles & _ENDS
    )
    return p.low[at] == "m" and counted and p.near(at + 1) and not p.glued(at + 1)


_COUNTED: Final = word_set("person munition missile vehicle drone aircraft company")
_ENDS: Final = frozenset({"stop.words"})


def _and_a_half(p: Passage, number: Number) -> None:
    """Reads "two and a half", "un miliardo e mezzo", "due milioni e mezzo" up to the half."""
    at = number.last
    vocab = p.settings.vocabulary
    if not vocab.phrases["links.and"].after(p.low, at) and not (p.low[at] in HYPHENS and p.glued(at)):
        return
    at += 1
    while p.low[at] in _JOINERS:
        at += 1
    if p.words[at].multiple == _HALF and p.near(at) and at - number.last <= 5 and p.low[at] in _HALVES:
        number.printed += _HALF
        number.last = at + 1


_JOINERS: Final = cues("half_joiners") | {"-"}
_HALVES: Final = cues("halves")
_ARTICLES: Final = cues("articles")


def _spelled(p: Passage, at: int) -> Number | None:
    """Composes number words.

    "two hundred and fifty-three thousand", "mille miliardi", "a hundred", "two dozen".
    """
    total, group, last = Decimal(0), None, at
    seen_scale = False
    here = at
    for _ in range(_MOST_PARTS):
        word = p.words[here]
        if "hundred" in word.roles and (group is None or 0 < group < _HUNDRED):
            group = (group or 1) * _HUNDRED
        elif (
            word.number is not None
            and _fits(group, word.number)
            and not (seen_scale and group is None and here == last and word.number == 0)
        ):
            group = (group or 0) + word.number
        elif word.scale is not None and total < _LARGEST and (group is not None or total or here == at):
            total = (
                (total + (group if group is not None else 0 if total else 1)) * word.scale
                if not seen_scale or group is None
                else total + group * word.scale
            )
            group, seen_scale = None, True
        else:
            break
        last = here + 1
        here = _next_part(p, last, group, seen_scale=seen_scale)
        if not p.near(here):
            break
    if last == at:
        return _collective(p, at, Number(at, at, _ONE, spelled=True))
    if "elided" in p.words[last - 1].roles:
        last += 1  # the apostrophe of "vent'anni"
    number = _factored(p, at, last, total + (group or 0), seen_scale=seen_scale)
    if not seen_scale:
        _and_decimals(p, number)
        _and_a_half(p, number)
        if number.last > last:
            number = _scaled(p, number)
    elif group is None and number.scale >= _MILLION and p.words[last].digits:
        _and_the_rest(p, number)
    elif group is None:
        half = Number(at, last, Decimal(0))
        _and_a_half(p, half)
        if half.printed:
            number.printed += _HALF
            number.last = half.last
    return _collective(p, number.last, number)


def _and_decimals(p: Passage, number: Number) -> None:
    """Reads "zero point seven", "tre virgola venticinque"; then "dieci o dodicimila", thousands both."""
    at = number.last
    if p.low[at] in _DECIMAL_WORDS and p.near(at) and p.words[at + 1].number is not None and p.near(at + 1):
        digits = ""
        at += 1
        while p.words[at].number is not None and not p.words[at].digits and len(digits) < _GROUP and p.near(at):
            digits += str(p.words[at].number)
            at += 1
        number.printed += Decimal(f"0.{digits}")
        number.last = at
        return
    following = p.words[at].roles
    if not (following & _ALTERNATIVES or p.low[at] in DASHES) or not p.settings.vocabulary.glued_numerals:
        return
    other = p.words[at + 1] if p.words[at + 1].number else p.words[at + 2]  # "dai cinque ai seimila"
    thousands = (other.number or 0) // 1000
    if other.number == thousands * 1000 and number.printed < thousands <= _MOST_TIMES * number.printed:
        number.scale = Decimal(1000)


_DECIMAL_WORDS: Final = cues("decimal_words")
_ALTERNATIVES: Final = frozenset({"links.alternative", "links.range", "links.between_link"})
#: How many times the first of two alternatives the second can be.
_MOST_TIMES: Final = 10


def _factored(p: Passage, first: int, last: int, value: Decimal, *, seen_scale: bool) -> Number:
    """Keeps the last scale word apart, so that a list can share it and "e mezzo" can halve it."""
    scale = p.words[last - 1].scale if seen_scale else None
    number = Number(first, last, value, spelled=True)
    if scale is not None:
        number.printed, number.scale = value / scale, scale
    # "a hundred", "un milione": the article counts as one and stands inside.
    if (
        p.low[first - 1] in _ARTICLES
        and p.near(first)
        and (p.words[first].scale is not None or "hundred" in p.words[first].roles)
    ):
        number.first = first - 1
        _half_of(p, number)
    elif p.words[first].scale is not None or "hundred" in p.words[first].roles:
        _half_of(p, number)
    return number


def _half_of(p: Passage, number: Number) -> None:
    """Reads "half a million" backwards from the scale word; "a few hundred" and "hundreds" are vague."""
    before = number.first - 1
    if p.low[before] in _HALVES:
        number.first, number.printed = before, number.printed * _HALF


def _fits(group: int | None, value: int) -> bool:
    """Whether a number word can continue the numeral: hundreds take tens, tens take units."""
    if group is None:
        return True
    if group % _HUNDRED == 0 and group > 0:
        return 0 < value < _HUNDRED
    return group % _HUNDRED >= 20 and group % 10 == 0 and 0 < value < 10


def _next_part(p: Passage, at: int, group: int | None, *, seen_scale: bool) -> int:
    """Skips the hyphen or the "and" between the parts of one numeral."""
    if (
        p.low[at] in DASHES
        and p.glued(at)
        and (
            p.words[at + 1].number is not None
            or p.words[at + 1].scale is not None
            or "hundred" in p.words[at + 1].roles
        )
    ):
        return at + 1
    if p.settings.vocabulary.phrases["links.and"].after(p.low, at):
        following = p.words[at + 1]
        if following.number is not None and (
            (group is not None and group % _HUNDRED == 0)
            or (seen_scale and group is None and p.words[at - 1].scale is not None and _continues(p, at + 1))
        ):
            return at + 1
    return at


def _continues(p: Passage, at: int) -> bool:
    """Whether "mille e duecento" goes on with a part of the same numeral, not with the next of a list."""
    return (p.words[at].number or 0) >= _HUNDRED


def _collective(p: Passage, at: int, number: Number) -> Number | None:
    """Adds a noun that stands for a number: "two dozen", "una decina", "half a dozen"."""
    word = p.words[at]
    if word.collective is None or not p.near(at):
        return number if number.last > number.first else None
    value, vague, exact = word.collective
    bare = number.last == number.first
    if bare:
        if p.low[at - 1] in _ARTICLES:
            number.first = at - 1
            if p.low[at - 2] in _HALVES:
                number.first, number.printed = at - 2, _HALF
        elif p.low[at - 1] in _HALVES:
            number.first, number.printed = at - 1, _HALF
        else:
            number.first, number.vague = at, True
            vague = True
    number.printed *= value
    number.last = at + 1
    number.vague = number.vague or (vague and bare)
    number.approximate = not exact and p.settings.vocabulary.glued_numerals
    return number
