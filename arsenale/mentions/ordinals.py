"""Ordinals: ranks ("ranked 17th", "second-largest"), named bodies ("8° reggimento").

And mere counting ("third time").
"""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions.dates import named_period
from arsenale.mentions.model import DESIGNATION, OTHER, RANK, REFERENCE
from arsenale.mentions.passage import HYPHENS, Draft, Passage
from arsenale.mentions.vocabulary import cues

_ORDINAL_ENDINGS: Final = cues("ordinal_endings")
_ORDINAL_POINTERS: Final = cues("ordinal_pointers")
_RANKED_BEFORE: Final = cues("ranked_before")

_SUFFIXES: Final = cues("ordinal_suffixes") | cues("ordinal_endings") | {"º", "ª", "°"}
_REACH: Final = 6


def ordinal(p: Passage, at: int) -> Draft | None:
    """An ordinal in digits or words, or None if the token is none."""
    word = p.words[at]
    if word.digits:
        suffix = p.low[at + 1]
        if suffix == "-" and p.low[at + 2] in _ORDINAL_ENDINGS:
            return _classify(p, at, at + 3, int(p.text[at])) if p.text[at].isdecimal() else None
        if (
            suffix not in _SUFFIXES
            or not p.glued(at + 1)
            or not p.text[at].isdecimal()
            or len(p.text[at]) > 4
        ):
            return None
        if suffix in ("o", "a") and (not p.settings.vocabulary.glued_numerals or p.capital(at + 1)):
            return None
        return _classify(p, at, at + 2, int(p.text[at]))
    if word.ordinal is not None:
        return _classify(p, at, at + 1, word.ordinal)
    tens = word.number
    if (
        tens is not None
        and tens >= 20
        and tens % 10 == 0
        and p.low[at + 1] in HYPHENS
        and p.words[at + 2].ordinal is not None
        and p.glued(at + 1)
    ):
        return _classify(p, at, at + 3, tens + (p.words[at + 2].ordinal or 0))
    return None


def _classify(p: Passage, first: int, last: int, value: int) -> Draft | None:
    vocab = p.settings.vocabulary
    after = last
    hyphen = p.low[last] in HYPHENS and p.glued(last) and p.glued(last + 1)
    if hyphen:
        after = last + 1
    word, low = p.words[after], p.low[after]
    near = p.near(after)
    if near and not hyphen:
        period = named_period(p, first, value, after)
        if period is not None:
            return period
    roles = word.roles
    if _names_again(p, first, last):
        return Draft(first, last, DESIGNATION, modality=None)
    if near and "ordinal_roles.superlative" in roles:
        return _rank(first, after + 1, value)
    if hyphen:
        return Draft(first, last, OTHER, Decimal(value), Decimal(value))
    digits = p.words[first].digits
    named = p.capital(after) and p.text[after].isalpha() and not p.ends_sentence(last)
    if (
        near
        and "ordinal_roles.bodies" in roles
        and (digits or p.capital(first) or p.capital(after))
        and not (vocab.glued_numerals and not digits and low == "paese")
    ):
        return Draft(first, last, DESIGNATION, modality=None)
    if near and roles & _COUNTED:
        return Draft(first, last, OTHER, Decimal(value), Decimal(value))
    if near and "places.pointers" in roles and low in _ORDINAL_POINTERS:
        return Draft(first, last, REFERENCE, modality=None)
    if (
        near
        and named
        and ((p.capital(first) and not p.text[first].isupper()) or digits)
        and "stop.words" not in roles
        and word.month is None
        and not _ranked(p, first)
    ):
        return Draft(first, last, DESIGNATION, modality=None)
    if near and "ordinal_roles.rank_nouns" in roles:
        return _rank(first, last, value)
    noun = near and (word.unit is not None or "ordinal_roles.bodies" in roles)
    adverb = value == 1 and vocab.glued_numerals and not p.words[last].roles and p.text[last] in _ENDS
    ranked = _ranked(p, first) and not noun and not adverb
    if ranked or (near and _first_somewhere(p, first, last)):
        return _rank(first, last, value)
    return _closing(p, first, last, value)


_ENDS: Final = frozenset("?!.,;")
_COUNTED: Final = frozenset({"ordinal_roles.centuries", "ordinal_roles.time_words"})
_BODIES: Final = frozenset({"brigade", "battalion", "division", "squadron", "regiment"})
_JOINING: Final = cues("joining_bodies") | {",", "’", "'"}
_OPENING: Final = frozenset('“«"')


def _names_again(p: Passage, first: int, last: int) -> bool:
    """Whether an ordinal in digits names a body though no noun says so.

    The 45th “Flying Daggers”; "la 5ª Commissione ha approvato, la 1ª non ancora".
    """
    if not p.words[first].digits:
        return False
    if p.text[last] in _OPENING and p.capital(last + 1):
        return True
    other = last  # "the 1st and the 4th Battalions"
    while p.low[other] in _JOINING and p.near(other) and other < last + 3:
        other += 1
    if (
        other > last
        and p.words[other].digits
        and p.low[other + 1] in _SUFFIXES
        and (
            "ordinal_roles.bodies" in p.words[other + 2].roles
            or p.words[other + 2].unit in _BODIES
            or (p.low[other + 2].endswith("s") and p.capital(other + 2))
        )
    ):
        return True
    for before in reversed(p.drafts[-3:]):
        if before.kind == DESIGNATION and before.last == before.first + 2:
            return p.low[before.last - 1] == p.low[last - 1] and p.low[first - 1] in _ARTICLE
    return False


_ARTICLE: Final = cues("body_articles") | {"’", "'"}


def _first_somewhere(p: Passage, first: int, last: int) -> bool:
    """Reads "26° al mondo e primo in Africa", "first in Asia for spending": first in a place, by a measure.

    Another rank in the sentence, or the measure after the place, says that it is no mere beginning.
    """
    place = last
    while p.low[place] in _AT_PLACES or p.elided(place - 1):
        place += 1
    end = place
    while p.near(end) and end < place + _SHORT and p.text[end].isalpha() and p.capital(end):
        end += 1
    if place in (last, end) or p.words[place].month is not None or _picked(p, first):
        return False
    ranked = any(d.kind == RANK and _one_sentence(p, d.last, first) for d in p.drafts[-_SHORT:])
    return ranked or p.low[end] in _MEASURED_BY


_AT_PLACES: Final = cues("at_places")
_MEASURED_BY: Final = cues("measured_by")
_SHORT: Final = 4


def _closing(p: Passage, first: int, last: int, value: int) -> Draft:
    """An ordinal that no noun follows: a place, unless it only picks one of those just named.

    "Germany, only seventh in 2020", "28th of 32", "la quinta d'Europa"; but "the second, in Wales".
    """
    counted = Draft(first, last, OTHER, Decimal(value), Decimal(value))
    after, near = p.low[last], p.near(last)
    if near and (p.words[last].digits or p.words[last].trigger):
        return counted  # "the first 60 are due"
    if p.text[first - 1] == "(" and p.text[last] in (")", ";"):
        return _rank(first, last, value)  # "Francia (prima; era ottava)"
    among = after in _AMONG and p.words[last + 1].digits and p.near(last + 1)
    if value > 1 and ((after == "d" and p.capital(last + 2)) or among):
        return _rank(first, last, value)  # "la quinta d'Europa", "diciottesimi su 31"
    if near and after.isalpha() and after not in _IN and "stop.words" not in p.words[last].roles:
        return counted  # a noun that it counts
    if near and _named_in_place(p, first, last):
        return _rank(first, last, value)
    if near and after in _PICKING and after not in _IN and "links.of" not in p.words[last].roles:
        return counted  # "secondo la relazione"
    if "links.of" in p.words[last].roles and p.words[last + 1].trigger:
        return counted  # "the second of six"
    if _picked(p, first):
        again = any(d.kind == RANK and _one_sentence(p, d.last, first) for d in p.drafts[-4:])
        return _rank(first, last, value) if again else counted
    listed = p.capital(first) and after in (",", ":")  # "Third, debt": it counts an argument
    dated = after in _BY and (p.words[last + 1].digits or p.words[last + 1].month is not None)
    return _rank(first, last, value) if value > 1 and not listed and not dated else counted


def _named_in_place(p: Passage, first: int, last: int) -> bool:
    """Reads "Il primo è l'Indonesia, il secondo la Francia": who holds a place is named by a proper name."""
    if p.low[first - 1] not in _PICKING:
        return False
    copula = "ordinal_roles.rank_verbs" in p.words[last].roles
    name = last + copula
    while p.near(name) and name < last + _REACH // 2 and (p.low[name] in _PICKING or p.elided(name - 1)):
        name += 1
    named = p.near(name) and p.capital(name) and p.text[name].isalpha() and not p.text[name].isupper()
    return named and (copula or name > last)


def _one_sentence(p: Passage, first: int, last: int) -> bool:
    return not any(p.ends_sentence(k) or not p.near(k + 1) for k in range(first, last))


def _picked(p: Passage, first: int) -> bool:
    """Whether an article picks one of several: "the second", "per la quarta"; but "is the sixth"."""
    article = first - 1 if p.text[first - 1] not in _APOSTROPHES else first - 2
    if p.low[article] not in _PICKING or not p.near(first):
        return False
    return not any("ordinal_roles.rank_verbs" in p.words[article - k].roles for k in (1, 2, 3))


_APOSTROPHES: Final = frozenset("'’")
_PICKING: Final = cues("picking")
_IN: Final = cues("after_rank")
_BY: Final = cues("due_by")
_AMONG: Final = cues("rank_among")


def _rank(first: int, last: int, value: int) -> Draft:
    return Draft(first, last, RANK, Decimal(value), Decimal(value))


def _ranked(p: Passage, first: int) -> bool:
    """Whether a verb of ranking governs the ordinal: "ranked 17th", "era dodicesimo", "up from 19th"."""
    for back in range(1, _REACH):
        at = first - back
        if p.ends_sentence(at) or not p.near(at + 1):
            return False
        if "ordinal_roles.rank_verbs" in p.words[at].roles:
            if back == 1 or p.low[at] in _STRONG or p.low[first - 1] in _RANKED_BEFORE:
                return True
            break
    if (
        p.drafts
        and p.drafts[-1].kind == RANK
        and p.capital(first - 1)
        and first - p.drafts[-1].last < 12
        and not p.low[first + 1].isalpha()
    ):
        return True  # "third after France and Germany, Spain fifth"
    ranked = any(d.kind == RANK and first - d.last < _REACH * 2 for d in p.drafts[-2:])
    return ranked and p.low[first - 1] in _AGAINST


_AGAINST: Final = cues("against")
_STRONG: Final = cues("strong_ranking")
