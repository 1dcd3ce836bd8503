"""The inventory of a document's numbers: where every mention stands and of which kind, `seeds/mentions.csv`.

The mention finder writes it, no person does. It carries offsets and kinds into the repository, and no text:
so a build without the documents accounts for the same mentions as one that has them at hand, and a build
that has them finds out at once when finder and inventory no longer agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from arsenale.contracts.problems import Problem
from arsenale.documents.registry import read_or_raise, read_registry
from arsenale.documents.seed_rows import Cells, replace_rows
from arsenale.documents.text import open_text
from arsenale.errors import ArsenaleError
from arsenale.mentions import find
from arsenale.settings import Settings

SEED = "mentions"
MOST_MENTIONS = 20_000
"""A document of more numbers is a table of data, and wants another way in."""

REMEDY = "run `arsenale coverage --rescan`, and account for what is new"


@dataclass(frozen=True, order=True)
class InventoryRow:
    """One mention: where it stands, and its kind."""

    document_id: str
    char_start: int
    char_end: int
    kind: str


def scan_documents(settings: Settings) -> list[InventoryRow]:
    """Find every mention of every registered document, in order.

    Raises:
        ArsenaleError: The documents are not at hand, or one cannot be read.
    """
    if settings.documents is None:
        raise ArsenaleError(
            "the documents are not at hand", remedy="name their folder in ARSENALE_DOCUMENTS and call again"
        )
    return sorted(
        row
        for document in read_registry(settings).values()
        for row in scan_text(document.document_id, open_text(document.path_in(settings.documents)))
    )


def scan_text(document_id: str, text: str) -> list[InventoryRow]:
    """Find every mention of one document, in text order.

    Raises:
        ArsenaleError: It holds more numbers than a document that a person captures.
    """
    # A number is up to three runs of digits (a date); counting those costs nothing beside reading them.
    runs = sum(1 for _ in islice(re.finditer(r"\d+", text), 3 * MOST_MENTIONS + 1))
    found = list(islice(find(text), MOST_MENTIONS + 1)) if runs <= 3 * MOST_MENTIONS else []
    if runs > 3 * MOST_MENTIONS or len(found) > MOST_MENTIONS:
        raise ArsenaleError(
            f"document {document_id}: more than {MOST_MENTIONS:,} numbers",
            remedy="register the pages that matter, or load it as a table of data",
        )
    return [InventoryRow(document_id, mention.start, mention.end, mention.kind) for mention in found]


def as_cells(rows: Iterable[InventoryRow]) -> list[Cells]:
    """Return the mentions as rows of the seed."""
    return [{name: str(value) for name, value in vars(row).items()} for row in rows]


def captured_inventory(settings: Settings) -> list[InventoryRow]:
    """Return the inventory as the seed has it."""
    return sorted(
        InventoryRow(row["document_id"], int(row["char_start"]), int(row["char_end"]), row["kind"])
        for row in read_or_raise(settings, SEED).records
    )


def inventory_differences(settings: Settings) -> tuple[Problem, ...]:
    """Return where a fresh scan and the seed differ; nothing where the documents are not at hand."""
    if settings.documents is None:
        return ()
    return tuple(_differences(set(scan_documents(settings)), set(captured_inventory(settings))))


def _differences(scanned: set[InventoryRow], kept: set[InventoryRow]) -> Iterator[Problem]:
    for row in sorted(scanned - kept):
        yield _problem(row, "a mention that the inventory lacks", "the inventory as the finder sees it")
    for row in sorted(kept - scanned):
        yield _problem(row, "no such mention in the document", "a mention that the finder sees")


def _problem(row: InventoryRow, found: str, expected: str) -> Problem:
    place = f"{row.document_id}@{row.char_start}-{row.char_end} ({row.kind})"
    return Problem(f"{SEED}.csv", 0, place, found, expected, REMEDY)


def write_inventory(settings: Settings) -> int:
    """Scan the documents and replace the seed; returns the number of mentions."""
    rows = scan_documents(settings)
    replace_rows(settings, SEED, as_cells(rows))
    return len(rows)
