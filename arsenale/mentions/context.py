"""What a bare number says: decided by its sentence, then by what the text counted last."""

# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from typing import Final

from arsenale.mentions.document import Counted
from arsenale.mentions.model import (
    DATE,
    MONEY,
    OTHER,
    PERCENT,
    QUANTITY,
)
from arsenale.mentions.passage import PAD, Draft, Passage
from arsenale.mentions.ranges import TRANSPARENT, set_against, votes_surely
from arsenale.mentions.vocabulary import cues, word_set

_FAR: Final = 40
_LIST_GAP: Final = 4
_REACH: Final = 14
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


#: Measures, and those who offer what is counted: a later bare number counts something else.
TIMES: Final = word_set(
    """bidder nautical_mile knot minute point day km metre week hour month time tonne year"""
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bare number stands.

    Attributes:
        p: The passage.
        draft: The number.
        previous: The last amount before it; None if there is none.
        before: The last few drafts before it, dates and all, in text order.
        counted: What a bare number of its size most likely counts here.
    """

    p: Passage
    draft: Draft
    previous: Draft | None
    before: list[Draft]
    counted: str | None

    @property
    def together(self) -> bool:
        """Whether the last amount stands in the same sentence."""
        return self.previous is not None and same_sentence(self.p, self.previous.last, self.draft.first)

    @property
    def whole(self) -> bool:
        """Whether the number is a whole one."""
        low = self.draft.low
        return isinstance(low, Decimal) and low == low.to_integral_value()


#: What settles a bare number; None leaves it to the next rule.
Verdict = tuple[str, str | None] | Draft | None
_NONE: Final = (OTHER, None)


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


def _people(place: Place) -> Verdict:
    return (QUANTITY, "person") if _of_people(place.p, place.draft) else None


def _part(place: Place) -> Verdict:
    previous = place.previous
    if previous is None or previous.kind != QUANTITY:
        return None
    if _part_of(place.p, previous, place.draft) or _detailed(place.p, previous, place.draft):
        place.draft.counted = previous.counted
        return QUANTITY, previous.unit
    return None


def _taken_up(place: Place) -> Verdict:
    """Reads "entro quaranta giorni. Ne sono passati 33", "quindici minuti ... ne avrà cinque"."""
    p, draft = place.p, place.draft
    if not any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3)):
        return None
    for other in reversed(place.before):
        if other.kind == MONEY and same_sentence(p, other.last, draft.first):
            return other
        if other.kind == QUANTITY and other.unit is not None and not _noun_follows(p, draft.last):
            return QUANTITY, other.unit
    return None


def _vote(place: Place) -> Verdict:
    p, draft = place.p, place.draft
    against = place.previous is not None and place.previous.unit == "vote"
    if against and set_against(p, draft.first, draft.last):
        return QUANTITY, "vote"  # "lost by nine votes to eight"
    return None


def _score(place: Place) -> Verdict:
    return _NONE if scored(place.p, place.draft) or _zero_led(place.p.text[place.draft.first]) else None


def _limit_of_age(place: Place) -> Verdict:
    return (QUANTITY, "year") if _age_limit(place.p, place.draft) else None


def _again(place: Place) -> Verdict:
    p, draft, previous = place.p, place.draft, place.previous
    if previous is None:
        return None
    if _compared(p, previous, draft) or _partitive(p, previous, draft):
        return previous
    if place.together and _compared_with(p, draft):
        return previous
    return None


def _rate(place: Place) -> Verdict:
    previous = place.previous
    if previous is None or previous.kind != MONEY or not _rated(place.p, previous, place.draft):
        return None
    return MONEY, previous.unit


def _votes(place: Place) -> Verdict:
    draft = place.draft
    counted = draft.scale == _ONE and place.whole and votes_surely(place.p, draft.first, draft.last)
    return (QUANTITY, "vote") if counted else None


def _share(place: Place) -> Verdict:
    previous = place.previous
    if previous is None or previous.kind != PERCENT or not _shares_again(place.p, place.draft, previous):
        return None
    return PERCENT, previous.unit


def _apposed(place: Place) -> Verdict:
    """Reads "I paesi destinatari, 83, si dividono": a number in commas right after what it counts."""
    p, draft = place.p, place.draft
    if p.text[draft.first - 1] != "," or p.text[draft.last] != ",":
        return None
    for k in (draft.first - 2, draft.first - 3):
        if p.words[k].unit is not None and p.words[k].plural and p.near(k + 1):
            return QUANTITY, p.words[k].unit
        if not p.text[k].isalpha() or "stop.words" in p.words[k].roles:
            break
    plural = p.low[draft.first - 3] in _DETERMINERS
    return (QUANTITY, None) if plural else None


def _framed(place: Place) -> Verdict:
    for other in reversed(place.before):
        if other.kind != DATE and _framed_alike(place.p, other, place.draft):
            return other
    return None


def _answer(place: Place) -> Verdict:
    previous = place.previous
    if previous is None or previous.kind == QUANTITY or not (place.together or not place.whole):
        return None
    return previous if not place.whole or _parallel(place.p, place.draft, previous) else None


def _statistic(place: Place) -> Verdict:
    unmeasured = place.previous is None or place.previous.kind != QUANTITY
    return _NONE if not place.whole and unmeasured else None


def _age(place: Place) -> Verdict:
    return (QUANTITY, "year") if _is_age(place.p, place.draft) else None


def _said_age(place: Place) -> Verdict:
    """Reads "Their average age was 24", "età media 31", "he will be sixty"."""
    p, draft = place.p, place.draft
    low = draft.low
    if not (isinstance(low, Decimal) and 1 < low < _HUNDRED and draft.scale == _ONE) or _noun_follows(
        p, draft.last
    ):
        return None
    near = p.words[draft.first - 3 : draft.first]
    if any("people.age" in w.roles for w in near):
        return QUANTITY, "year"
    lives = (
        any("people.pronoun" in w.roles for w in near) and "people.lives" in p.words[draft.first - 1].roles
    )
    return (QUANTITY, "year") if lives and place.whole else None


def _named(place: Place) -> Verdict:
    p, draft = place.p, place.draft
    unit = _clause_noun(p, draft) or _strength(p, draft)
    if unit is None and not _noun_follows(p, draft.last):
        unit = _changing(p, draft) or _thing_before(p, draft)
    # A crew is counted beside its ship; what comes next is more likely about the ship.
    draft.counted = unit is not None and unit != "person"
    return None if unit is None else (QUANTITY, unit)


def _beside(place: Place) -> Verdict:
    p, previous, draft = place.p, place.previous, place.draft
    if previous is None or previous.kind != QUANTITY or not place.together:
        return None
    near = draft.first - previous.last <= _LIST_GAP and (
        previous.unit not in TIMES or _alike(previous, draft)
    )
    return (QUANTITY, previous.unit) if near or _gapped(p, previous, draft) else None


def _last_counted(place: Place) -> Verdict:
    # What a word of no list names is not what was counted before: "the five worst corridors".
    again = "links.again" in place.p.words[place.draft.first - 1].roles
    return QUANTITY, place.counted if again or not _noun_follows(place.p, place.draft.last) else None


#: In order of precedence: what the words beside the number say, then its sentence, then the text before.
_RULES: Final[tuple[Callable[[Place], Verdict], ...]] = (
    _people, _part, _taken_up, _vote, _said_age, _score, _limit_of_age, _again, _rate, _votes, _share, _apposed, _framed, _answer, _statistic, _age,
    _named, _beside, _last_counted,
)  # fmt: skip


def _alike(previous: Draft, draft: Draft) -> bool:
    """Whether two amounts are of one size, within a factor of ten."""
    one, other = previous.high, draft.high
    return (
        isinstance(one, Decimal) and isinstance(other, Decimal) and one > 0 and one / 10 <= other <= one * 10
    )


def _gapped(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "The agency employs 760; the sector, some 90,000": two bare numbers, the second without a verb."""
    bare = p.words[previous.last - 1].unit is None and not _noun_follows(p, previous.last)
    return bare and previous.unit not in TIMES and _closes(p, draft.last) and draft.scale == previous.scale


def _closes(p: Passage, at: int) -> bool:
    """Whether a clause ends here."""
    return not p.near(at) or p.text[at] in ",;.)" or "links.and" in p.words[at].roles


def _compared_with(p: Passage, draft: Draft) -> bool:
    """Reads "22.500 uomini invece di 80.000", "760, up from 640": a number set against the one before."""
    if _noun_follows(p, draft.last):
        return False
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return p.settings.vocabulary.phrases["links.compared"].before(p.low, before) >= 0


#: What was counted that a later bare number may count again; and what one step back in the text weighs
#: against a tenfold difference in size.
_COUNTED: Final = 5
_STEP: Final = 0.15


def remember(draft: Draft, counted: list[Counted], paragraph: int) -> None:
    """Keeps what a draft counts, for the bare numbers of later sentences."""
    if draft.unit is not None and isinstance(draft.high, Decimal) and draft.high > 0:
        counted.append((draft.unit, draft.high, paragraph))
        del counted[:-_COUNTED]


def likeliest(p: Passage, draft: Draft, counted: list[Counted], paragraph: int) -> str | None:
    """What a bare number counts if its sentence does not tell.

    What was counted lately in numbers of its size: "4,212 men built 7 destroyers. Later they were 6,800";
    what was counted last after "the other", "the first".
    """
    again = "links.again" in p.words[draft.first - 1].roles
    if again or not counted or not isinstance(draft.high, Decimal) or draft.high <= 0:
        return counted[-1][0] if counted else None
    size = log10(draft.high)
    costs = [
        (abs(size - log10(value)) + _STEP * (back + 2 * (paragraph - then)), unit)
        for back, (unit, value, then) in enumerate(reversed(counted))
    ]
    return min(costs)[1]


def _of_people(p: Passage, draft: Draft) -> bool:
    """Reads "34 killed", "recruited 3,210", "1,200, of whom": what happens to people only."""
    after = draft.last + (p.text[draft.last] == ",")
    if _parts_people(p, after) or ("people.fate" in p.words[draft.last].roles and p.near(draft.last)):
        return draft.scale == _ONE or p.words[draft.last].currency is None
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return "people.done_to" in p.words[before].roles and p.near(before + 1)


def _parts_people(p: Passage, at: int) -> bool:
    """Whether what follows parts people: "1,120, of whom", "598, tra cui 88 donne"."""
    last = p.settings.vocabulary.phrases["links.of_which"].after(p.low, at)
    if not last or not p.near(at):
        return False
    return "links.of_whom" in p.words[last - 1].roles or (
        p.words[last].trigger and p.words[last + 1].unit == "person" and p.near(last)
    )


def _part_of(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "56 fighters, of which 31 fly", "22 years, seven of them at sea": part of what was counted."""
    if not same_sentence(p, previous.last, draft.first) or draft.first - previous.last > _REACH:
        return False
    parts = p.settings.vocabulary.phrases["links.of_which"]
    before = draft.first - 1
    while p.words[before].roles & TRANSPARENT and p.near(before + 1):
        before -= 1
    return parts.before(p.low, before) >= previous.last or bool(
        parts.after(p.low, draft.last) and p.near(draft.last)
    )


def _zero_led(printed: str) -> bool:
    """Whether digits begin with a zero, as clock times and codes do and counts never: "0630"."""
    return len(printed) > 1 and printed[0] == "0" and printed.isdecimal()


def _shares_again(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Reads "il 60% è contrario, il 28 favorevole", "45 per cent agreed; 38 did not" of a poll.

    An article in the singular before a number above one stands for a share; so does a bare number
    where people have been asked.
    """
    if (
        not isinstance(draft.low, Decimal)
        or draft.low > 100
        or not same_sentence(p, previous.last, draft.first)
    ):
        return False
    if p.low[draft.first - 1] in _SINGULAR and draft.low > 1 and p.words[draft.last].unit in (None, "vote"):
        return True
    asked = range(max(PAD, previous.first - _FAR), draft.first)
    return (
        not _noun_follows(p, draft.last)
        and p.words[draft.first - 1].unit is None
        and any("links.asked" in p.words[k].roles for k in asked)
    )


def _noun_follows(p: Passage, at: int) -> bool:
    word = p.words[at]
    return p.near(at) and p.low[at].isalpha() and "stop.words" not in word.roles and not _ends_as_verb(p, at)


def _ends_as_verb(p: Passage, at: int) -> bool:
    """Whether a word is a participle or an adverb by its ending, so that no number counts it."""
    return p.words[at].unit is None and p.low[at].endswith(p.settings.vocabulary.verbal)


_SINGULAR: Final = cues("singular_articles")


def _detailed(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "64 amendments: nine are inadmissible": what follows the colon counts the same things."""
    return previous.counted and p.text[draft.first - 1] == ":" and previous.last == draft.first - 1


def _compared(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "23 years old, nine more than in 2005", "37 anni, 5 in più della Francia": the same measure."""
    at = draft.last
    than = p.low[at] in ("more", "fewer", "less") and p.low[at + 1] == "than"
    than = than or (p.low[at] == "in" and p.low[at + 1] in ("più", "meno"))
    return (
        than
        and previous.kind == QUANTITY
        and previous.unit in TIMES
        and draft.first - previous.last <= 6
        and same_sentence(p, previous.last, draft.first)
    )


def _partitive(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "servono 300 milioni, ne abbiamo 180": the pronoun takes up the sum before."""
    return (
        previous.kind == MONEY
        and any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3))
        and same_sentence(p, previous.last, draft.first)
    )


def _rated(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "for every 100 rupees I give, twenty go": the share of a sum is a sum."""
    return (
        bool({"links.each", "links.out_of"} & p.words[previous.first - 1].roles)
        and previous.scale == draft.scale
        and same_sentence(p, previous.last, draft.first)
        and ("stop.words" in p.words[draft.last].roles or p.words[draft.last].unit is None)
    )


def _age_limit(p: Passage, draft: Draft) -> bool:
    """Reads "children under 12", "those over 65", "gli under 35": people on one side of an age."""
    before = draft.first - 1
    if "hedges.between" in p.words[before].roles:
        before -= 1
    if not (
        "links.aged" in p.words[before].roles
        and isinstance(draft.low, Decimal)
        and 1 < draft.low <= 99
        and draft.scale == _ONE
    ):
        return False
    if "links.ages" in p.words[before].roles:
        return True
    return any(
        p.words[k].unit == "person" or "links.those" in p.words[k].roles for k in (before - 1, before - 2)
    )


def _parallel(p: Passage, draft: Draft, previous: Draft) -> bool:
    """Whether a bare whole number answers an amount.

    "from $5 million to 7", "5 per cent in 2020 and 6 in 2021".
    """
    if (
        "links.of" in p.words[previous.last].roles
        or p.text[draft.first - 1] == "("
        or p.words[draft.last].unit is not None
        or _noun_follows(p, draft.last)
    ):
        return False
    between = p.words[previous.last : draft.first]
    if any(w.roles & _CHANGING for w in p.words[draft.first - _CHANGED : draft.first]):
        return True  # "spent 7.8 billion; in 1942 it passed 10"
    alike = p.low[draft.last] in p.low[previous.last : previous.last + 3] and p.low[draft.last].isalpha()
    return len(between) <= _NEXT or (
        (len(between) <= _REACH and (alike or any("tables.money" in w.roles for w in between)))
        and previous.kind == MONEY
    )


#: Words of change and of passing a mark, and how near the number they stand.
_CHANGING: Final = frozenset({"links.change", "links.passing"})
_CHANGED: Final = 3
#: Tokens between an amount and the bare number that answers it; more where a word of money stands among them.
_NEXT: Final = 5


_HUNDRED: Final = 100


def scored(p: Passage, draft: Draft) -> bool:
    """Whether a score, an index or a statistic governs the number."""
    window = range(max(PAD, draft.first - 6), draft.first)
    low = draft.low
    counted = isinstance(low, Decimal) and low == low.to_integral_value() and low >= _HUNDRED
    return any(
        "places.scores" in p.words[k].roles
        and not (counted and "places.means" in p.words[k].roles)  # "a yearly mean of 641" counts
        and p.low[k - 1] not in PEOPLE
        and p.low[k + 1] not in PEOPLE
        and (p.words[draft.first].digits or "," not in p.text[k : draft.first])
        for k in window
        if same_sentence(p, k, draft.first)
    )


def same_sentence(p: Passage, first: int, last: int) -> bool:
    """Whether no sentence ends between two tokens of one paragraph."""
    return (
        last - first < _REACH * 3
        and not any(
            p.low[k] in ".!?" and p.low[k] and p.ends_sentence(k) and p.low[k - 1] not in _ABBREVIATIONS
            for k in range(first, last)
        )
        and all(p.near(k) for k in range(first + 1, last))
    )


_ABBREVIATIONS: Final = cues("abbreviations")


def _clause_noun(p: Passage, draft: Draft) -> str | None:
    """The unit named close by in the sentence.

    "of the 12 frigates, 5 ...", "crew of up to 133", "forza massima 420".
    """
    at = draft.last
    labelled = _label(p, draft)
    if labelled is not None:
        return labelled
    whole = p.words[draft.first - 1]
    if whole.unit is not None and whole.plural and whole.unit not in TIMES and p.near(draft.first):
        for back in range(2, 6):
            if p.low[draft.first - back] in ("of", "dei", "delle", "degli") and p.near(
                draft.first - back + 1
            ):
                return whole.unit  # "Of the Brazilian vehicles ten had arrived"
    if p.low[at] in ("i", "gli", "le", "the") and p.near(at) and p.words[at + 1].unit is not None:
        return p.words[at + 1].unit
    if p.low[draft.first - 1] in _COPULAS:
        subject = _subject(p, draft.first - 1)
        if subject is not None:
            return subject
    if p.low[at] in ("of", "di", "dei", "delle", "degli", "tra", "fra") and p.near(at):
        for ahead in range(1, 6):
            word = p.words[at + ahead]
            if word.unit is not None:
                return word.unit
            if not p.near(at + ahead) or p.ends_sentence(at + ahead):
                break
    if any("links.partitive" in p.words[draft.first - k].roles for k in (1, 2, 3)):
        for back in range(2, _REACH):
            unit = p.words[draft.first - back].unit
            if unit is not None and unit not in TIMES and p.words[draft.first - back].plural:
                return unit  # "E le navi? Ne avremo quarantotto"
    for back in range(1, 9):
        k = draft.first - back
        if k < PAD or p.ends_sentence(k) or not p.near(k + 1):
            return None
        if p.low[k] in PEOPLE:
            return "person"
        unit = p.words[k].unit
        if (
            unit is not None
            and p.text[k + 1] in (":", "(", "of", "di", "up", "at", "=")
            and p.words[k].unit not in TIMES
        ):
            return unit
    return None


def _framed_alike(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "the one, at 29,000, ... the other, at 39,000": numbers behind the same small word."""
    link, after = draft.first - 1, draft.last
    before = "stop.framing" in p.words[link].roles and p.low[link] == p.low[previous.first - 1]
    # "18 months in the Army, 20 in the Navy"
    behind = "stop.behind" in p.words[after].roles and p.low[after] == p.low[previous.last] and p.near(after)
    return (
        (before or behind)
        and not _noun_follows(p, draft.last)
        and previous.unit is not None
        and same_sentence(p, previous.last, draft.first)
    )


def _changing(p: Passage, draft: Draft) -> str | None:
    """What grows or falls: "Conscripts go from 8,000 to 12,000", "the number of sailors would rise to 28,500"."""
    for k in range(draft.first - 1, max(PAD, draft.first - _REACH), -1):
        if p.ends_sentence(k) or not p.near(k + 1):
            return None
        if "links.change" in p.words[k].roles:
            for subject in range(k - 1, max(PAD, k - _LIST_GAP), -1):
                word = p.words[subject]
                if word.unit is not None and (word.plural or p.low[subject] in PEOPLE):
                    return word.unit
                if p.ends_sentence(subject):
                    return None
    return None


#: What others make, buy or lose: who acts is named before a number as often as what it counts.
_THINGS: Final = word_set(
    """ship submarine aircraft helicopter drone vehicle missile munition gun system engine satellite"""
)


def _thing_before(p: Passage, draft: Draft) -> str | None:
    """The last things that the sentence named in the plural: "Production of shells went from 28,000"."""
    of_number = p.settings.vocabulary.phrases["links.number_of"]
    for k in range(draft.first - 1, max(PAD, draft.first - _FAR), -1):
        if p.ends_sentence(k) or not p.near(k + 1):
            return None
        word = p.words[k]
        if word.unit is None or not word.plural or word.trigger or (p.capital(k) and not p.opens_line(k)):
            continue
        if word.unit in _THINGS or any(of_number.before(p.low, k - n) >= 0 for n in (1, 2, 3)):
            return word.unit
    return None


def _subject(p: Passage, at: int) -> str | None:
    """What a copula's subject counts: "the officers numbered", "Le ore di volo sono state"."""
    found = None
    for k in range(at - 1, at - 6, -1):
        if p.ends_sentence(k):
            break
        unit = p.words[k].unit
        if unit is None:
            continue
        if p.low[k - 1] in _DETERMINERS and (found is None or not p.settings.vocabulary.head_last):
            return unit
        if found is None and unit not in TIMES:
            found = unit
    return found


def _strength(p: Passage, draft: Draft) -> str | None:
    """Thousands that a service has, or that are in uniform, are people: "the Army would drop to 85,000"."""
    if not isinstance(draft.low, Decimal) or draft.low < 1000:
        return None
    if "links.uniformed" in p.words[draft.last + 1].roles and p.near(draft.last + 1):
        return "person"
    for back in range(1, 10):
        k = draft.first - back
        if k < PAD or p.ends_sentence(k) or not p.near(k + 1):
            return None
        if "links.services" in p.words[k].roles and p.capital(k):
            return "person"
    return None


def _label(p: Passage, draft: Draft) -> str | None:
    """What the label of a line of a data sheet says: "Complement       93"."""
    at = draft.first
    if p.near(at) or "\n" in p.gap(at) or not p.capital(at - 1):
        return None
    return "person" if p.low[at - 1] in PEOPLE else p.words[at - 1].unit


def _is_age(p: Passage, draft: Draft) -> bool:
    """Reads "Gen. Marek Wolski, 57, said", "the minister, 54, said": a number in commas after a person."""
    first, last = draft.first, draft.last
    named = p.capital(first - 2) and p.capital(first - 3)
    return (
        p.text[first - 1] == ","
        and p.text[last] in (",", ".")
        and (named or (p.words[first - 2].unit == "person" and not p.words[first - 2].plural))
        and isinstance(draft.low, Decimal)
        and 16 <= draft.low <= 99
    )


_COPULAS: Final = cues("copulas")
_DETERMINERS: Final = cues("plural_determiners")
PEOPLE: Final = cues("people")
