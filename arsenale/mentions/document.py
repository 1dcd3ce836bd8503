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
from functools import cache
from typing import Final

from arsenale.mentions.declared import currency_of, dollar_of, settled
from arsenale.mentions.grid import parted
from arsenale.mentions.language import language_of
from arsenale.mentions.vocabulary import Vocabulary, currencies, languages, listed, vocabulary

_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKED: Final = re.compile(r"(?<![\d.,/])\d+(?:[.,]\d+)+(?![\d/]|[.,]\d)")
#: A longer run of digits is no figure that anyone printed.
_LONGEST: Final = 40
_GROUP = 3
#: What may be a time of day in a language that writes decimals with the other mark: "22.50".
_CLOCK: Final = re.compile(r"(?:[01]?\d|2[0-4])[.,][0-5]\d")
_BILLION = Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
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
    """

    vocabulary: Vocabulary
    decimal_mark: str = "."
    currency: str | None = None
    dollar: str = "USD"
    counts: Counter[str] = field(default_factory=Counter)
    spoken: Counter[str] = field(default_factory=Counter)
    month_first: bool = False

    def within(self, code: str, text: str) -> "Settings":
        """The settings for a part of the document that is in another language: its words and its marks."""
        if code == self.vocabulary.code:
            return self
        words = vocabulary(code)
        return replace(self, vocabulary=words, decimal_mark=_decimal_mark(text, words))

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
        return settled(name, near, self.counts)


def _grouped(groups: list[str]) -> bool:
    """Whether the groups are thousands (3-3-3) or Indian ones (2-2-3)."""
    first, rest = groups[0], groups[1:]
    if not rest:
        return True
    if not 1 <= len(first) <= _GROUP or len(rest[-1]) != _GROUP:
        return False
    return all(len(g) == _GROUP for g in rest) or (len(first) <= 2 and all(len(g) == 2 for g in rest[:-1]))


def settings_of(text: str, language: str | None = None, decimal_mark: str | None = None) -> Settings:
    """Reads the settings of a document off its opening part; language and mark may be known already."""
    words = vocabulary(language or language_of(text))
    counts = Counter(_WORD.findall(text.lower()))
    dollar = dollar_of(text, counts, words)
    return Settings(
        words,
        decimal_mark or _decimal_mark(parted(text) or text, words),
        currency_of(text, counts, words, dollar),
        dollar,
        counts,
        _spoken(counts, words),
        _month_first(text),
    )


def _spoken(counts: Counter[str], words: Vocabulary) -> Counter[str]:
    """How often a text names things of each unit."""
    spoken = Counter[str]()
    for word, times in counts.items():
        unit = words[word].unit
        if unit is not None:
            spoken[unit] += times
    return spoken


@cache
def notes_headings() -> frozenset[str]:
    """Headings that open a list of references, in every language."""
    return frozenset(h for c in languages() for h in listed(vocabulary(c).raw["places"]["notes_headings"]))


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


def _month_first(text: str) -> bool:
    """Whether numeric dates put the month first: only if some date can be read no other way."""
    first = len(re.findall(r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:19|20)\d\d\b", text))
    last = len(re.findall(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b", text))
    return first > last
