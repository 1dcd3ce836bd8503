"""What a bare number says: decided by its sentence, then by what the text counted last."""

from collections.abc import Callable
from typing import Final

from arsenale.mentions.changes import (
    again,
    answer,
    changed_from,
    framed,
    it_was,
    lasting,
    prolonged,
    running_total,
)
from arsenale.mentions.counted import (
    beside,
    bought,
    former_or_latter,
    last_counted,
    more,
    of_calibre,
    recalled,
    taken_up,
)
from arsenale.mentions.parts import aside, part, ranked_among, rate, share, stated_share
from arsenale.mentions.passage import Draft
from arsenale.mentions.people import age, limit_of_age, people, said_age, vote, votes
from arsenale.mentions.place import Place, Verdict
from arsenale.mentions.subjects import apposed, asked_for, named, opening, score, statistic, subject
from arsenale.mentions.taking import take


def settle_one(place: Place) -> None:
    """Settles one open draft by the first rule that knows what it is."""
    draft = place.draft
    draft.open = False
    for rule in _RULES:
        verdict = rule(place)
        if isinstance(verdict, Draft):
            draft.open = True
            take(draft, verdict)
            return
        if verdict is not None:
            draft.kind, draft.unit = verdict
            return


#: In order of precedence: what the words beside the number say, then its sentence, then the text before.
_RULES: Final[tuple[Callable[[Place], Verdict], ...]] = (
    former_or_latter, changed_from, people, of_calibre, running_total, prolonged, recalled,
    ranked_among, more, limit_of_age, part, aside, stated_share, taken_up, vote, said_age,
    score, again, rate, votes, share, age, apposed, asked_for, opening, lasting, it_was,
    subject, bought, framed, answer, statistic, named, beside, last_counted,
)  # fmt: skip
