"""Numbers joined by marks that make no figure of them: clock times, coordinates, file numbers."""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001, RUF002 (the dashes and quotes of other people's texts are what this reads)

import re
from typing import Final

from arsenale.mentions.extent import pointer_end
from arsenale.mentions.model import OTHER, RATIO, REFERENCE
from arsenale.mentions.passage import DASHES, Draft, Passage
from arsenale.mentions.vocabulary import cues

_CLOCK_AT: Final = cues("clock_at")
_CLOCK_BEFORE: Final = cues("clock_before")
_WEEKDAYS: Final = cues("weekdays")
_PARTITIVES: Final = cues("partitives")

_LONGEST_NAME: Final = 24
_POST_CODE: Final = 5


def slashed(p: Passage, at: int) -> Draft | None:
    """Reads "226/2004", "1968/44", "8:15", "45°12′N": numbers joined by marks that make no figure of them."""
    mark = p.text[at + 1]
    if mark == "|" and p.words[at + 2].digits and p.text[at + 3] != "|" and not p.cells:
        return Draft(at, at + 3, REFERENCE, modality=None)  # "Papers 24|05"
    if not mark or not p.glued(at + 1):
        return None
    if mark == "/" and p.glued(at + 2) and p.words[at + 2].digits:
        top, bottom = p.text[at], p.text[at + 2]
        if (
            top.isdecimal()
            and bottom.isdecimal()
            and 0 < int(top[:9]) < int(bottom[:9]) <= 10
            and p.low[at + 3] in _PARTITIVES
        ):
            return Draft(at, at + 3, RATIO)
        return Draft(at, pointer_end(p, at), REFERENCE, modality=None)
    if mark == "|" and p.glued(at + 2) and p.words[at + 2].digits and p.text[at + 3] != "|":
        return Draft(at, at + 3, REFERENCE, modality=None)  # "Papers 24|05"
    if mark == ":" and p.glued(at + 2) and p.words[at + 2].digits and p.text[at].isdecimal():
        last = at + 3
        while p.text[last] == ":" and p.words[last + 1].digits and p.glued(last):
            last += 2
        return Draft(at, last, OTHER, modality=None)
    return None


def coordinates(p: Passage, at: int) -> Draft | None:
    """Reads "44°12′N 17°58′E", "45.4642° N, 9.1900° E": one mention for the pair."""
    if p.text[at + 1] not in ("°", "º") or not (p.glued(at + 1)):
        return None
    here = at + 2
    point = False
    last = here
    while here < at + _LONGEST_NAME and p.text[here] and p.same_line(here):
        sign = p.text[here]
        if sign in ("N", "S", "E", "W", "O"):
            point, last = True, here + 1
        elif not (p.words[here].digits or sign in "°º′'’″\"”,;"):
            break
        here += 1
    if p.text[at + 2] in "CF" and p.text[at + 2] and p.glued(at + 2):
        return None
    return Draft(at, last, OTHER, modality=None) if point else None


_AHEAD: Final = frozenset("+-−–")
_ZONES: Final = cues("time_zones")


def clock(p: Passage, at: int) -> Draft | None:
    """Reads "1800 hrs", "9.30 a.m.", "ore 15.30", "0900 GMT"."""
    phrases = p.settings.vocabulary.phrases
    after = phrases["clock.after"].after(p.low, at + 1)
    if after and p.near(at + 1) and p.text[at].replace(".", "").isdecimal() and len(p.text[at]) <= _POST_CODE:
        return Draft(at, after, OTHER, modality=None)
    if p.settings.decimal_mark == "," and _TIME.fullmatch(p.text[at]) and _unmeasured(p, at + 1):
        return Draft(at, at + 1, OTHER, modality=None)  # "tra le 22.50 e l'una"
    before = p.low[at - 1]
    if before in _AHEAD and p.glued(at) and p.low[at - 2] in _ZONES:
        return Draft(at, at + 1, OTHER, modality=None)  # "GMT+2"
    if before in _WEEKDAYS and p.text[at + 1] in DASHES and p.glued(at + 1) and p.words[at + 2].digits:
        return Draft(at, at + 3, OTHER, modality=None)  # "Mon-Fri 9-12"
    if (
        before in _CLOCK_BEFORE
        and p.same_line(at)
        and not p.glued(at)
        and len(p.text[at]) <= _POST_CODE
        and p.text[at].replace(".", "").isdecimal()
        and p.words[at - 2].number is None
        and not p.words[at - 2].digits
    ):
        return Draft(at, at + 1, OTHER, modality=None)
    if (
        before in _CLOCK_AT
        and p.text[at].count(".") == 1
        and len(p.text[at].partition(".")[2]) == 2
        and len(p.text[at]) <= _POST_CODE
        and _unmeasured(p, at + 1)
        and p.low[at + 1] not in cues("towards")
    ):
        return Draft(at, at + 1, OTHER, modality=None)
    return None


_TIME: Final = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")


def _unmeasured(p: Passage, at: int) -> bool:
    """Whether nothing follows that would make an amount of digits."""
    word = p.words[at]
    return not (
        p.near(at)
        and (
            word.scale is not None
            or word.unit is not None
            or word.currency is not None
            or p.text[at] in "%€$£"
        )
    ) and p.text[at] not in ("€", "$", "£", "%")
