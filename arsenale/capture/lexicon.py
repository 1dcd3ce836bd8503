"""The seeds' own words, looked for in a text, and what the words of a sentence suggest.

`words.csv` is what SQL reads a figure with. A hedge, scale or unit is proposed only as that file has it:
another one would be refused by the build.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from arsenale.documents.registry import read_or_raise
from arsenale.settings import Settings

_CUES = Path(__file__).with_name("data") / "cues.toml"
OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Found:
    """A word as printed, and where."""

    printed: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.printed)


@dataclass(frozen=True)
class Lexicon:
    """What the seeds know.

    Attributes:
        words: By role, the meanings of each word in lower case.
        units: Kind of each unit.
        measures: Family and unit of each measure.
        ids: The ids of `definitions` and `services`, by the name of their seed.
        parties: Id by each name and alias of a party, in lower case.
    """

    words: Mapping[str, Mapping[str, str]]
    units: Mapping[str, str]
    measures: Mapping[str, tuple[str, str]]
    ids: Mapping[str, frozenset[str]]
    parties: Mapping[str, str]

    @classmethod
    def of(cls, settings: Settings) -> Lexicon:
        """Read the seeds.

        Raises:
            ArsenaleError: One cannot be read.
        """

        def rows(seed: str) -> Iterable[Mapping[str, str]]:
            return [row.cells for row in read_or_raise(settings, seed).records]

        words: dict[str, dict[str, str]] = {}
        for row in rows("words"):
            words.setdefault(row["role"], {})[row["word"].lower()] = row["meaning"]
        parties = {row["name"].lower(): row["party_id"] for row in rows("parties")}
        parties |= {row["alias"].lower(): row["party_id"] for row in rows("party_aliases")}
        known = frozenset(parties.values())
        for party_id, cues in _cues()["party"].items():
            if party_id in known:
                parties |= dict.fromkeys(_listed(cues), party_id)
        return cls(
            words=words,
            units={row["unit"]: row["kind"] for row in rows("units")},
            measures={row["measure"]: (row["family"], row["unit"]) for row in rows("measures")},
            ids={
                "definition": frozenset(row["definition_id"] for row in rows("definitions")),
                "service": frozenset(row["service_id"] for row in rows("services")),
                "party": known,
            },
            parties=parties,
        )

    def meaning(self, role: str, *meanings: str) -> list[str]:
        """Return the words of a role that have one of the meanings."""
        return [word for word, meaning in self.words.get(role, {}).items() if meaning in meanings]

    def unit_of(self, noun: str) -> str:
        """Return the unit that a counted noun, in the singular, is of; empty where the seeds know none."""
        if noun in self.units:
            return noun
        nouns = self.words.get("unit", {})
        return nouns.get(noun) or nouns.get(f"{noun}s") or ""

    def cued(self, topic: str, sentence: str) -> str:
        """Return the first id of a topic whose cues stand in a sentence, or what stands for none."""
        return self._first(_cues()[topic], sentence, self.ids.get(topic))

    def measure(self, unit: str, sentence: str) -> str:
        """Return the measure that a figure of a unit is probably of; empty where there is none."""
        kind = "money" if self.units.get(unit) == "money" else unit
        guesses = _cues()["measure"].get(kind, {})
        guessed = self._first(guesses, sentence, self.measures.keys())
        return guessed or next((name for name, (_, of) in self.measures.items() if of == kind), "")

    @staticmethod
    def _first(cues: Mapping[str, str], sentence: str, known: Iterable[str] | None) -> str:
        allowed = None if known is None else frozenset(known)
        for name, words in cues.items():
            if name == OTHERWISE:
                return words if allowed is None or words in allowed else ""
            if (allowed is None or name in allowed) and any_of(_listed(words)).search(sentence.lower()):
                return name
        return ""


@cache
def _cues() -> dict[str, Any]:
    return tomllib.loads(_CUES.read_text(encoding="utf-8"))


@cache
def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(","))


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of the words in lower case, whole, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_whole(word) for word in longest_first) or r"(?!)")


def _whole(word: str) -> str:
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"


def find_all(text: str, words: Iterable[str], start: int, end: int) -> list[Found]:
    """Return where words stand between two offsets, as printed, in text order."""
    pattern = any_of(tuple(words))
    lowered = _lowered(text[start:end])
    return [
        Found(text[start + match.start() : start + match.end()], start + match.start())
        for match in pattern.finditer(lowered)
    ]


def _lowered(text: str) -> str:
    """Return text in lower case, character by character: İ alone becomes two, and offsets would shift."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def nearest(words: Iterable[Found], start: int, end: int) -> Found | None:
    """Return what stands nearest to a span without touching it; behind it, where two are as near."""
    apart = [word for word in words if word.end <= start or word.start >= end]
    return min(
        apart,
        key=lambda word: (word.start - end, 0) if word.start >= end else (start - word.end, 1),
        default=None,
    )
