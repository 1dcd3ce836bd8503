"""The declared vocabularies: TOML files in `data/`, compiled into one record per word.

A word is analysed once, when it is first met; afterwards it is a dictionary hit. Nothing here names a
language: a language is a data file with the sections of `data/en.toml`.
"""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypeAlias

#: The units of text: a number with its marks, a vulgar fraction, a run of letters, white space, any other
#: character.
#: Each alternative consumes what it looks at, so that the time is linear whatever the text.
TOKEN: Final = re.compile(
    r"\d+(?:[.,]\d+|['’\u2009\u00a0\u202f]\d{3}(?!\d))*|[½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘]|[^\W\d_½¼¾⅓⅔⅛⅜⅝⅞⅕⅖⅗⅘]+|\s+|.",
    re.DOTALL,
)

VULGAR_FRACTIONS: Final = {
    "½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8),
    "⅞": (7, 8), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
}  # fmt: skip

#: How tens and hundreds end where an apostrophe follows: "vent'anni", "centocinquant'anni".
_CUT: Final = ("ent", "ant")
_ELIDED: Final = frozenset({"elided"})

#: Distinct words kept. Text made of noise must not fill the memory.
_REMEMBERED = 100_000


def words_of(phrase: str) -> tuple[str, ...]:
    """Splits a phrase as the text is split, without the spaces."""
    return tuple(t for t in TOKEN.findall(phrase.lower()) if not t.isspace())


def listed(text: str) -> list[str]:
    """The entries of a comma-separated list of the data files."""
    return [" ".join(entry.split()) for entry in text.split(",") if entry.strip()]


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: how longer lists of marks and names are written in the code."""
    return frozenset(text.split())


class Phrases:
    """A set of phrases of one or more tokens, found by their first token or, backwards, by their last."""

    __slots__ = ("_by_first", "_by_last", "first", "last")

    def __init__(self, phrases: Iterable[str]) -> None:
        known = {words_of(phrase) for phrase in phrases if phrase}
        self._by_first = _by_end(known, 0)
        self._by_last = _by_end(known, -1)
        self.first = frozenset(self._by_first)
        self.last = frozenset(self._by_last)

    def after(self, low: list[str], at: int) -> int:
        """Index after the longest phrase that begins at `at`; 0 if none does."""
        if low[at] in self._by_first:
            for size, phrases in self._by_first[low[at]]:
                if size == 1 or tuple(low[at : at + size]) in phrases:
                    return at + size
        return 0

    def before(self, low: list[str], at: int) -> int:
        """Index of the first token of the longest phrase that ends at `at`; -1 if none does."""
        if low[at] in self._by_last:
            for size, phrases in self._by_last[low[at]]:
                if size == 1 or tuple(low[at - size + 1 : at + 1]) in phrases:
                    return at - size + 1
        return -1


#: Phrases of one size, the longest size first.
_Sized: TypeAlias = list[tuple[int, frozenset[tuple[str, ...]]]]


def _by_end(phrases: set[tuple[str, ...]], end: int) -> dict[str, _Sized]:
    """Phrases by their first or last token, then by their size."""
    out: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for phrase in phrases:
        out.setdefault(phrase[end], {}).setdefault(len(phrase), set()).add(phrase)
    return {
        token: [(size, frozenset(sized[size])) for size in sorted(sized, reverse=True)]
        for token, sized in out.items()
    }


@dataclass(slots=True)
class Word:
    """All that the vocabulary says about one word.

    Attributes:
        number: Value of a number word up to 999,999 ("thirty", "duecentomila").
        scale: Factor of a scale word ("million").
        ordinal: Place of an ordinal word.
        denominator: Denominator of a fraction word ("thirds" is 3).
        multiple: Factor of a word such as "doubled".
        collective: Value of a noun such as "dozen".
        decade: First year of a decade named by a word.
        month: 1 to 12.
        period: How many of these periods make a year ("quarter" is 4).
        unit: Canonical unit that the noun counts.
        plural: Whether the noun can follow a number above one.
        currency: ISO code, or a name ending in "?" that the page must settle.
        roles: Everything else, as names of the lists that hold the word.
        trigger: Whether a number can start here.
    """

    number: int | None = None
    scale: Decimal | None = None
    ordinal: int | None = None
    denominator: int | None = None
    multiple: Decimal | None = None
    collective: tuple[int, bool, bool] | None = None
    decade: int | None = None
    month: int | None = None
    period: int | None = None
    unit: str | None = None
    plural: bool = False
    currency: str | None = None
    roles: frozenset[str] = frozenset()
    trigger: bool = False
    digits: bool = False


NOTHING: Final = Word()
DIGITS: Final = Word(trigger=True, digits=True)
FRACTION_SIGN: Final = Word(trigger=True, roles=frozenset({"vulgar"}))


@dataclass(slots=True, eq=False)
class Vocabulary(dict[str, Word]):
    """One language: a dictionary from lower-case word to `Word` that analyses new words as it meets them."""

    code: str
    raw: dict[str, Any]
    decimal_mark: str
    head_last: bool
    default_currency: str
    english_plurals: bool
    glued_numerals: bool
    known: dict[str, Word] = field(default_factory=dict)
    common: frozenset[str] = frozenset()
    commonest: tuple[str, ...] = ()
    units: Phrases = field(default_factory=lambda: Phrases(()))
    phrase_units: dict[tuple[str, ...], str] = field(default_factory=dict)
    measures: Phrases = field(default_factory=lambda: Phrases(()))
    currencies: Phrases = field(default_factory=lambda: Phrases(()))
    phrase_currencies: dict[tuple[str, ...], str] = field(default_factory=dict)
    hedges: dict[str, Phrases] = field(default_factory=dict)
    hedges_before: tuple[Phrases, ...] = ()
    phrases: dict[str, Phrases] = field(default_factory=dict)
    short_any: dict[str, Decimal] = field(default_factory=dict)
    short_glued: dict[str, Decimal] = field(default_factory=dict)
    short_money: dict[str, Decimal] = field(default_factory=dict)
    subunits: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    verbal: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    ordinal_endings: tuple[str, ...] = ()
    multiplying: frozenset[str] = frozenset()

    def __missing__(self, word: str) -> Word:
        """Analyses a word that was not met before."""
        if word[:1].isdecimal():
            return DIGITS
        if word in VULGAR_FRACTIONS:
            return FRACTION_SIGN
        entry = self.known.get(word) or self._derived(word)
        if entry.decade is not None and entry.number is None and self.glued_numerals:
            # "duemila" names a decade and is a numeral like any other.
            entry.number, entry.trigger = self.glued_value(word), True
        if len(self) < _REMEMBERED:
            self[word] = entry
        return entry

    def _derived(self, word: str) -> Word:
        """A word of no list: a glued numeral, or nothing."""
        if self.glued_numerals and word.endswith(_CUT):
            values = (self.glued_value(word + vowel) for vowel in "aio")
            value = next((v for v in values if v is not None), None)
            return NOTHING if value is None else Word(number=value, trigger=True, roles=_ELIDED)
        if self.glued_numerals and len(word) > 5:
            value = self.glued_value(word)
            if value is not None:
                return Word(number=value, trigger=True)
            place = self._place(word)
            if place is not None:
                return Word(ordinal=place, trigger=True)
        return NOTHING

    def _place(self, word: str) -> int | None:
        """Place of an ordinal made of a glued numeral: "cinquantottesima" is 58."""
        stem = next((word.removesuffix(e) for e in self.ordinal_endings if word.endswith(e)), "")
        if not stem:
            return None
        values = (self.glued_value(stem + vowel) for vowel in ("", "o", "a", "i", "e"))
        return next((v for v in values if v is not None and v > 10), None)

    def glued_value(self, word: str) -> int | None:
        """Value of a numeral written as one word: "duemilatrecento" is 2300.

        A numeral is [below 1000 +] the thousand word + [below 1000]; those below 1000 are listed when
        loading.
        """
        for mark, alone in (("mila", False), ("mille", True)):
            head, found, tail = word.partition(mark)
            if not found:
                continue
            left = 1 if alone and not head else self._below_thousand(head)
            right = 0 if not tail else self._below_thousand(tail)
            if left and right is not None:
                return left * 1000 + right
        return self._below_thousand(word)

    def _below_thousand(self, word: str) -> int | None:
        entry = self.known.get(word)
        return entry.number if entry is not None else None


def _glued_below_thousand(units: dict[str, int]) -> dict[str, int]:
    """Every numeral below 1000 of a language that glues them, with its elisions.

    "venti" + "otto" loses the i (ventotto), "cento" + "otto" may lose the o, and a final "tre" may bear an
    accent.
    """
    by_value: dict[int, str] = {}
    for text, value in units.items():
        by_value.setdefault(value, text)  # of the forms of one the first is the one that is glued
    out = dict(units)
    for ten in range(20, 100, 10):
        stem = by_value[ten]
        for one in range(1, 10):
            tail = by_value[one]
            body = (stem[:-1] if tail[0] in "aeiou" else stem) + tail
            out[body] = ten + one
            if one == 1:
                out[body[:-1]] = ten + one
            if body.endswith("tre"):
                out[body[:-1] + "é"] = ten + one
    small = dict(out)
    for hundreds in range(1, 10):
        stem = by_value[100] if hundreds == 1 else by_value[hundreds] + by_value[100]
        out[stem] = hundreds * 100
        for body, value in small.items():
            if 0 < value < 100:
                out[stem + body] = hundreds * 100 + value
                if body[0] in "o":
                    out[stem[:-1] + body] = hundreds * 100 + value
    return out


def _english_plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh", "o")):
        return noun + "es"
    return noun + "s"


def singular(noun: str) -> str:
    """Singular of a regular English plural, to name a unit that no list holds."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _singulars(nouns: list[str]) -> set[str]:
    """The nouns of a list that stands in both numbers whose plural stands there, too: "nave, navi"."""
    known = set(nouns)
    return {
        noun
        for noun in known
        if any(noun[:-1] + vowel in known for vowel in _PLURAL_VOWELS.get(noun[-1], ""))
    }


#: How the last vowel of a noun changes in the plural.
_PLURAL_VOWELS: Final = {"o": "i", "a": "ei", "e": "i"}


class _Builder:
    """Fills the word table of one language from its data file."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.words: dict[str, Word] = {}
        self.roles: dict[str, set[str]] = {}

    def word(self, text: str) -> Word:
        return self.words.setdefault(text, Word())

    def numbers(self, *, glued: bool) -> None:
        values = dict(self.raw["numbers"])
        for text, value in (_glued_below_thousand(values) if glued else values).items():
            if text != "hundred":
                self.word(text).number = value
        for text, factor in self.raw["scales"].items():
            self.word(text).scale = Decimal(factor)
        for text, c in self.raw["collectives"].items():
            self.word(text).collective = (c["value"], c.get("vague", False), c.get("exact", False))
        for section, attribute in (
            ("denominators", "denominator"),
            ("months", "month"),
            ("periods", "period"),
            ("decades", "decade"),
        ):
            for text, value in self.raw[section].items():
                setattr(self.word(text), attribute, value)
        for text, factor in self.raw["multiples"].items():
            self.word(text).multiple = Decimal(factor)
        for text, value in self.raw["ordinals"].items():
            vowels = self.raw["endings"]["ordinal_vowels"]
            forms = [text[:-1] + vowel for vowel in vowels] or [text]
            for form in forms:
                self.word(form).ordinal = value
        if "hundred" in values:
            self.role("hundred", ["hundred"])

    def units(self) -> tuple[list[str], dict[tuple[str, ...], str]]:
        phrases: dict[tuple[str, ...], str] = {}
        english = self.raw["plural"] == "english"
        invariant = frozenset(listed(self.raw["endings"]["invariant"]))
        irregular = tuple(listed(self.raw["endings"]["plural"]))
        for unit, text in self.raw["units"].items():
            nouns = listed(text)
            singulars = set() if english else _singulars(nouns)
            for noun in nouns:
                forms = [
                    (
                        noun,
                        noun not in singulars
                        if not english
                        else noun in invariant or noun.endswith(irregular),
                    )
                ]
                if english and noun not in invariant:
                    plurals = {_english_plural(noun), noun + "s" if noun.endswith("o") else ""}  # "ncos"
                    forms.extend((plural, True) for plural in sorted(plurals) if plural)
                for form, plural in forms:
                    parts = words_of(form)
                    if len(parts) > 1:
                        phrases.setdefault(parts, unit)
                    elif self.word(form).unit is None:
                        self.words[form].unit, self.words[form].plural = unit, plural
        return [" ".join(p) for p in phrases], phrases

    def currencies(self) -> tuple[list[str], dict[tuple[str, ...], str]]:
        phrases: dict[tuple[str, ...], str] = {}
        for code, text in self.raw["currencies"].items():
            for name in listed(text):
                parts = words_of(name)
                phrases.setdefault(parts, code)
                if len(parts) == 1:
                    self.word(name).currency = code
        return [" ".join(p) for p in phrases], phrases

    def role(self, name: str, entries: Iterable[str]) -> None:
        for entry in entries:
            parts = words_of(entry)
            if len(parts) == 1:
                self.roles.setdefault(parts[0], set()).add(name)

    def months_of(self, others: Iterable[dict[str, int]]) -> None:
        """Adds the months of other languages by their full names: titles and quotations keep their dates."""
        for months in others:
            for month in range(1, 13):
                name = max((n for n, value in months.items() if value == month), key=len, default="")
                if name and name not in self.words:
                    self.word(name).month = month

    def finish(self) -> dict[str, Word]:
        for text, names in self.roles.items():
            self.word(text).roles = frozenset(names)
        for word in self.words.values():
            word.trigger = (
                word.number is not None
                or word.scale is not None
                or word.ordinal is not None
                or word.multiple is not None
                or word.collective is not None
                or word.denominator is not None
                or (word.decade is not None)
                or bool(word.roles & {"hundred", "once", "twice", "vague"})
            )
        return self.words


def _folders() -> list[Traversable]:
    """Where data files stand: in the package, and in the folder that ARSENALE_LANGUAGES names."""
    more = os.environ.get("ARSENALE_LANGUAGES")
    return [resources.files(__package__) / "data", *([Path(more)] if more else [])]


@cache
def _load(name: str) -> dict[str, Any]:
    for folder in _folders():
        file = folder / f"{name}.toml"
        if file.is_file():
            raw = tomllib.loads(file.read_text(encoding="utf-8"))
            raw = _conjugated(raw, raw.get("conjugations", {}))
            return _completed(raw) if "common" in raw and name != _MODEL else raw
    raise FileNotFoundError(name)


_VERB: Final = re.compile(r"([^\W\d_]+)~([^\W\d_]+)")


def _conjugated(raw: dict[str, Any], endings: dict[str, str]) -> dict[str, Any]:
    """Data with every verb, "pass~are", replaced by its forms: a list grows by them, an entry is repeated."""

    def forms(verb: re.Match[str]) -> str:
        return ", ".join(verb[1] + ending for ending in listed(endings[verb[2]]))

    out: dict[str, Any] = {}
    for key, value in raw.items():
        expanded = _conjugated(value, endings) if isinstance(value, dict) else value
        expanded = _VERB.sub(forms, value) if isinstance(value, str) else expanded
        out |= dict.fromkeys(listed(_VERB.sub(forms, key)), expanded)
    return out


#: The language whose file has every section and every list; another may leave out what it does not need.
_MODEL: Final = "en"
_DEFAULTS: Final = {"head_noun": "first", "plural": "listed", "glued_numerals": False}
#: Sections that map words to values; the others are lists of words.
_TABLES: Final = frozenset(
    {"numbers", "scales", "collectives", "ordinals", "denominators", "multiples", "months", "periods"}
    | {"decades", "units", "currencies", "subunits", "dimensions", "labels"}
)


def _completed(raw: dict[str, Any]) -> dict[str, Any]:
    """A language's data with an empty list or table wherever it has none."""
    full: dict[str, Any] = {"currency_weight": 0, **_DEFAULTS, **raw}
    for section, content in _load(_MODEL).items():
        if isinstance(content, dict):
            empty = {} if section in _TABLES else {name: type(value)() for name, value in content.items()}
            full[section] = {**empty, **raw.get(section, {})}
    return full


@cache
def currencies() -> dict[str, Any]:
    """Codes, symbols and contexts common to all languages."""
    raw = _load("currencies")
    raw["codes"] = frozenset(listed(raw["codes"]))
    raw["after_sign"] = frozenset(sign[1:] for sign in raw["signs"])
    raw["shared"] = {name: tuple(listed(text)) for name, text in raw["shared"].items()}
    raw["former"] = frozenset(listed(raw["former"]))
    raw["dollars"] = {name: code for code, text in raw["dollars"].items() for name in listed(text)}
    raw["contexts"] = {code: frozenset(listed(text)) for code, text in raw["contexts"].items()}
    return raw


@cache
def cues(name: str) -> frozenset[str]:
    """A list of small words, of every language at once: a page in one language quotes names of another."""
    return frozenset(word for code in languages() for word in listed(_load(code)["cues"].get(name, "")))


@cache
def designations() -> dict[str, str]:
    """Lower-case name or prefix of a name -> what it counts."""
    return {name: unit for unit, text in _load("designations")["prefixes"].items() for name in listed(text)}


def kit_named(letters: str, number: str = "") -> str | None:
    """What a designation counts: by letters and number ("m109" is a gun), else by its letters alone."""
    table = designations()
    forms = (letters + number, f"{letters}-{number}", f"{letters} {number}", letters)
    return next((table[form] for form in forms if form in table), None)


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a data file; English first, which is the fall-back."""
    files = (file for folder in _folders() for file in folder.iterdir())
    names = {f.name.removesuffix(".toml") for f in files if f.name.endswith(".toml")}
    return tuple(
        sorted((name for name in names if "common" in _load(name)), key=lambda name: (name != _MODEL, name))
    )


def _units_by_word(table: dict[str, str]) -> dict[str, str]:
    return {word: unit for unit, text in table.items() for word in listed(text)}


@cache
def vocabulary(code: str) -> Vocabulary:
    """The vocabulary of one language, compiled."""
    raw = _load(code)
    builder = _Builder(raw)
    glued = bool(raw["glued_numerals"])
    builder.numbers(glued=glued)
    unit_phrases, phrase_units = builder.units()
    currency_phrases, phrase_currencies = builder.currencies()
    phrases: dict[str, Phrases] = {}
    for section in (
        "links",
        "ordinal_roles",
        "ratio",
        "people",
        "places",
        "names",
        "clock",
        "stop",
        "percent",
        "tables",
    ):
        for name, text in raw[section].items():
            entries = listed(text)
            builder.role(f"{section}.{name}", entries)
            phrases[f"{section}.{name}"] = Phrases(entries)
    for name, text in raw["hedges"].items():
        builder.role(f"hedges.{name}", listed(text))
    builder.role("twice", listed(raw["ratio"]["twice"]))
    builder.role("once", listed(raw["ratio"]["once"]))
    builder.role("vague", listed(raw["ratio"]["vague"]))
    builder.months_of([_load(other)["months"] for other in languages() if other != code])
    known = builder.finish()
    short = raw["short_scales"]
    return Vocabulary(
        code=code,
        raw=raw,
        decimal_mark=raw["decimal_mark"],
        head_last=raw["head_noun"] == "last",
        default_currency=raw["default_currency"],
        english_plurals=raw["plural"] == "english",
        glued_numerals=glued,
        known=known,
        common=frozenset(listed(raw["common"])),
        commonest=tuple(listed(raw["common"])),
        units=Phrases(unit_phrases),
        phrase_units=phrase_units,
        measures=Phrases(
            listed(raw["measures"]["phrases"])
            + [_english_plural(m) for m in listed(raw["measures"]["phrases"])]
        ),
        currencies=Phrases(currency_phrases),
        phrase_currencies=phrase_currencies,
        hedges={name: Phrases(listed(text)) for name, text in raw["hedges"].items()},
        hedges_before=tuple(
            Phrases(listed(raw["hedges"][name])) for name in ("approximate", "minimum", "maximum")
        ),
        phrases=phrases,
        short_any={k: Decimal(v) for k, v in short["any"].items()},
        short_glued={k: Decimal(v) for k, v in short["glued"].items()},
        short_money={k: Decimal(v) for k, v in short["money"].items()},
        subunits=raw["subunits"],
        dimensions=_units_by_word(raw["dimensions"]),
        labels=_units_by_word(raw["labels"]),
        verbal=tuple(listed(raw["endings"]["verbal"])),
        multiplying=phrases["ratio.times"].first | phrases["ratio.fold"].first | {"x"},
        ordinal_endings=tuple(listed(raw["endings"]["ordinal"])),
        demonyms=tuple(listed(raw["endings"]["demonyms"])),
    )
