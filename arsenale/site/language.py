"""What a page says in the reader's language: texts from a catalogue, numbers and dates as people write them.

A catalogue is `messages/<code>.toml`; a dotted key is a path in it. Names that the warehouse holds in English
(countries, services, definitions) have their Italian in `messages/names_it.toml`, its notes in
`messages/phrases_it.toml`; what is not there keeps the warehouse's name or words.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

MESSAGES = Path(__file__).parent / "messages"

CODES = ("en", "it")
"""The first is the language of whoever's browser asks for another one."""

MARKS = {"en": (",", "."), "it": (".", ",")}
"""What groups thousands, and what separates decimals."""

CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
SCALES = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
SHARES = ("percent", "percent_of_gdp", "percent_change")
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
GAP = "\N{NO-BREAK SPACE}"


class Language:
    """One language, and what was asked of it.

    Attributes:
        code: ISO 639-1.
        used: The keys that were asked for.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.used: set[str] = set()
        self._messages = catalogue(code)
        self._names = names(code)
        self._phrases = phrases(code)

    def say(self, key: str, **values: object) -> Markup:
        """Return a text with its values put in; what is no markup is escaped."""
        self.used.add(key)
        return Markup(escape(self._messages[key])).format(**values)  # noqa: S704 - escaped here

    def knows(self, key: str) -> bool:
        """Return whether there is such a text."""
        return key in self._messages

    def term(self, kind: str, value: str | None) -> str:
        """Return what a value of a controlled list is called; one that nobody named yet, as it is written."""
        if not value:
            return ""
        key = f"term.{kind}.{value}"
        if key not in self._messages:
            return value.replace("_", " ")
        self.used.add(key)
        return self._messages[key]

    def name(self, kind: str, identity: str | None, name: str | None) -> str:
        """Return the name of something that the warehouse names in English."""
        return self._names.get(f"{kind}.{identity}") or name or ""

    def has_name(self, kind: str, identity: str) -> bool:
        """Return whether it has a name of its own in this language."""
        return f"{kind}.{identity}" in self._names

    def phrase(self, text: str | None) -> str:
        """Return a note of the warehouse in this language; in English where it has no other."""
        return self._phrases.get(text, text) if text else ""

    def note(self, text: str | None) -> Markup:
        """Return a note as a part of a page: one that stays English says so, for those who hear it read."""
        if not text or self.code == "en" or text in self._phrases:
            return Markup(escape(self.phrase(text)))  # noqa: S704 - escaped
        return Markup('<span lang="en">{}</span>').format(text)

    def number(self, value: Decimal | int | float | None, decimals: int | None = None) -> str:
        """Return a number as it is written here; without `decimals`, with as many as it has."""
        if value is None:
            return ""
        # The shortest text of a float is what was meant; a query may return one, the warehouse holds none.
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if decimals is not None:
            exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
        text = f"{abs(exact):,f}"
        if decimals is None and "." in text:
            text = text.rstrip("0").rstrip(".")
        group, point = MARKS[self.code]
        text = text.translate({ord(","): group, ord("."): point})
        return f"{MINUS}{text}" if exact < 0 else text

    def in_words(self, count: int) -> str:
        """Return a small number as running text has it."""
        words = self.say("number.words").split()
        return words[count] if count < len(words) else self.number(count)

    def scaled(self, value: Decimal, digits: int | None = None) -> str:
        """Return a large number with its scale as a word: 35.5 billion; `digits` decimals at most."""
        for scale, word in SCALES:
            # Italian counts what English calls trillions in thousands of billions.
            if abs(value) >= scale and not (word == "trillion" and self.code == "it"):
                shown = value / scale
                if digits is not None:
                    shown = round(shown, digits)
                return f"{self.number(shown)}{GAP}{self.say(f'scale.{word}')}"
        return self.number(value if digits is None else round(value, digits))

    def money(self, value: Decimal | None, currency: str, digits: int | None = None) -> str:
        """Return an amount with its currency: €35.5 bn, 35,5 mld €."""
        if value is None:
            return ""
        sign = CURRENCY_SIGNS.get(currency, currency)
        text = self.scaled(abs(value), digits)
        minus = MINUS if value < 0 else ""
        if self.code == "it" or sign == currency:
            of = f"di{GAP}" if self.code == "it" and not text[-1].isdigit() else ""
            return f"{minus}{text}{GAP}{of}{sign}"
        return f"{minus}{sign}{text}"

    def quantity(  # noqa: PLR0911 - a way of writing for each kind of unit
        self, value: Decimal | int | None, unit: str | None, digits: int | None = None
    ) -> str:
        """Return a value with its unit."""
        if value is None:
            return ""
        exact = Decimal(value)
        if unit in SHARES:
            return f"{self.number(exact if digits is None else round(exact, digits))}%"
        if unit and len(unit) == 3 and unit.isupper():  # noqa: PLR2004 - ISO 4217
            return self.money(exact, unit, digits)
        if unit == "rank":
            return str(self.say("number.rank", n=self.number(exact)))
        if unit == "ratio":
            return str(self.say("number.ratio", n=self.number(exact)))
        key = f"count.{unit}"
        if unit is None or not self.knows(key):
            return self.number(exact)
        singular, plural = self.say(key).split("|")
        return f"{self.number(exact)}{GAP}{singular if exact == 1 else plural}"

    def between(
        self, low: Decimal | None, high: Decimal | None, unit: str | None, digits: int | None = None
    ) -> str:
        """Return an interval; an open end is told in words."""
        if low is None and high is None:
            return ""
        if low is None:
            return str(self.say("number.at_most", x=self.quantity(high, unit, digits)))
        if high is None:
            return str(self.say("number.at_least", x=self.quantity(low, unit, digits)))
        if low == high:
            return self.quantity(low, unit, digits)
        ends = self.quantity(low, unit, digits), self.quantity(high, unit, digits)
        return ends[0] if ends[0] == ends[1] else str(self.say("number.between", a=ends[0], b=ends[1]))

    def date(self, day: datetime.date) -> str:
        """Return a day in words."""
        return f"{day.day}{GAP}{self._month(day)}{GAP}{day.year}"

    def dated(self, day: datetime.date | None, precision: str | None) -> str:
        """Return a date as precisely as it is known."""
        if day is None:
            return ""
        if precision == "day":
            return self.date(day)
        return f"{self._month(day)}{GAP}{day.year}" if precision == "month" else str(day.year)

    def period(  # noqa: PLR0911 - a way of writing for each kind of period
        self, first: datetime.date | None, last: datetime.date | None
    ) -> str:
        """Return a period; empty where it is open at both ends."""
        if first and last:
            if first == last:
                return self.date(first)
            whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
            if whole_years:
                return str(first.year) if first.year == last.year else f"{first.year}{EN_DASH}{last.year}"
            next_day = last + datetime.timedelta(days=1)
            if first.day == 1 and next_day.day == 1:
                ends = f"{self._month(last)}{GAP}{last.year}"
                if (first.year, first.month) == (last.year, last.month):
                    return ends
                return f"{self._month(first)}{GAP}{first.year} {EN_DASH} {ends}"
            return f"{self.date(first)} {EN_DASH} {self.date(last)}"
        if first:
            return str(
                self.say(
                    "period.from", d=first.year if (first.month, first.day) == (1, 1) else self.date(first)
                )
            )
        if last:
            return str(
                self.say(
                    "period.until", d=last.year if (last.month, last.day) == (12, 31) else self.date(last)
                )
            )
        return ""

    def _month(self, day: datetime.date) -> str:
        return self.say("date.months").split()[day.month - 1]


@cache
def catalogue(code: str) -> Mapping[str, str]:
    """Return the texts of a language, by dotted key."""
    return dict(_flat(tomllib.loads((MESSAGES / f"{code}.toml").read_text(encoding="utf-8"))))


@cache
def names(code: str) -> Mapping[str, str]:
    """Return the names of things in a language, where they differ from the warehouse's."""
    path = MESSAGES / f"names_{code}.toml"
    return dict(_flat(tomllib.loads(path.read_text(encoding="utf-8")))) if path.exists() else {}


@cache
def phrases(code: str) -> Mapping[str, str]:
    """Return notes of the warehouse in a language, by their English words."""
    path = MESSAGES / f"phrases_{code}.toml"
    if not path.exists():
        return {}
    kinds: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {english: other for kind in kinds.values() for english, other in kind.items()}


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
