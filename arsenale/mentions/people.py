"""Bare numbers that tell of people: how many they are, how old, how they vote."""

from decimal import Decimal
from typing import Final

from arsenale.mentions.clauses import age_limit, is_age, noun_follows, of_people
from arsenale.mentions.model import QUANTITY
from arsenale.mentions.place import Place, Verdict
from arsenale.mentions.ranges import set_against, votes_surely

_HUNDRED: Final = 100
_ONE: Final = Decimal(1)


def people(place: Place) -> Verdict:
    """Reads "34 killed", "recruited 3,210": what happens to people only."""
    if not of_people(place.p, place.draft):
        return None
    place.draft.counted = True
    return QUANTITY, "person"


def limit_of_age(place: Place) -> Verdict:
    """Reads "children under 12", "gli under 35": people on one side of an age."""
    return (QUANTITY, "year") if age_limit(place.p, place.draft) else None


def said_age(place: Place) -> Verdict:
    """Reads "Their average age was 24", "età media 31", "he will be sixty"."""
    p, draft = place.p, place.draft
    low = draft.low
    if not (isinstance(low, Decimal) and 1 < low < _HUNDRED and draft.scale == _ONE) or noun_follows(
        p, draft.last
    ):
        return None
    near = p.words[draft.first - 3 : draft.first]
    retired = p.settings.vocabulary.phrases["people.aged_at"].before(p.low, draft.first - 1) >= 0
    if retired or any("people.age" in w.roles for w in near):
        return QUANTITY, "year"
    lives = (
        any("people.pronoun" in w.roles for w in near) and "people.lives" in p.words[draft.first - 1].roles
    )
    return (QUANTITY, "year") if lives and place.whole else None


def age(place: Place) -> Verdict:
    """Reads "Gen. Marek Wolski, 57, said": a number in commas after a person."""
    return (QUANTITY, "year") if is_age(place.p, place.draft) else None


def vote(place: Place) -> Verdict:
    """Reads a number of votes that is set against another."""
    p, draft = place.p, place.draft
    against = place.previous is not None and place.previous.unit == "vote"
    if against and set_against(p, draft.first, draft.last):
        return QUANTITY, "vote"  # "lost by nine votes to eight"
    return None


def votes(place: Place) -> Verdict:
    """Reads what are surely votes, and who was present or voted with others."""
    draft = place.draft
    previous = place.previous
    acted = previous is not None and previous.unit in _ACTORS and place.together
    if acted and previous is not None and "links.voting" in place.p.words[draft.last].roles:
        return QUANTITY, previous.unit  # "six countries opposed the text, four abstained"
    if any("people.present" in place.p.words[draft.first - k].roles for k in (1, 2)):
        return QUANTITY, "person"  # "presenti 38, votanti 36"
    counted = draft.scale == _ONE and place.whole and votes_surely(place.p, draft.first, draft.last)
    return (QUANTITY, "vote") if counted else None


_ACTORS: Final = frozenset({"country", "company", "party"})
