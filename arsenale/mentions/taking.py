"""What one number gives another: its kind, unit and scale, or the sum that it converts."""

# ruff: noqa: PLR2004 (its bounds are lengths of print)

from bisect import bisect_left
from decimal import Decimal
from typing import Final

from arsenale.mentions.model import MONEY, PERCENT
from arsenale.mentions.passage import LIST_GAP, Draft, Passage
from arsenale.mentions.vocabulary import cues

_ONE: Final = Decimal(1)


def sharable(draft: Draft, other: Draft) -> bool:
    """Whether a number can take the scale of another: "5.9, 2.3 and 2.8 billion"."""
    printed, limit = draft.printed, other.printed
    return (
        printed is not None
        and limit is not None
        and other.scale != _ONE
        and (abs(printed) < 1000 or abs(limit) >= 1000)
        and abs(printed) <= max(abs(limit) * 50, Decimal(999) if other.scale < 1_000_000 else Decimal(0))
    )


def scale(draft: Draft, factor: Decimal) -> None:
    """Multiplies a draft by the scale that it shares."""
    draft.scale = factor
    for name in ("low", "high"):
        value = getattr(draft, name)
        if isinstance(value, Decimal):
            setattr(draft, name, value * factor)


def take(draft: Draft, other: Draft) -> None:
    """Gives an open draft the kind, unit and scale of another."""
    draft.kind, draft.unit, draft.open, draft.counted = other.kind, other.unit, False, other.counted
    if draft.scale == _ONE and sharable(draft, other):
        scale(draft, other.scale)


def converting(p: Passage, draft: Draft) -> bool:
    """Whether a sum stands in brackets, where it converts the one before: "(about $9.1bn)"."""
    at = draft.first - 1
    while draft.first - at <= LIST_GAP and (p.words[at].roles & _ASIDE_WORDS or p.low[at] in _SAID_AGAIN):
        if p.low[at] in _SAID_AGAIN and p.text[at - 1] == ",":
            return True
        at -= 1
    return p.text[at] in _ASIDE


_ASIDE_WORDS: Final = frozenset({"hedges.approximate", "hedges.minimum", "hedges.maximum", "hedges.between"})
#: Before a sum in another currency that only converts the one before.
_ASIDE: Final = frozenset("([≈~")
_SAID_AGAIN: Final = cues("said_again")


def converted_by(p: Passage, draft: Draft) -> Draft | None:
    """The sum or share that one in brackets right after it, or after "or", gives in another currency."""
    if draft.kind != MONEY or not converting(p, draft):
        return None
    at = bisect_left(p.drafts, draft.first, key=lambda one: one.first)
    main = p.drafts[at - 1] if at else None
    close = main is not None and main.kind in (MONEY, PERCENT) and draft.first - main.last <= LIST_GAP
    return main if main is not None and close and main.unit != draft.unit else None
