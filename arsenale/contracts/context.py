"""The seeds as the rules look at them: rows by their id, words by their role."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from arsenale.contracts.seed_files import Record, SeedFile


def place_id(record: Record) -> str:
    """Return the id of a figure or event, `<document_id>@<char_start>`."""
    return f"{record['document_id']}@{record['char_start']}"


@dataclass(frozen=True)
class Context:
    """What a rule may look at. A rule is asked only when every seed that it needs could be read.

    Attributes:
        files: The seeds, by name.
        today: The day of the check.
    """

    files: Mapping[str, SeedFile]
    today: datetime.date

    def __getitem__(self, seed: str) -> SeedFile:
        """Return a seed."""
        return self.files[seed]

    @cached_property
    def documents(self) -> dict[str, Record]:
        """Documents by their id."""
        return {row["document_id"]: row for row in self["documents"].records}

    @cached_property
    def months(self) -> dict[str, int]:
        """Number of each month by its name in lower case."""
        return {word: int(number) for word, number in self.words("month").items() if number.isdecimal()}

    def words(self, *roles: str) -> dict[str, str]:
        """Return the meaning of each word of the roles, by the word in lower case."""
        return {row["word"].lower(): row["meaning"] for row in self["words"].records if row["role"] in roles}

    def units(self, kind: str = "") -> set[str]:
        """Return the units of a kind, or all."""
        return {row["unit"] for row in self["units"].records if kind in ("", row["kind"])}
