"""Every number of every document, and what became of it: the build's own account, taken from the seeds.

A number is captured where a figure or event shares a character with it, dismissed where a row of
`dismissed.csv` does or where it is no figure by its kind, and unaccounted for otherwise. The model
`int_mentions_accounted` says the same in SQL, and the build stops on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from arsenale.documents.inventory import InventoryRow, captured_inventory
from arsenale.documents.registry import read_or_raise, read_registry
from arsenale.settings import Settings

NO_FIGURES = frozenset({"designation", "reference", "other_number"})
"""Kinds that need no row: the kind is the reason. SQL has them in `macros/kinds_without_a_row.sql`."""

CAPTURED, DISMISSED, UNACCOUNTED = "captured", "dismissed", "unaccounted"

Span = tuple[int, int, str]
"""First character, the one behind the last, and a reason, which is empty for what is captured."""


@dataclass(frozen=True)
class Account:
    """What became of one number.

    Attributes:
        mention: The number.
        outcome: `captured`, `dismissed` or `unaccounted`.
        reason: Why it was dismissed; empty otherwise.
    """

    mention: InventoryRow
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class Coverage:
    """The account of one document.

    Attributes:
        document_id: The document.
        mentions: How many numbers it holds.
        captured: How many are figures or events.
        dismissed: How many were dismissed, by reason.
        unaccounted: The others.
    """

    document_id: str
    mentions: int
    captured: int
    dismissed: dict[str, int]
    unaccounted: list[InventoryRow]


def coverage(settings: Settings) -> list[Coverage]:
    """Return the account of every registered document, in the order of the register.

    Raises:
        ArsenaleError: A seed cannot be read.
    """
    found = accounts(settings)
    return [_sum(document_id, found.get(document_id, [])) for document_id in read_registry(settings)]


def accounts(settings: Settings) -> dict[str, list[Account]]:
    """Return what became of each number, by document, in text order."""
    captured = _spans(settings, "figures", "events")
    dismissed = _spans(settings, "dismissed")
    return {
        document_id: account(list(mentions), captured.get(document_id, []), dismissed.get(document_id, []))
        for document_id, mentions in groupby(captured_inventory(settings), key=lambda row: row.document_id)
    }


def account(
    mentions: Iterable[InventoryRow], captured: Sequence[Span], dismissed: Sequence[Span]
) -> list[Account]:
    """Return what became of each number of one document."""
    return [_account(mention, captured, dismissed) for mention in mentions]


def _account(mention: InventoryRow, captured: Sequence[Span], dismissed: Sequence[Span]) -> Account:
    if any(_meet(mention, span) for span in captured):
        return Account(mention, CAPTURED)
    reasons = sorted(span[2] for span in dismissed if _meet(mention, span))
    if reasons:
        return Account(mention, DISMISSED, reasons[0])
    if mention.kind in NO_FIGURES:
        return Account(mention, DISMISSED, mention.kind)
    return Account(mention, UNACCOUNTED)


def _meet(mention: InventoryRow, span: Span) -> bool:
    return mention.char_start < span[1] and span[0] < mention.char_end


def _spans(settings: Settings, *seeds: str) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for seed in seeds:
        for row in read_or_raise(settings, seed).records:
            start, end = row.whole("char_start"), row.whole("char_end")
            if start is not None and end is not None:
                reason = row.cells.get("reason", "")
                found.setdefault(row["document_id"], []).append((start, end, reason))
    return found


def _sum(document_id: str, found: Sequence[Account]) -> Coverage:
    outcomes = Counter(one.outcome for one in found)
    reasons = Counter(one.reason for one in found if one.outcome == DISMISSED)
    return Coverage(
        document_id,
        mentions=len(found),
        captured=outcomes[CAPTURED],
        dismissed=dict(reasons.most_common()),
        unaccounted=[one.mention for one in found if one.outcome == UNACCOUNTED],
    )


def as_json(accounts: Sequence[Coverage]) -> list[Mapping[str, object]]:
    """Return the accounts for a program."""
    return [
        vars(account) | {"unaccounted": [vars(mention) for mention in account.unaccounted]}
        for account in accounts
    ]
