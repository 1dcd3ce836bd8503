"""The currency that stands with a number: signs, codes and names, before it or after it."""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.numbers import Number
from arsenale.mentions.passage import HYPHENS, MINUS, PAD, Draft, Passage
from arsenale.mentions.vocabulary import cues, currencies, word_set

_ONE: Final = Decimal(1)
_NEAR_WORDS: Final = 40
#: Names of money that are also common words: money only after a scale word.
_NEEDS_SCALE: Final = cues("doubtful_money")
#: Names of money that stand before a sum, too: "euro 3.450.000".
_BEFORE_SUMS: Final = cues("money_before")
SIGNS: Final = MINUS | {"+"}


# ------------------------------------------------------------------ signs and currency


def take_prefix(p: Passage, draft: Draft) -> str | None:
    """Takes the sign and the currency that stand before a number; returns the currency."""
    first = draft.first
    if (
        p.text[first - 1] in SIGNS
        and p.glued(first)
        and (not p.glued(first - 1) or p.text[first - 2] in _BEFORE_SIGN)
    ):
        first -= 1
    found = _currency_before(p, first)
    if found is None:
        draft.first = first
        return None
    before, code = found
    if p.text[before - 1] in SIGNS and p.glued(before) and not p.glued(before - 1):
        before -= 1
    draft.first = before
    return code


_BEFORE_SIGN: Final = frozenset('([|;:,/€$£"«“*_')


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
        p.low[at - 1] in _BEFORE_SUMS
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


def short_money(p: Passage, number: Number, draft: Draft, *, prefixed: bool) -> None:
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
        doubtful = len(name) == 1 and name[0] in _NEEDS_SCALE and not scaled
        if doubtful and not _grouped(p.text[at - 1]) and not _paid(p, at):
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


def _paid(p: Passage, at: int) -> bool:
    """Whether words of pay stand beside a name of several meanings: "pay was four pounds a week"."""
    rated = "links.per" in p.words[at + 1].roles and p.words[at + 2].unit in _PAY_PERIODS and p.near(at + 1)
    near = range(max(PAD, at - _PAY), at)
    return rated or any("tables.money" in p.words[k].roles and p.near(k + 1) for k in near)


_PAY: Final = 5
_PAY_PERIODS: Final = word_set("year month week day hour person")


def _grouped(printed: str) -> bool:
    """Whether a number is printed with a thousands mark, as sums are: "98,400 won"."""
    return len(printed) > 4 and printed[-4] in ".," and printed[-3:].isdecimal()
