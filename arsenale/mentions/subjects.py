"""What the words around a bare number name as counted: a subject, the noun of a clause, what is asked for.

Or that they make no figure of it, as of a score.
"""

from typing import Final

from arsenale.mentions.clauses import (
    COPULAS,
    DETERMINERS,
    TIMES,
    changing,
    clause_noun,
    noun_follows,
    scored,
    strength,
    subject_of,
    thing_before,
)
from arsenale.mentions.dates import is_year
from arsenale.mentions.model import MONEY, QUANTITY
from arsenale.mentions.passage import FAR, LIST_GAP, PAD, Passage
from arsenale.mentions.place import NONE, Place, Verdict
from arsenale.mentions.ranges import TRANSPARENT
from arsenale.mentions.vocabulary import cues


def subject(place: Place) -> Verdict:
    """Reads "I contratti superiori a 100 milioni di euro sono stati nove": a copula counts its subject."""
    p, draft = place.p, place.draft
    copula = draft.first - 1
    while p.words[copula].roles & TRANSPARENT and p.near(copula + 1):
        copula -= 1
    if not place.whole or p.low[copula] not in COPULAS or noun_follows(p, draft.last):
        return None
    unit = subject_of(p, copula)
    place.draft.counted = unit is not None and unit not in TIMES
    return None if unit is None else (QUANTITY, unit)


def apposed(place: Place) -> Verdict:
    """Reads "I paesi destinatari, 83, si dividono": a number in commas right after what it counts."""
    p, draft = place.p, place.draft
    comma = draft.first - 1
    while p.words[comma].roles & TRANSPARENT and p.near(comma + 1):
        comma -= 1
    after = draft.last
    if p.low[after] in _IN_YEAR and is_year(p.text[after + 1]):
        after += 2  # "le reclute, 9.700 nel 2024, sono"
    closed = p.text[after] == "," or "links.per" in p.words[draft.last].roles
    if p.text[comma] != "," or not closed or not place.whole:
        return None
    if comma < draft.first - 1 or p.text[after] != ",":
        unit = subject_of(p, comma)
        return None if unit is None else (QUANTITY, unit)
    for k in (draft.first - 2, draft.first - 3):
        if p.words[k].unit is not None and p.words[k].plural and p.near(k + 1):
            return QUANTITY, p.words[k].unit
        if not p.text[k].isalpha() or "stop.words" in p.words[k].roles:
            break
    plural = p.low[draft.first - 3] in DETERMINERS
    return (QUANTITY, None) if plural else None


_IN_YEAR: Final = cues("list_prepositions")


def named(place: Place) -> Verdict:
    """Takes the noun of its clause, the service it is the strength of, or what grows or falls."""
    p, draft = place.p, place.draft
    unit = clause_noun(p, draft) or strength(p, draft)
    if unit is None and not noun_follows(p, draft.last):
        unit = changing(p, draft) or thing_before(p, draft)
    # A crew is counted beside its ship; what comes next is more likely about the ship.
    draft.counted = unit is not None and unit != "person"
    return None if unit is None else (QUANTITY, unit)


def asked_for(place: Place) -> Verdict:
    """Reads "How many drones has Latvia sent? - 12,000 this year": the answer counts what was asked for."""
    p, draft = place.p, place.draft
    if noun_follows(p, draft.last):
        return None
    since = max((other.last for other in place.before if other.kind in (QUANTITY, MONEY)), default=PAD)
    for k in range(draft.first - 1, max(since, draft.first - FAR), -1):
        if "links.how_many" in p.words[k].roles:
            asked = range(k + 1, k + LIST_GAP + 1)  # "how many old tanks", "quanti siano i medici"
            units = [p.words[n].unit for n in asked if p.words[n].unit is not None and p.words[n].plural]
            return (QUANTITY, units[0]) if units else None
    return None


def opening(place: Place) -> Verdict:
    """Reads "And the new launchers? - Twenty-one, yes": an answer counts first what was asked about."""
    p, draft = place.p, place.draft
    nearest = max(PAD, draft.first - FAR)
    asked = next((k for k in range(draft.first - 1, nearest, -1) if p.text[k] == "?"), 0)
    if not asked or noun_follows(p, draft.last) or any(d.first > asked for d in place.before):
        return None
    between = next((k for k in range(draft.first - 1, asked, -1) if _plural(p, k)), 0)
    if between:
        opens = not p.near(draft.first) or p.ends_sentence(draft.first - 1)
        return (QUANTITY, p.words[between].unit) if opens else None
    for k in range(asked - 1, nearest, -1):
        if p.ends_sentence(k):
            return None
        if _plural(p, k):
            return QUANTITY, p.words[k].unit
    return None


def _plural(p: Passage, at: int) -> bool:
    """Whether a plural noun stands at a token that a number can count."""
    word = p.words[at]
    return word.unit is not None and word.plural and word.unit not in TIMES and not word.trigger


def score(place: Place) -> Verdict:
    """Passes over scores, statistics, charts, speeds and codes, of which none is a figure."""
    p, draft = place.p, place.draft
    if p.text[draft.first - 1] == "=" and len(p.text[draft.first - 2]) == 1:
        sample = p.low[draft.first - 2] == "n" and place.whole
        return (QUANTITY, "person") if sample else NONE  # "(n = 62)", "(r = 0.81)"
    if (
        "links.top" in p.words[draft.first - 1].roles
        and draft.low in _CHARTS
        and not noun_follows(p, draft.last)
    ):
        return NONE  # "among the world's top 100"
    if "stop.speeds" in p.words[draft.last].roles and p.near(draft.last):
        return NONE  # "1.8 Mach"
    return NONE if scored(place.p, place.draft) or _zero_led(place.p.text[place.draft.first]) else None


#: How many places a ranking is told by.
_CHARTS: Final = frozenset({10, 20, 25, 50, 100, 500})


def _zero_led(printed: str) -> bool:
    """Whether digits begin with a zero, as clock times and codes do and counts never: "0630"."""
    return len(printed) > 1 and printed[0] == "0" and printed.isdecimal()


def statistic(place: Place) -> Verdict:
    """Passes over a number with decimals where no quantity stands before it."""
    unmeasured = place.previous is None or place.previous.kind != QUANTITY
    return NONE if not place.whole and unmeasured else None
