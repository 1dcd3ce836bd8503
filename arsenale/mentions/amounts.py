"""Money, percents and quantities: what the words next to a number make of it.

A number is first read on its own (`numbers`), then takes the sign, currency, percent or unit that stands
with it. One that has none stays *open*: `sharing` gives it the unit of its list, its range or its context.
"""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.model import APPROXIMATE, MINIMUM, MONEY, OTHER, PERCENT, QUANTITY, RANGE
from arsenale.mentions.numbers import Number, number_at
from arsenale.mentions.passage import DASHES, HYPHENS, MINUS, PAD, Draft, Passage
from arsenale.mentions.vocabulary import cues, currencies, designations, singular, word_set

_ONE: Final = Decimal(1)
_MILLION: Final = Decimal(100_000)
_NEAR_WORDS: Final = 40
_PHRASE: Final = 8
#: Names of money that are also common words: money only after a scale word.
_NEEDS_SCALE: Final = word_set(
    """marks pound quid dong crowns leva marchi corone corona real lev rand lei won pounds bucks"""
)
_SIGNS: Final = MINUS | {"+"}


def amount(p: Passage, at: int) -> Draft | None:
    """The amount that begins at a token, joined with its other end if it opens a range."""
    low_end = amount_at(p, at)
    if low_end is None:
        return None
    start = range_end(p, low_end)
    if start:
        high_end = amount_at(p, start, prefixed=low_end.kind == MONEY and low_end.unit is not None)
        if high_end is not None and high_end.first >= low_end.last and joinable(p, low_end, high_end):
            return _joined(low_end, high_end)
    return low_end


def amount_at(p: Passage, at: int, *, prefixed: bool = False) -> Draft | None:
    """One amount, without looking for a range; `prefixed` if the currency stands before the range."""
    # A currency sign or a sign may stand between a range's link and its number: "$2 to $3 billion".
    while (
        p.text[at] in currencies()["symbols"]
        or p.text[at] in _SIGNS
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
    code = _take_prefix(p, draft)
    if code is not None or not number.spelled:
        _short_money(p, number, draft, prefixed=prefixed or code is not None)
    sign = (
        -1
        if p.text[draft.first] in MINUS
        or (code and p.text[number.first - 1] in MINUS and p.glued(number.first))
        else 1
    )
    draft.low = draft.high = number.printed * draft.scale * sign
    draft.printed = number.printed * sign
    if code is None and _percent(p, draft):
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
    if number.vague or "stop.indefinite" in p.words[draft.last].roles:
        draft.kind = OTHER  # "a billion here or there"
    _quantity(p, draft, number)
    return draft


# ------------------------------------------------------------------ signs and currency


def _take_prefix(p: Passage, draft: Draft) -> str | None:
    """Takes the sign and the currency that stand before a number; returns the currency."""
    first = draft.first
    if (
        p.text[first - 1] in _SIGNS
        and p.glued(first)
        and (not p.glued(first - 1) or p.text[first - 2] in _BEFORE_SIGN)
    ):
        first -= 1
    found = _currency_before(p, first)
    if found is None:
        draft.first = first
        return None
    before, code = found
    if p.text[before - 1] in _SIGNS and p.glued(before) and not p.glued(before - 1):
        before -= 1
    draft.first = before
    return code


_BEFORE_SIGN: Final = frozenset('([|;:,/€$£"«“')


def _currency_before(p: Passage, at: int) -> tuple[int, str] | None:
    """Currency sign or code right before a token: index where it starts, and ISO code."""
    table = currencies()
    sign = p.text[at - 1]
    if not p.near(at):
        return None
    if sign in table["symbols"]:
        if sign == "$":
            letters = p.low[at - 2] if p.glued(at - 1) else ""
            if letters in table["dollar"]:
                return at - 2, table["dollar"][letters]
            return at - 1, p.settings.dollar
        return at - 1, _settle(p, sign, at) if sign in "¥￥" else table["symbols"][sign]
    signed = sign in table["after_sign"] and p.glued(at - 1) and p.text[at - 2] + sign in table["signs"]
    if signed:
        return at - 2, table["signs"][p.text[at - 2] + sign]
    if sign in table["codes"]:
        return at - 1, sign
    if sign in table["aliases"]:
        return at - 1, _settle(p, table["aliases"][sign], at)
    if sign == "." and p.text[at - 2] in ("Rs", "Fr", "Lit"):
        return at - 2, _settle(p, table["aliases"][p.text[at - 2]], at)
    if (
        p.low[at - 1] in ("euro", "euros")
        and p.same_line(at)
        and p.settings.vocabulary.glued_numerals
        and not p.words[at - 2].digits
        and p.words[at - 2].scale is None
    ):
        return at - 1, "EUR"
    return None


def _settle(p: Passage, name: str, at: int) -> str:
    """What an ambiguous sign or name means here: by the words near it, nearest first, then by the page."""
    if not p.settings.ambiguous(name):
        return name
    after = at
    while after < at + _SENTENCE and not p.ends_sentence(after) and p.text[after]:
        after += 1
    near = (
        p.low[max(0, at - _NEAR_WORDS) : max(0, at - _SENTENCE)]
        + p.low[at:after][::-1]
        + p.low[max(0, at - _SENTENCE) : at]
    )
    return p.settings.settle(name, near)


_SENTENCE: Final = 14


def _short_money(p: Passage, number: Number, draft: Draft, *, prefixed: bool) -> None:
    """Reads "€310 m" and "5m euros": short scales that are something else without a currency."""
    if number.scale != _ONE:
        return
    scale = p.settings.vocabulary.short_money.get(p.low[draft.last])
    if scale is None or not p.same_line(draft.last):
        return
    if prefixed or currency_after(p, draft.last + 1, scaled=True) is not None:
        draft.scale = scale
        draft.last += 1


def currency_after(p: Passage, at: int, *, scaled: bool) -> tuple[int, str] | None:
    """Currency after a number.

    Index after it, and ISO code. "di euro" and "of lire" count only after a scale.
    """
    vocab, table = p.settings.vocabulary, currencies()
    if not p.near(at):
        return None
    if (
        (p.low[at] in HYPHENS and p.glued(at) and p.glued(at + 1))
        or (p.low[at] == "." and p.glued(at) and scaled and not p.capital(at + 1))
        or (scaled and "links.of" in p.words[at].roles)
    ):
        at += 1
    elif scaled and p.low[at] == "d" and p.low[at + 1] in "'’":
        at += 2
    sign = p.text[at]
    if sign in table["symbols"]:
        # "5 €" is money; "5 $3" is not: the sign belongs to the next number.
        if p.words[at + 1].digits and p.glued(at + 1):
            return None
        return at + 1, p.settings.dollar if sign == "$" else _settle(p, sign, at) if sign in "¥￥" else table[
            "symbols"
        ][sign]
    last = vocab.currencies.after(p.low, at)
    if last:
        name = p.low[at:last]
        if len(name) == 1 and name[0] in _NEEDS_SCALE and not scaled and not _grouped(p.text[at - 1]):
            return None
        code = vocab.phrase_currencies[tuple(name)]
        if code == "USD" and len(name) == 1 and name[0] != "usd":
            code = p.settings.dollar
        if name[-1] == "lire" and len(name) == 1:
            code = "lire?"
        return last, _settle(p, code, at)
    if sign in table["codes"] and (scaled or not p.words[at + 1].digits):
        return at + 1, sign
    if sign in table["aliases"] and len(sign) > 1 and sign not in ("Rs", "Fr", "RM", "DM"):
        return at + 1, table["aliases"][sign]
    if p.low[at] == "us" and p.text[at + 1] == "$":
        return at + 2, "USD"
    if p.low[at] == "kr":
        return at + 1, _settle(p, "krone?", at)
    return None


def _grouped(printed: str) -> bool:
    """Whether a number is printed with a thousands mark, as sums are: "98,400 won"."""
    return len(printed) > 4 and printed[-4] in ".," and printed[-3:].isdecimal()


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
    if p.low[last] in HYPHENS and p.low[last + 1] in ("point", "points") and p.glued(last):
        draft.unit, draft.last = "percentage_points", last + 2
        return True
    _of_gdp(p, draft)
    return True


def _loose_points(p: Passage, draft: Draft, at: int) -> bool:
    """Bare "points" are percentage points where percents are being discussed: "mezzo punto", "two points"."""
    last = p.settings.vocabulary.phrases["percent.loose_points"].after(p.low, at)
    if not last or not any(d.kind == PERCENT for d in p.drafts[-8:]):
        return False
    draft.kind, draft.unit, draft.last = PERCENT, "percentage_points", last
    return True


def _of_gdp(p: Passage, draft: Draft) -> None:
    """Takes "of GDP", "of Italy's gross domestic product", "del PIL" into the span."""
    phrases, at = p.settings.vocabulary.phrases, draft.last
    linked = phrases["percent.gdp_links"].after(p.low, at) if p.near(at) else 0
    here = linked or at
    for _ in range(4):
        last = phrases["percent.gdp"].after(p.low, here)
        if last and p.near(here):
            draft.last, draft.unit, draft.gdp = last, "percent_of_gdp", True
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
    if head is not None:
        unit, last, adjacent = head
        draft.unit, draft.counted = unit, True
        if adjacent:
            draft.last = last
        elif draft.last == at and at != number.last:
            draft.last = number.last
        return
    if large and draft.kind != OTHER and _peopled(p, draft.first):
        draft.unit = "person"
        return
    if large:
        draft.kind = MONEY if draft.kind != OTHER else OTHER
        return
    if draft.kind != OTHER and _foreign_plural(p, at):
        draft.last = at + 1  # a noun that no list holds: its unit is not known, and not its neighbour's
        return
    draft.open = draft.kind != OTHER


_SINGULAR: Final = cues("singular_articles")


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
        beside = beside and (not low.isalpha() or bool(word.roles & _TRANSPARENT) or low in _COPULAS)
    return False


_POPULATION: Final = cues("population")
_INHABITANTS: Final = cues("inhabitants")
_TOWARDS: Final = cues("towards")
_COPULAS: Final = cues("copulas")


def _hyphenated(p: Passage, draft: Draft) -> bool:
    """Reads "ten-year", "400-strong", "four-engine": the unit after a hyphen is inside."""
    at = draft.last
    if p.low[at] not in HYPHENS or not p.glued(at) or not p.glued(at + 1) or not p.text[at + 1].isalpha():
        return False
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
    if p.low[at + 1] in ("off", "sided", "way", "up", "time", "to", "on"):
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


def counted_noun(p: Passage, at: int, *, plural: bool) -> tuple[str, int, bool] | None:
    """The noun that a number counts: its unit, the index after it, and whether it is the very next word.

    Languages whose noun phrases end in the head ("six patrol aircraft") want the last noun before the
    phrase ends; others ("sei aerei da pattugliamento") the first.
    """
    vocab = p.settings.vocabulary
    best: tuple[str, int, bool] | None = None
    here, name = at, ""
    for _ in range(_PHRASE):
        if not p.near(here) or (here > at and p.capital(here) and "\n" in p.gap(here) and _labels(p, here)):
            break
        low, word = p.low[here], p.words[here]
        skipped = _attribute(p, here, at)
        if skipped:
            if not name and low.isalpha() and p.capital(here):
                name = low
            here += skipped
            continue
        if word.digits:
            if (
                not (p.glued(here) or low == "mm" or p.low[here + 1] == "mm" or p.capital(here - 1))
                or p.words[here + 1].scale is not None
            ):
                break
            here += 1
            continue
        if not low.isalpha():
            if low in DASHES or low == "/":
                if not (p.glued(here) and p.glued(here + 1)):
                    break
            elif low not in "'’\"“”«»°":
                break
            here += 1
            continue
        if len(low) == 1 and p.text[here + 1] in ("'", "’"):
            break  # "nel 2024 l'Italia": an elided article, not litres.
        marked = p.words[here + 1].digits or p.words[here + 2].digits
        lettered = len(low) == 1 and p.capital(here) and p.glued(here + 1) and marked
        if here > at and _joins_attributes(p, here):
            here += 1
            continue
        if ("stop.words" in word.roles and not lettered) or word.number is not None or word.scale is not None:
            break
        if not name and p.capital(here):
            name = low
        last = vocab.units.after(p.low, here)
        if last:
            # A unit of several words is a noun and its attributes: "two aircraft carriers" leaves the span
            # at "two".
            whole = here == at and not vocab.head_last and word.unit is not None
            best = (vocab.phrase_units[tuple(p.low[here:last])], here + 1, whole)
            here = last - 1
        elif word.unit is not None and (word.plural or not plural or not vocab.english_plurals):
            flown = low in _FLOWN and any(w.digits for w in p.words[at:here])
            best = ("aircraft" if flown else word.unit, here + 1, here == at)
        elif best is not None:
            break
        if best is not None and (
            not vocab.head_last
            or p.words[here + 1].unit is None
            or "stop.words" in p.words[here + 1].roles
            or ("\n" in p.gap(here + 1) and p.capital(here + 1))
        ):
            break
        here += 1
    if best is None and p.low[at] in ("x", "×") and _calibred(p, at + 1):
        return "gun", at, False
    if best is None:
        return _named(p, at, name) or _unlisted(p, at, plural=plural)
    return best


def _joins_attributes(p: Passage, at: int) -> bool:
    """Whether "and" joins two attributes of one noun: "1,240 tracked and wheeled vehicles"."""
    after = p.words[at + 2]
    return (
        "links.and" in p.words[at].roles
        and p.settings.vocabulary.head_last
        and p.words[at - 1].unit is None
        and p.words[at + 1].unit is None
        and not p.words[at + 1].trigger
        and not p.capital(at + 1)
        and "stop.words" not in p.words[at + 1].roles
        and after.unit is not None
        and after.plural
        and p.near(at + 1)
        and p.near(at + 2)
    )


def _labels(p: Passage, at: int) -> bool:
    """Whether a word that opens a line labels it: a wide gap parts it from what the line says."""
    return any("  " in p.gap(k) or "\t" in p.gap(k) for k in range(at + 1, at + 4))


def _calibred(p: Passage, at: int) -> bool:
    return p.words[at].digits and (p.low[at + 1] == "mm" or (p.text[at + 1] == "/" and p.glued(at + 1)))


_SERVING: Final = cues("serving")
_FLOWN: Final = frozenset({"trainer", "trainers"})


def _letters_of_a_name(p: Passage, at: int) -> bool:
    """Whether capitals go on in digits, so that they begin a name and are no symbol of a measure."""
    if not p.capital(at) or len(p.low[at]) > 3 or not p.glued(at + 1):
        return False
    return p.words[at + 1].digits or (p.text[at + 1] in HYPHENS and p.words[at + 2].digits)


def _attribute(p: Passage, here: int, at: int) -> int:
    """How many tokens of names and measures to pass over on the way from a number to its noun."""
    low, word = p.low[here], p.words[here]
    if word.digits:
        return 3 if _attributive(p, here) else 0  # "six 3,600-tonne submarines"
    if here > at and p.glued(here) and p.words[here - 1].digits and low.isalnum():
        return 1
    if low == "." and len(p.text[here - 1]) == 1 and p.capital(here - 1):
        return 1  # "12,000 U.S. troops"
    if not low.isalpha() or (len(low) == 1 and p.text[here + 1] in ("'", "’")):
        return 0
    if here == at and low in _SERVING and p.words[at + 1].unit is not None:
        return 1  # "6.6 lakh serving troops"
    if p.words[here + 1].digits and "names.designators" in word.roles and p.near(here + 1):
        return 1
    # "two T129", "2 MQ-9A": no tonnes, no square metres
    return 1 if word.unit is not None and _letters_of_a_name(p, here) else 0


def _attributive(p: Passage, at: int) -> bool:
    """Whether digits begin a measure that describes the noun to come: "3,600-tonne", "63-metre"."""
    return (
        p.low[at + 1] in HYPHENS
        and p.glued(at + 1)
        and p.glued(at + 2)
        and p.words[at + 2].unit is not None
        and not p.words[at + 2].plural
    )


def _foreign_plural(p: Passage, at: int) -> bool:
    """Whether the next word can only be a plural noun, in a language whose plurals are listed one by one."""
    low = p.low[at]
    return (
        not p.settings.vocabulary.english_plurals
        and p.near(at)
        and len(low) > 4
        and low.endswith("i")
        and low.isalpha()
        and not low.endswith(("ati", "uti", "iti", "asi", "esi", "isi", "osi", "usi", "anti", "enti", "nti"))
        and not p.capital(at)
        and not p.words[at].roles
        and not p.words[at].trigger
        and p.words[at].currency is None
        and p.words[at].month is None
        and p.words[at].multiple is None
        and p.words[at].ordinal is None
    )


def _named(p: Passage, at: int, name: str) -> tuple[str, int, bool] | None:
    """What a bare designation counts: "40 F-104S followed" are aircraft."""
    if not name or not p.capital(at):
        return None
    table = designations()
    unit = table.get(name) or (table.get(singular(name)) if len(name) > 3 else None)
    marked = any(p.words[k].digits and p.near(k) for k in range(at + 1, at + 4))
    if unit is not None and (marked or len(name) > 3):
        return unit, at, False
    return None


def _unlisted(p: Passage, at: int, *, plural: bool) -> tuple[str, int, bool] | None:
    """A plural that no list holds is a unit of its own: "seven sponsors"."""
    word, low = p.words[at], p.low[at]
    if (
        not p.near(at)
        or not low.isalpha()
        or len(low) < 4
        or word is None
        or "stop.words" in word.roles
        or p.capital(at)
    ):
        return None
    english = p.settings.vocabulary.english_plurals
    if english and plural and low.endswith("s") and not low.endswith("ss"):
        return singular(low), at + 1, True
    noun = p.low[at + 1]
    if (
        english
        and plural
        and p.near(at + 1)
        and noun.isalpha()
        and len(noun) > 4
        and noun.endswith("s")
        and not noun.endswith(("ss", "us"))
        and (low.endswith(_ATTRIBUTES) or "stop.nonhead" in word.roles)
        and not p.capital(at + 1)
        and "stop.words" not in p.words[at + 1].roles
    ):
        return singular(noun), at + 2, False  # "five successive decrees"
    return None


_ATTRIBUTES: Final = ("ive", "al", "ic", "ous", "ful", "able", "ible", "ary", "ent", "est", "ing")

_VERSUS: Final = frozenset({"to", "against", "contro", "a", "for"})

# ------------------------------------------------------------------ ranges


def linked(p: Passage, at: int, name: str) -> bool:
    """Whether a link word ("from", "between") stands before a token, or before its hedge or article."""
    phrases = p.settings.vocabulary.phrases[name]
    for back in (1, 2, 3):
        if p.low[at - back] in phrases.first and p.near(at - back + 1):
            return True
        if not p.words[at - back].roles & _TRANSPARENT:
            return False
    return False


_TRANSPARENT: Final = frozenset({"hedges.between", "hedges.approximate", "hedges.minimum", "hedges.maximum"})


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
    while p.words[at].roles & _TRANSPARENT and not p.words[at].trigger and p.near(at):
        at += 1
    return at + 2 if p.elided(at) and p.near(at) else at


def _changes(p: Passage, at: int) -> bool:
    """Whether a word of change governs "from A to B": then A and B are two figures."""
    for back in range(1, 25):
        if at - back < PAD or p.ends_sentence(at - back) or not p.near(at - back + 1):
            return False
        if "links.change" in p.words[at - back].roles:
            return True
    return False


def votes_nearby(p: Passage, first: int, last: int) -> bool:
    """Whether the words around speak of votes: "94 to 11" is then no range."""
    around = p.words[max(0, first - 12) : last + 6]
    return any("places.votes" in w.roles for w in around)


def votes_surely(p: Passage, first: int, last: int) -> bool:
    """Whether a bare number counts votes: "against" alone says so only of two numbers set side by side."""
    around = [w.roles for w in p.words[max(0, first - 12) : last + 6] if "places.votes" in w.roles]
    weak = sum("places.votes_weak" in roles for roles in around)
    return len(around) > weak or weak > 1 or (weak > 0 and bool({p.low[last], p.low[first - 1]} & _VERSUS))


_SHARES: Final = frozenset({"percent", "percent_of_gdp"})


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
        if p.low[low_end.last] not in DASHES and _changes(p, low_end.first):
            return False  # "rose 1.2 points to 23.4 points": by how much, and where to
    if p.low[low_end.last] not in ("and", "e", "ed") and votes_nearby(p, low_end.first, high_end.last):
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


def _joined(low_end: Draft, high_end: Draft) -> Draft:
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
