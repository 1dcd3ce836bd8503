"""Nouns of more than one meaning: "unità", carriers at sea and on land, boats that dive."""

# ruff: noqa: PLR0911 (a rule gives up at the first condition that fails)

from decimal import Decimal
from typing import Final

from arsenale.mentions.clauses import PEOPLE, kit, noun_follows, same_sentence
from arsenale.mentions.passage import FAR, LIST_GAP, PAD, REACH, Draft, Passage
from arsenale.mentions.vocabulary import cues

_NAVAL: Final = cues("naval")


def meant(p: Passage, draft: Draft, counted: str | None) -> str | None:
    """The unit of a quantity, once the words around have told which its noun means here.

    Args:
        p: The passage.
        draft: A quantity whose unit its noun or its context gave.
        counted: What the text counted last.
    """
    if draft.unit == "unit":
        return _meant_by_units(p, draft, counted)
    if draft.unit == "person" and _members_of_a_body(p, draft):
        return "country"
    if draft.unit in ("vehicle", "aircraft"):
        return _either(p, draft, draft.unit, "ship")
    if draft.unit == "ship":
        return _either(p, draft, draft.unit, "submarine")
    return draft.unit


def _members_of_a_body(p: Passage, draft: Draft) -> bool:
    """Whether the members that are counted are states: "the 31 European members of NATO"."""
    noun = _noun(p, draft, _MEMBERS)
    around = range(max(PAD, noun - REACH), min(p.size, noun + LIST_GAP)) if noun else ()
    return any(
        p.low[k] in _BODIES and p.capital(k) and same_sentence(p, min(k, noun), max(k, noun)) for k in around
    )


_MEMBERS: Final = cues("members")
_BODIES: Final = cues("bodies_of_states")


#: What a noun may count, too.
_NOUNS: Final = {"ship": cues("also_ships"), "submarine": cues("also_submarines")}


#: What boats are that do not dive: "fast attack boats", "patrol boats".
_SURFACE: Final = cues("surface_boats")


def _either(p: Passage, draft: Draft, one: str, other: str) -> str:
    """Which of two meanings a noun has: that of its model, its paragraph's head, most of the nouns around."""
    noun = _noun(p, draft, _NOUNS[other])
    if not noun or (other == "submarine" and p.low[noun - 1] in _SURFACE):
        return one
    model = next((unit for k in range(min(draft.last, noun), noun + LIST_GAP) if (unit := kit(p, k))), None)
    if model in (one, other):
        return model  # "600 BTR-80 carriers", "one U212 boat"
    if p.memory.topic == (other, p.memory.paragraphs):
        return other
    first, last = max(PAD, noun - FAR), min(p.size, noun + FAR)
    begins = max((k for k in range(first, noun) if p.ends_sentence(k)), default=first)
    ends = min((k for k in range(noun, last) if p.ends_sentence(k)), default=last)
    for around in (range(begins, ends), range(first, last)):
        balance = sum(_speaks_of(p, k, one, other) for k in around if p.low[k] not in _NOUNS[other])
        if balance:
            return other if balance > 0 else one
    return one


def _noun(p: Passage, draft: Draft, nouns: frozenset[str]) -> int:
    """The noun of a quantity, in its span, after it or, if nothing follows, before; 0 if none of these."""
    adjacent = p.words[draft.last - 1].unit is not None
    ahead = range(draft.first, draft.last + (0 if adjacent else LIST_GAP))
    noun = next((k for k in ahead if p.low[k] in nouns), 0)
    if noun or adjacent or noun_follows(p, draft.last):
        return noun
    return next((k for k in range(draft.first - 1, draft.first - REACH, -1) if p.low[k] in nouns), 0)


def _speaks_of(p: Passage, at: int, one: str, other: str) -> int:
    """1 for a word that speaks of the other meaning, -1 for one that speaks of the first, 0 for the rest."""
    unit = p.words[at].unit or kit(p, at)
    if unit == other or (other == "ship" and (unit == "submarine" or p.low[at] in _NAVAL)):
        return 1
    return -1 if unit == one else 0


def _meant_by_units(p: Passage, draft: Draft, counted: str | None) -> str:
    """What "unità" counts: ships beside a word of the sea, people if they are many, else what came before."""
    after = p.low[draft.last]
    if "ordinal_roles.at_sea" in p.words[draft.last].roles and p.near(draft.last):
        return "ship"
    ahead = range(draft.last, draft.last + LIST_GAP)
    if after == "di" or any(p.words[k].unit == "person" and same_sentence(p, draft.last, k) for k in ahead):
        return "person"
    for k in range(draft.first - 1, max(PAD, draft.first - REACH), -1):  # the nearest clue
        if p.low[k] in PEOPLE or p.words[k].unit == "person":
            return "person"
        if p.words[k].unit in _CRAFT:
            return str(p.words[k].unit)
    many = isinstance(draft.low, Decimal) and draft.low >= _MANY and p.low[draft.last - 1] not in _COPIES
    if many and p.settings.vocabulary.glued_numerals:
        return "person"
    if counted in _CRAFT:
        return counted
    naval = sum(p.settings.counts[w] for w in _NAVAL)
    return "ship" if naval else "unit"


_COPIES: Final = cues("copies")
_MANY: Final = 500
_CRAFT: Final = frozenset({"ship", "submarine", "aircraft", "helicopter", "vehicle", "drone", "system"})
