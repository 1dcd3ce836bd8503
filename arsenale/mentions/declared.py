"""What a page declares of its money, or shows by its words: whose dollars, and what bare sums are in."""

import re
from collections import Counter
from functools import cache
from typing import Final

from arsenale.mentions.vocabulary import Vocabulary, cues, currencies, listed, words_of

_WORD_OR_NUMBER: Final = re.compile(r"[^\W\d_]+|\d+")
#: A clause: up to its stop, its bracket or the end of its line.
_CLAUSE: Final = re.compile(r"(?:[^.;()\n]|\.(?=\S)|\n(?=\S))+")
_USD: Final = "USD"


def settled(name: str, near: list[str], counts: Counter[str]) -> str:
    """ISO code of an ambiguous name or sign ("lira?", "¥"), by the words around it, then by the page."""
    options: tuple[str, ...] | None = currencies()["shared"].get(name)
    if options is None:
        return name
    contexts = currencies()["contexts"]
    for word in () if name in _BY_PAGE else reversed(near):
        for code in options:
            if word in contexts[code]:
                return code
    if name == "lire?":
        return "ITL"  # The plural is Italian, also where the page speaks of Turkey elsewhere.
    counted = {code: sum(counts[word] for word in contexts[code]) for code in options}
    best = max(counted.values())
    return next(code for code in options if counted[code] == best)


#: Names that neighbours share, whose papers write of each other all the time: only the whole page tells.
_BY_PAGE: Final = frozenset({"rupee?"})


# ------------------------------------------------------------------ dollars


def dollar_of(text: str, counts: Counter[str], vocab: Vocabulary) -> str:
    """What a bare "$" stands for: USD, unless the document declares that its dollars are of another country.

    "All dollars are Australian", "(New Zealand dollars throughout)", "importi in dollari canadesi".
    """
    if "$" not in text and "dollar" not in text:
        return _USD
    for clause in _CLAUSE.findall(text):
        words = _WORD_OR_NUMBER.findall(clause.lower())
        if not cues("declaring").isdisjoint(words):
            code = _signed(clause) or _called(words, vocab)
            if code:
                return code
    return _dollar_set_apart(text, counts)


def _signed(clause: str) -> str | None:
    """The dollar that a declaration gives by its sign: "all sums are in A$"."""
    sign = _FOREIGN_SIGN.search(clause)
    return currencies()["dollar"].get(sign[1].lower()) if sign else None


def _called(words: list[str], vocab: Vocabulary) -> str | None:
    """The dollar that a declaration gives by the name of its country, beside "dollars" or after it."""
    at = next((k for k, word in enumerate(words) if word.startswith("dollar")), -1)
    if at < 0 or (at and words[at - 1] in cues("american")):
        return None
    around = [] if _summed(words, at, vocab) else [*words[max(0, at - 2) : at], *words[at + 1 : at + 2]]
    if not any(word[0].isdecimal() for word in words):
        around += words[at : at + _AFTER_DOLLAR]
    names = currencies()["dollars"]
    return next((str(names[word]) for word in around if word in names), None)


#: Words after "dollars" among which their country stands: "all dollars in this paper are Australian".
_AFTER_DOLLAR: Final = 8


def _summed(words: list[str], at: int, vocab: Vocabulary) -> bool:
    """Whether a sum stands before "dollars" or the name of their country: "12 million Australian dollars"."""
    before = [word for word in words[max(0, at - 3) : at] if word not in currencies()["dollars"]][-1:]
    return any(word[0].isdecimal() or vocab[word].scale or word in vocab.short_money for word in before)


def _dollar_set_apart(text: str, counts: Counter[str]) -> str:
    """The dollar of the country that a page speaks of, if it marks those of the United States: "US$19 bn"."""
    if not _AMERICAN_SIGN.search(text) or not _BARE_SIGN.search(text) or _FOREIGN_SUM.search(text):
        return _USD
    contexts = currencies()["contexts"]
    spoken = Counter({code: sum(counts[word] for word in contexts[code]) for code in _DOLLARS})
    (code, most), (_, next_most) = spoken.most_common(2)
    return code if most >= _SPOKEN and most > 2 * next_most else _USD


_DOLLARS: Final = ("AUD", "CAD", "NZD", "SGD", "TWD", "HKD")
#: How often a page must name a country for a bare "$" beside "US$" to be its dollar.
_SPOKEN: Final = 3
_BARE_SIGN: Final = re.compile(r"(?<![A-Za-z])\$\s?\d")
_AMERICAN_SIGN: Final = re.compile(r"\bUS ?\$|\bUSD\b|\bU\.S\. dollars|\bUS dollars")
#: Signs and codes of other dollars: before a sum, or declared for all sums.
_FOREIGN_SUM: Final = re.compile(r"\b(?:AU?|CA?|NZ|HK|SG?|NT)\$|\b(?:AUD|CAD|NZD)\s?\d")
_FOREIGN_SIGN: Final = re.compile(r"\b(AU?|CA?|NZ|HK|SG?|NT)\$(?!\s?\d)")


# ------------------------------------------------------------------ bare sums


def currency_of(text: str, counts: Counter[str], vocab: Vocabulary, dollar: str) -> str | None:
    """The currency of sums that name none.

    What the document declares, else the one it names most, else that of its language.
    """
    said = _declaration().search(text)
    if said:
        name = words_of(said["name"])
        code = vocab.phrase_currencies.get(name) or vocab[name[-1]].currency or said["name"].upper()
        if code in currencies()["codes"] or code in currencies()["shared"]:
            code = settled(code, [], counts)
            return dollar if code == _USD else code
    named = _named(text, counts, vocab, dollar)
    former = named[vocab.default_currency] == 0 and named.keys() & currencies()["former"]
    if not named:
        return vocab.default_currency
    if not former:
        named[vocab.default_currency] += vocab.raw["currency_weight"]
    best, times = max(named.items(), key=lambda entry: entry[1])
    return best if times > 0 else vocab.default_currency


@cache
def _declaration() -> re.Pattern[str]:
    """A clause that says what all sums of a document are in, in any language."""

    def any_of(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(cues(name), key=len, reverse=True))

    return re.compile(
        rf"\b(?:{any_of('declared_sums')})\b[^.\n]{{0,40}}?\b(?:{any_of('declared_in')})\b[^.\n]{{0,30}}?"
        rf"(?P<name>{any_of('declared_money')})",
        re.IGNORECASE,
    )


def _named(text: str, counts: Counter[str], vocab: Vocabulary, dollar: str) -> Counter[str]:
    """How often a page names each currency, by sign, by word and by code."""
    named = Counter[str]()
    for sign, code in currencies()["symbols"].items():
        seen = text.count(sign) - (sum(map(text.count, _PREFIXED)) if sign == "$" else 0)
        if seen > 0:
            meant = settled(sign, [], counts) if sign in currencies()["shared"] else code
            named[dollar if sign == "$" else meant] += seen
    for code, names in vocab.raw["currencies"].items():
        for name in listed(names):
            # Words of several meanings ("won", "marks", "real") do not vote.
            if name.isalpha() and name not in cues("common_money") and counts[name]:
                meant = settled(code, [], counts)
                named[dollar if meant == _USD else meant] += counts[name]
    named.update(code for code in _CODE.findall(text) if code in currencies()["codes"])
    return named


_CODE: Final = re.compile(r"\b[A-Z]{3}\b")
_PREFIXED: Final = ("R$", "C$", "A$", "NZ$", "HK$", "NT$", "S$")
