"""What is registered, what of it is at hand, and how much of it is captured."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from arsenale.documents.places import PAGE_BREAK
from arsenale.documents.registry import Document, read_or_raise, read_registry
from arsenale.documents.text import digest, open_text
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings

COUNTED = ("mentions", "figures", "events", "dismissed")
"""Seeds whose rows are counted by document."""

BY_HAND = {"dismissed": "dismissed by hand"}
"""`arsenale coverage` counts what is no figure by its kind as dismissed too: this seed has no row of that."""


def called(seed: str) -> str:
    """Return what the rows of a seed are called where a person reads their number."""
    return BY_HAND.get(seed, seed)


@dataclass(frozen=True)
class Overview:
    """A document at a glance.

    Attributes:
        cells: Its row of `documents.csv`, by column.
        text: `at hand`, `not at hand`, `missing` or `changed`.
        pages: Number of pages of the text at hand; None where it keeps none.
        rows: Rows of each seed of `COUNTED` that stand in it.
    """

    cells: dict[str, str]
    text: str
    pages: int | None
    rows: dict[str, int]


def overview(settings: Settings) -> list[Overview]:
    """Return every registered document, in the order of the register.

    Raises:
        ArsenaleError: A seed cannot be read.
    """
    counts = {
        name: Counter(row["document_id"] for row in read_or_raise(settings, name).records) for name in COUNTED
    }
    registry = read_registry(settings)
    found = []
    for row in read_or_raise(settings, "documents").records:
        document = registry[row["document_id"]]
        state, pages = _state(document, settings.documents)
        rows = {name: counts[name][document.document_id] for name in COUNTED}
        found.append(Overview(row.cells, state, pages, rows))
    return found


def _state(document: Document, folder: Path | None) -> tuple[str, int | None]:
    if folder is None:
        return "not at hand", None
    try:
        text = open_text(document.path_in(folder))
    except ArsenaleError:
        return "missing", None
    pages = text.count(PAGE_BREAK) + 1 if PAGE_BREAK in text else None
    return ("at hand" if digest(text) == document.sha256 else "changed"), pages
