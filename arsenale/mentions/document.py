"""What holds for a whole document: its language, its decimal mark, the currency its sums are in.

Found on the first part of the text, then carried to every chunk. Only counts decide; nothing here reads a
figure.
"""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, TypeAlias

from arsenale.mentions.language import language_of
from arsenale.mentions.vocabulary import (
    Vocabulary,
    cues,
    currencies,
    languages,
    listed,
    vocabulary,
    word_set,
)

_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKED: Final = re.compile(r"(?<![\d.,/])\d+(?:[.,]\d+)+(?![\d/]|[.,]\d)")
#: A longer run of digits is no figure that anyone printed.
_LONGEST: Final = 40
_GROUP = 3
#: What may be a time of day in a language that writes decimals with the other mark: "22.50".
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4])[.,][0-5]\d")
_BILLION = Decimal(1_000_000_000)


#: What was counted: its unit, how many, in which paragraph.
Counted: TypeAlias = tuple[str, Decimal, int]


@dataclass(slots=True)
class Settings:
    """What a document says about all its numbers.

    Attributes:
        vocabulary: The words of its language.
        decimal_mark: "." or ",".
        currency: ISO code of sums that name none; None if nothing tells.
        dollar: What a bare "$" stands for.
        counts: How often each word of the opening occurs, to settle what "lira", "kr" or "¥" means.
        spoken: How often the opening names things of each unit.
        month_first: Whether 5/3/2025 is 3 May.
        in_notes: Whether the chunk before ended in a list of references.
        specs: What the heads and labels of tables say, once read.
        counted: What the text counted last, the latest at the end.
        topic: What the last name of kit counts ("DDG-51": ships), and the paragraph that it stands in.
        paragraphs: How many paragraphs with numbers there have been.
        notes_headings: Headings that open such a list.
        elsewhere: Settings of the parts in other languages, by code.
    """

    vocabulary: Vocabulary
    decimal_mark: str = "."
    currency: str | None = None
    dollar: str = "USD"
    counts: Counter[str] = field(default_factory=Counter)
    spoken: Counter[str] = field(default_factory=Counter)
    month_first: bool = False
    in_notes: bool = False
    counted: list[Counted] = field(default_factory=list)
    paragraphs: int = 0
    topic: tuple[str, int] | None = None
    specs: dict[tuple[str, bool], Any] = field(default_factory=dict)
    notes_headings: frozenset[str] = frozenset()
    elsewhere: "dict[str, Settings]" = field(default_factory=dict)

    def within(self, code: str, text: str) -> "Settings":
        """The settings for a part of the document that is in another language: its words and its marks."""
        if code == self.vocabulary.code:
            return self
        there = self.elsewhere.get(code)
        if there is None:
            there = self.elsewhere[code] = replace(self, vocabulary=vocabulary(code), specs={}, elsewhere={})
        there.decimal_mark = _decimal_mark(text, there.vocabulary)
        there.in_notes = self.in_notes
        return there

    def decimal(self, printed: str) -> Decimal | None:
        """The exact value of a printed number, or None if its marks make none.

        Two marks: the last is the decimal one. One mark, repeated: thousands. One mark, once, before
        exactly three
        digits: thousands, unless the document uses it as its decimal mark or the whole part is 0; otherwise
        decimal.
        """
        if printed.isdecimal():
            return Decimal(printed) if len(printed) <= _LONGEST else None
        if len(printed) > _LONGEST:
            return None
        bare = printed
        for mark in "'’\u2009\u00a0\u202f ":
            bare = bare.replace(mark, "")
        commas, dots = bare.count(","), bare.count(".")
        if not commas and not dots:
            return Decimal(bare)
        if commas and dots:
            mark = "," if bare.rfind(",") > bare.rfind(".") else "."
            other = "." if mark == "," else ","
            whole, _, part = bare.rpartition(mark)
            if mark in whole or not _grouped(whole.split(other)):
                return None
            return Decimal(f"{whole.replace(other, '')}.{part}")
        mark = "," if commas else "."
        groups = bare.split(mark)
        if len(groups) > 2:
            return Decimal("".join(groups)) if _grouped(groups) else None
        whole, part = groups
        # "0,125" can only be a decimal; "1.004" is one where the document writes decimals with that mark.
        if len(part) == _GROUP and whole.strip("0") and len(whole) <= _GROUP and mark != self.decimal_mark:
            return Decimal(whole + part)
        return Decimal(f"{whole}.{part}")

    def ambiguous(self, name: str) -> bool:
        """Whether several countries share a name or sign."""
        return bool(name in currencies()["shared"])

    def settle(self, name: str, near: list[str]) -> str:
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
        counted = {code: sum(self.counts[w] for w in contexts[code]) for code in options}
        best = max(counted.values())
        return next(code for code in options if counted[code] == best)


#: Names that neighbours share, whose papers write of each other all the time: only the whole page tells.
_BY_PAGE: Final = frozenset({"rupee?"})


def _grouped(groups: list[str]) -> bool:
    """Whether the groups are thousands (3-3-3) or Indian ones (2-2-3)."""
    first, rest = groups[0], groups[1:]
    if not rest:
        return True
    if not 1 <= len(first) <= _GROUP or len(rest[-1]) != _GROUP:
        return False
    return all(len(g) == _GROUP for g in rest) or (len(first) <= 2 and all(len(g) == 2 for g in rest[:-1]))


def settings_of(text: str, language: str | None = None) -> Settings:
    """Reads the settings of a document off its opening part."""
    words = vocabulary(language or language_of(text))
    settings = Settings(words, counts=Counter(_WORD.findall(text.lower())))
    for word, times in settings.counts.items():
        unit = words[word].unit
        if unit is not None:
            settings.spoken[unit] += times
    settings.decimal_mark = _decimal_mark(text, words)
    settings.notes_headings = frozenset(
        h for c in languages() for h in listed(vocabulary(c).raw["places"]["notes_headings"])
    )
    settings.dollar = _dollar(text, settings.counts, words)
    settings.currency = _currency(text, settings)
    settings.month_first = _month_first(text)
    return settings


def _decimal_mark(text: str, words: Vocabulary) -> str:
    """The mark that the document's own numbers prove to be decimal.

    That of the language where they prove nothing.
    """
    votes = Counter[str]()
    for found in _MARKED.finditer(text):
        printed, after = found[0], _WORD.match(text, found.end() + 1)
        scaled = after is not None and (words[after[0].lower()].scale or 0) >= _BILLION
        commas, dots = printed.count(","), printed.count(".")
        if commas and dots:
            votes["," if printed.rfind(",") > printed.rfind(".") else "."] += 3
        elif commas + dots == 1:
            mark = "," if commas else "."
            part = printed.partition(mark)[2]
            if len(part) != _GROUP:
                votes[mark] += 1 if mark != words.decimal_mark and _CLOCK.fullmatch(printed) else 2
            elif scaled and mark == words.decimal_mark:
                votes[mark] += 1  # "7.953 billion": an English text hardly counts thousands of billions
            elif not printed.startswith("0"):
                # Three digits after a lone mark: thousands more often than not.
                votes["." if commas else ","] += 1
        elif commas > 1 or dots > 1:
            votes["." if commas else ","] += 2
    if votes["."] == votes[","]:
        return words.decimal_mark
    return "." if votes["."] > votes[","] else ","


def _dollar(text: str, counts: Counter[str], vocab: Vocabulary) -> str:
    """USD, unless the document declares that its dollars are those of another country.

    "All dollars are Australian", "(New Zealand dollars throughout)", "importi in dollari canadesi".
    """
    if "$" not in text and "dollar" not in text:
        return "USD"
    names = currencies()["dollars"]
    for clause in _CLAUSE.findall(text):
        words = _WORD_OR_NUMBER.findall(clause.lower())
        if cues("declaring").isdisjoint(words):
            continue
        signed = _FOREIGN_SIGN.search(clause)
        if signed and signed[0].rstrip("$").lower() in currencies()["dollar"]:
            return str(currencies()["dollar"][signed[0].rstrip("$").lower()])
        at = next((k for k, word in enumerate(words) if word.startswith("dollar")), 0)
        declared = [] if _summed(words, at, vocab) else [*words[max(0, at - 2) : at], *words[at + 1 : at + 2]]
        if not any(word[0].isdecimal() for word in words):
            declared = declared + words[at : at + _AFTER_DOLLAR]
        named = [word for word in declared if word in names]
        if at and named and words[at - 1] not in cues("american"):
            return str(names[named[0]])
        if at == 0 and words[0].startswith("dollar") and named:
            return str(names[named[0]])
    return _dollar_set_apart(text, counts)


def _dollar_set_apart(text: str, counts: Counter[str]) -> str:
    """The dollar of the country that a page speaks of, if it marks those of the United States: "US$19 bn"."""
    marked = _AMERICAN_SIGN.search(text)
    if not marked or not _BARE_SIGN.search(text) or _FOREIGN_SUM.search(text):
        return "USD"
    spoken = Counter({code: sum(counts[w] for w in currencies()["contexts"][code]) for code in _DOLLARS})
    (code, most), (_, next_most) = spoken.most_common(2)
    return code if most >= _SPOKEN and most > 2 * next_most else "USD"


_DOLLARS: Final = ("AUD", "CAD", "NZD", "SGD", "TWD", "HKD")
#: How often a page must name a country for a bare "$" beside "US$" to be its dollar.
_SPOKEN: Final = 3
_BARE_SIGN: Final = re.compile(r"(?<![A-Za-z])\$\s?\d")
_AMERICAN_SIGN: Final = re.compile(r"\bUS ?\$|\bUSD\b|\bU\.S\. dollars|\bUS dollars")
#: Signs and codes of other dollars: before a sum, or declared for all sums.
_FOREIGN_SUM: Final = re.compile(r"\b(?:AU?|CA?|NZ|HK|SG?|NT)\$|\b(?:AUD|CAD|NZD)\s?\d")
_FOREIGN_SIGN: Final = re.compile(r"\b(?:AU?|CA?|NZ|HK|SG?|NT)\$(?!\s?\d)")


def _summed(words: list[str], at: int, vocab: Vocabulary) -> bool:
    """Whether a sum stands before "dollars" or the name of their country: "12 million Australian dollars"."""
    before = [word for word in words[max(0, at - 3) : at] if word not in currencies()["dollars"]][-1:]
    return any(word[0].isdecimal() or vocab[word].scale or word in vocab.short_money for word in before)


_WORD_OR_NUMBER: Final = re.compile(r"[^\W\d_]+|\d+")
#: A clause: up to its stop, its bracket or the end of its line.
_CLAUSE: Final = re.compile(r"(?:[^.;()\n]|\.(?=\S)|\n(?=\S))+")
#: Words after "dollars" among which their country stands: "all dollars in this paper are Australian".
_AFTER_DOLLAR: Final = 8


_DECLARED: Final = re.compile(
    r"(?:\b(?:all|sums|figures|amounts|values|prices|tutte|tutti|importi|cifre|valori|dati)\b[^.\n]{0,40}?\b(?:in|are)\b[^.\n]{0,30}?)"
    r"(?P<name>us dollars?|u\.s\. dollars?|dollars?|dollari|euros?|sterling|pounds|sterline|yen|yuan|"
    r"kronor|kroner|zlotys?|rupees|rupie|lire|usd|eur|gbp)",
    re.IGNORECASE,
)


def _currency(text: str, settings: Settings) -> str | None:
    """The currency the document declares for its sums.

    Else the one it names most, else that of its language.
    """
    vocab = settings.vocabulary
    declared = _DECLARED.search(text)
    if declared:
        name = declared["name"].lower()
        entry = vocab[name.split()[-1]]
        code = entry.currency or {"usd": "USD", "eur": "EUR", "gbp": "GBP"}.get(name)
        if code:
            code = settings.settle(code, [])
            return settings.dollar if code == "USD" else code
    named = Counter[str]()
    for sign, code in currencies()["symbols"].items():
        seen = text.count(sign) - (sum(map(text.count, _PREFIXED)) if sign == "$" else 0)
        if seen > 0:
            meant = settings.settle(sign, []) if settings.ambiguous(sign) else code
            named[settings.dollar if sign == "$" else meant] += seen
    for name_list in vocab.raw["currencies"].items():
        for name in listed(name_list[1]):
            # Words of several meanings ("won", "marks", "real") do not vote.
            if " " not in name and name.isalpha() and name not in _COMMON_WORDS and settings.counts[name]:
                code = settings.settle(name_list[0], [])
                named[settings.dollar if code == "USD" else code] += settings.counts[name]
    for code in _CODE.findall(text):
        if code in currencies()["codes"]:
            named[code] += 1
    if named and not (named[vocab.default_currency] == 0 and named.keys() & currencies()["former"]):
        named[vocab.default_currency] += vocab.raw["currency_weight"]
    if named and max(named.values()) > 0:
        return max(named, key=lambda c: named[c])
    return vocab.default_currency


_CODE: Final = re.compile(r"\b[A-Z]{3}\b")
_PREFIXED: Final = ("R$", "C$", "A$", "NZ$", "HK$", "NT$", "S$")
_COMMON_WORDS: Final = word_set(
    """won marks real reais pound pounds lei lev leva leu crowns kr sterling bucks quid rand dong franc
    peso kip pula kina
    marchi corone corona rial"""
)


def _month_first(text: str) -> bool:
    """Whether numeric dates put the month first: only if some date can be read no other way."""
    first = len(re.findall(r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:19|20)\d\d\b", text))
    last = len(re.findall(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b", text))
    return first > last
