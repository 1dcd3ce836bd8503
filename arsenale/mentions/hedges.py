"""How firmly a number is stated.

The hedge before it ("about", "up to", "entro il") or after it ("or more").
"""

# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from typing import Final

from arsenale.mentions.model import APPROXIMATE, DATE, EXACT, MAXIMUM, MINIMUM
from arsenale.mentions.passage import HYPHENS, Draft, Passage
from arsenale.mentions.vocabulary import cues

_BEFORE: Final = ((APPROXIMATE, "approximate"), (MINIMUM, "minimum"), (MAXIMUM, "maximum"))
_AFTER: Final = ((APPROXIMATE, "after_approximate"), (MINIMUM, "after_minimum"), (MAXIMUM, "after_maximum"))
_SIGNS: Final = {
    "~": APPROXIMATE,
    "≈": APPROXIMATE,
    "∼": APPROXIMATE,
    ">": MINIMUM,
    "≥": MINIMUM,
    "<": MAXIMUM,
    "≤": MAXIMUM,
}
#: Hedges that only say something about a time: "by 2030", but not "rose by 3 per cent".
_TEMPORAL: Final = cues("temporal")
_REACH: Final = 6


def hedge(p: Passage, draft: Draft) -> str:
    """Modality of a draft by the words around it; approximate beats minimum and maximum."""
    found = EXACT
    at = draft.first - 1
    for _ in range(_REACH):
        low = p.low[at]
        if low in _SIGNS:
            return _SIGNS[low]
        if low == ":" or (low in HYPHENS and p.glued(at) and p.glued(at + 1)):
            at -= 1  # "mid-2016", "maximum: 420"
            continue
        step = _ending_at(p, at, draft)
        if step is None:
            if "hedges.between" in p.words[at].roles and p.near(at + 1):
                at -= 1
                continue
            break
        modality, at = step
        if modality == APPROXIMATE:
            return APPROXIMATE
        if found == EXACT:
            found = modality
        at -= 1
    if found != EXACT:
        return found
    return _after(p, draft)


def _ending_at(p: Passage, at: int, draft: Draft) -> tuple[str, int] | None:
    """The longest hedge whose last word stands at a token, with the index of its first."""
    if not p.near(at + 1):
        return None
    best: tuple[str, int] | None = None
    for modality, name in _BEFORE:
        phrases = p.settings.vocabulary.hedges[name]
        if p.low[at] not in phrases.last:
            continue
        first = phrases.before(p.low, at)
        if first < 0 or (draft.kind != DATE and p.low[first] in _TEMPORAL and first == at):
            continue
        if best is None or first < best[1]:
            best = (modality, first)
    return best


def _after(p: Passage, draft: Draft) -> str:
    at = draft.last
    if p.low[at] == "+" and p.glued(at) and not p.words[at + 1].digits:
        return MINIMUM
    if p.low[at] == "(":
        at += 1
    if p.near(at):
        for modality, name in _AFTER:
            if p.settings.vocabulary.hedges[name].after(p.low, at):
                return modality
    return EXACT
