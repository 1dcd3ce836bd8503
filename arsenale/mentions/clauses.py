"""What the words of a clause tell about a bare number: its subject, its noun, what befalls it."""

# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)
# ruff: noqa: PLR0911, PLR0912, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)

from bisect import bisect_left
from decimal import Decimal
from typing import Final

from arsenale.mentions.dates import is_year
from arsenale.mentions.model import MONEY, QUANTITY
from arsenale.mentions.passage import FAR, HYPHENS, LIST_GAP, PAD, REACH, Draft, Passage
from arsenale.mentions.ranges import TRANSPARENT, tells_change
from arsenale.mentions.vocabulary import cues, kit_named, word_set

_HUNDRED: Final = 100
_ONE: Final = Decimal(1)

_AMONG: Final = cues("among")
_OF: Final = cues("of")
_PARTITIVES: Final = cues("partitives")
PLURAL_ARTICLES: Final = cues("plural_articles")


#: Measures, and those who offer what is counted: a later bare number counts something else.
TIMES: Final = word_set(
    """bidder nautical_mile knot minute point day km metre week hour month time tonne year second
    kilogram litre foot mile hectare acre square_metre square_kilometre cubic_metre horsepower kilowatt"""
)
#: After "of", what tells about the things that a number counts: "seven of 10,000 tons", "two of this type".
_DESCRIBING: Final = TIMES | {"type", "model", "variant", "inch", "foot"}


def closes(p: Passage, at: int) -> bool:
    """Whether a clause ends here."""
    return not p.near(at) or p.text[at] in ",;.)" or "links.and" in p.words[at].roles


def of_people(p: Passage, draft: Draft) -> bool:
    """Reads "34 killed", "recruited 3,210", "1,200, of whom": what happens to people only."""
    after = draft.last + (p.text[draft.last] == ",")
    if (
        "people.in_number" in p.words[draft.first - 1].roles
        and not is_year(p.text[draft.first])
        and closes(p, draft.last)
    ):
        return True  # "siamo partiti in sei"
    if (
        "stop.strong" in p.words[draft.last].roles
        and p.near(draft.last)
        and not noun_follows(p, draft.last + 1)
    ):
        return True  # "his platoon, 31 strong, lost"
    listed = "stop.framing" in p.words[draft.last].roles or "stop.behind" in p.words[draft.last].roles
    if listed and any("people.listed" in w.roles for w in p.words[draft.last + 1 : draft.last + 4]):
        return True  # "16,500 on its payroll"
    phrases = p.settings.vocabulary.phrases
    fated = draft.last + ("links.finite" in p.words[draft.last].roles)  # "112 were on board"
    if _parts_people(p, after) or (phrases["people.fate"].after(p.low, fated) and p.near(fated)):
        return draft.scale == _ONE or p.words[draft.last].currency is None
    before = draft.first - 1
    while p.near(before + 1):
        if phrases["people.done_to"].before(p.low, before) >= 0:
            return True
        if not p.words[before].roles & TRANSPARENT:
            break
        before -= 1
    return False


def _parts_people(p: Passage, at: int) -> bool:
    """Whether what follows parts people: "1,120, of whom", "598, tra cui 88 donne"."""
    last = p.settings.vocabulary.phrases["links.of_which"].after(p.low, at)
    if not last or not p.near(at):
        return False
    return "links.of_whom" in p.words[last - 1].roles or (
        p.words[last].trigger and p.words[last + 1].unit == "person" and p.near(last)
    )


def noun_follows(p: Passage, at: int) -> bool:
    """Whether a noun follows that a number before it would count."""
    word = p.words[at]
    if not p.near(at) or not p.low[at].isalpha() or p.elided(at):
        return False
    return not word.roles & _NO_NOUNS and not _ends_as_verb(p, at)


_NO_NOUNS: Final = frozenset({"stop.words", "links.finite"})


def _ends_as_verb(p: Passage, at: int) -> bool:
    """Whether a word is a participle or an adverb by its ending, so that no number counts it."""
    return p.words[at].unit is None and p.low[at].endswith(p.settings.vocabulary.verbal)


def age_limit(p: Passage, draft: Draft) -> bool:
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
    labelled = p.opens_line(before) and not p.near(draft.last)  # the label of a row: "Oltre 65"
    if "links.ages" in p.words[before].roles or labelled:
        return True
    return any(
        p.words[k].unit == "person" or "links.those" in p.words[k].roles for k in (before - 1, before - 2)
    )


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
    if last - first >= REACH * 3 or not all(p.nears[first + 1 : last]):
        return False
    return not any(
        low in _ENDS and p.ends_sentence(k) and p.low[k - 1] not in _ABBREVIATIONS
        for k, low in enumerate(p.low[first:last], first)
    )


_ENDS: Final = frozenset(".!?")
_ABBREVIATIONS: Final = cues("abbreviations")


def clause_noun(p: Passage, draft: Draft) -> str | None:
    """The unit named close by in the sentence.

    "of the 12 frigates, 5 ...", "crew of up to 133", "forza massima 420".
    """
    at = draft.last
    labelled = _label(p, draft) or labelled_by(p, draft.first)
    if labelled is not None:
        return labelled
    whole = p.words[draft.first - 1]
    noun = whole.unit is not None and p.low[draft.first - 1] not in COPULAS and not whole.trigger
    labels = noun and whole.plural and whole.unit not in TIMES
    if labels and p.near(draft.first) and (closes(p, at) or p.text[at] == "(") and p.text[at] != ")":
        return whole.unit  # "Troops 1,076 (mean), vehicles 375"
    if whole.unit is not None and whole.plural and whole.unit not in TIMES and p.near(draft.first):
        for back in range(2, 6):
            if p.low[draft.first - back] in _PARTITIVES and p.near(draft.first - back + 1):
                return whole.unit  # "Of the Brazilian vehicles ten had arrived"
    apposed = p.words[at + 1]
    if p.low[at] in PLURAL_ARTICLES and p.near(at) and apposed.unit is not None and apposed.plural:
        return apposed.unit
    if p.low[draft.first - 1] in COPULAS:
        subject = _subject(p, draft.first - 1)
        if subject is not None:
            return subject
    if p.low[at] in _AMONG and p.near(at):
        attribute = p.low[at] in _OF  # "12 di opzione"
        for ahead in range(1 + (attribute and p.words[at + 1].unit is not None), 6):
            word = p.words[at + ahead]
            if word.unit is not None and word.unit not in _DESCRIBING:
                return word.unit
            if not p.near(at + ahead) or p.ends_sentence(at + ahead):
                break
    for back in range(1, 9):
        k = draft.first - back
        if k < PAD or p.ends_sentence(k) or not p.near(k + 1):
            return None
        if p.words[k].digits and p.words[k + 1].unit is not None and back > LIST_GAP:
            return None  # past another count: "two lots: 17 helicopters by 2027 and 31 later"
        if p.low[k] in PEOPLE:
            return None if _acts(p, k + 1, draft.first) else "person"
        unit = p.words[k].unit
        if (
            unit is not None
            and unit != "vote"  # "Sì: 28"
            and unit not in _DESCRIBING  # "(earlier model: 250)"
            and p.text[k + 1] in (":", "(", "of", "di", "up", "at", "=")
            and p.words[k].unit not in TIMES
            and not (p.text[k + 1] == "(" and "stop.framing" in p.words[k - 1].roles)  # "70 on order (8 due"
        ):
            return unit
    return None


def nearest_plural(p: Passage, at: int, since: int) -> tuple[str, str | None] | None:
    """The last plural noun after a definite article, or the last currency, that stands before a token."""
    for k in range(at - 1, since, -1):
        word = p.words[k]
        if word.currency is not None and not p.words[k - 1].trigger:
            return MONEY, None  # "Ogni euro investito ne genera 2,3"
        article = any(
            p.low[k - n] in PLURAL_ARTICLES
            or p.low[k - n] in DETERMINERS
            or "links.how_many" in p.words[k - n].roles
            for n in (1, 2, 3)
        )
        if word.unit is not None and word.plural and word.unit not in TIMES and not word.trigger and article:
            return QUANTITY, word.unit
    return None


def _acts(p: Passage, at: int, number: int) -> bool:
    """Whether a verb of its own follows a noun, so that the number is its object: "crews flew 121"."""
    word = p.words[at]
    verb = not word.roles or ("links.finite" in word.roles and p.low[at] not in COPULAS)
    return at < number and p.text[at].isalpha() and verb and word.unit is None


def framed_alike(p: Passage, previous: Draft, draft: Draft) -> bool:
    """Reads "the one, at 29,000, ... the other, at 39,000": numbers behind the same small word."""
    link, after = draft.first - 1, draft.last
    before = "stop.framing" in p.words[link].roles and p.low[link] == p.low[previous.first - 1]
    bracket = p.text[link] == "(" == p.text[previous.first - 1] and p.text[after] == ")"
    # "18 months in the Army, 20 in the Navy"
    listed = draft.first - previous.last <= LIST_GAP  # "5.500 nell'Esercito, 1.100 nella Marina"
    behind = (
        "stop.behind" in p.words[after].roles
        and (
            p.low[after] in p.low[previous.last : previous.last + 2]
            or (listed and "stop.behind" in p.words[previous.last].roles)
        )
        and p.near(after)
    )
    return (
        (before or behind or bracket)
        and not noun_follows(p, draft.last)
        and previous.unit is not None
        and same_sentence(p, previous.last, draft.first)
    )


def changing(p: Passage, draft: Draft) -> str | None:
    """What grows or falls: "Conscripts go from 8,000 to 12,000", "the number of sailors rose to 28,500"."""
    for k in range(draft.first - 1, max(PAD, draft.first - REACH), -1):
        if p.ends_sentence(k) or not p.near(k + 1):
            return None
        if tells_change(p.words[k]):
            for subject in range(k - 1, max(PAD, k - REACH // 2), -1):
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


def thing_before(p: Passage, draft: Draft) -> str | None:
    """The last things that the sentence named in the plural: "Production of shells went from 28,000"."""
    of_number = p.settings.vocabulary.phrases["links.number_of"]
    for k in range(draft.first - 1, max(PAD, draft.first - FAR), -1):
        if p.ends_sentence(k) or not p.near(k + 1):
            return None
        word = p.words[k]
        if word.unit is None or not word.plural or word.trigger or (p.capital(k) and not p.opens_line(k)):
            continue
        if too_many(draft, word.unit):
            continue
        if word.unit in _THINGS or any(of_number.before(p.low, k - n) >= 0 for n in (1, 2, 3)):
            return word.unit
    return None


def nearest_thing(p: Passage, at: int) -> tuple[int, str | None]:
    """Where this sentence or the one before last names a thing, in the singular too, and its unit."""
    ended = 0
    for k in range(at - 1, max(PAD, at - FAR), -1):
        ended += p.ends_sentence(k)
        if ended > 1 or not p.near(k + 1):
            break
        if p.words[k].unit in _THINGS:
            return k, p.words[k].unit
    return 0, None


def too_many(draft: Draft, unit: str | None) -> bool:
    """Whether a bare number is larger than any fleet: "to launch six frigates they need 12,500"."""
    return unit in _FLEETS and isinstance(draft.low, Decimal) and draft.low > _LARGEST_FLEET


_FLEETS: Final = word_set("ship submarine helicopter satellite system brigade division battalion squadron")
_LARGEST_FLEET: Final = 3000


def _subject(p: Passage, at: int) -> str | None:
    """What a copula's subject counts: "the officers numbered", "Le ore di volo sono state"."""
    found = None
    for k in range(at - 1, at - 6, -1):
        if p.ends_sentence(k):
            break
        unit = p.words[k].unit or kit(p, k)
        if unit is None:
            continue
        if p.low[k - 1] in DETERMINERS and (found is None or not p.settings.vocabulary.head_last):
            return unit
        if found is None and unit not in TIMES:
            found = unit
    return found


def subject_of(p: Passage, copula: int) -> str | None:
    """What the subject of a copula counts, if it opens its clause in the plural, after an article.

    Where only an aside parts the copula from its subject, the clause is the sentence.
    """
    first = copula
    while first > copula - REACH * 2 and p.near(first) and not p.ends_sentence(first - 1):
        first -= 1
    for begins in (_clause_start(p, first, copula), first):
        for k in range(begins, min(begins + LIST_GAP, copula)):
            word = p.words[k]
            if word.trigger or "tables.money" in word.roles or "links.of" in word.roles:
                return None
            if word.unit is not None and word.plural:
                article = p.low[k - 1] in PLURAL_ARTICLES or p.low[k - 1] in DETERMINERS
                return word.unit if article or k == begins or p.settings.vocabulary.head_last else None
    return None


def _clause_start(p: Passage, first: int, last: int) -> int:
    return next((k + 1 for k in range(last - 1, first, -1) if p.text[k] in ",:–—"), first)


def kit(p: Passage, at: int) -> str | None:
    """What a designation counts, from the letters before its number: "Gli F-35 consegnati sono 38"."""
    number = at + 1 + (p.text[at + 1] in HYPHENS)
    if not (p.capital(at) and p.words[number].digits and p.glued(at + 1)):
        return None
    return kit_named(p.low[at], p.low[number])


def run_in(p: Passage, at: int) -> str | None:
    """What the head of a paragraph counts, set in its first line: "SUBMARINES. - Eighty-three in service"."""
    first = bisect_left(p.start, p.line_starts[p.line_of(at)], PAD, at)
    if at - first >= REACH or not p.capital(first):
        return None
    for k in range(first, first + LIST_GAP + 1):
        if p.text[k] in _HEAD_ENDS and k > first:
            word = p.words[k - 1]
            if word.plural and word.unit not in TIMES:
                return word.unit
            return _produced(p, first, k) if p.text[k] == ":" else None
        if not p.text[k].isalpha() or (k > first and not p.same_line(k)):
            return None
    return None


def _produced(p: Passage, first: int, last: int) -> str | None:
    """What a head is about that speaks of its number: "Shell production:", "Produzione di granate:"."""
    words = p.words[first:last]
    if not any("links.produced" in word.roles for word in words):
        return None
    return next((word.unit for word in words if word.unit is not None and word.unit not in TIMES), None)


#: What parts a head from the text that runs on behind it.
_HEAD_ENDS: Final = frozenset(".:–—")


def strength(p: Passage, draft: Draft) -> str | None:
    """Thousands that a service has, or that are in uniform, are people: "the Army would drop to 85,000"."""
    if not isinstance(draft.low, Decimal) or draft.low < 1000:
        return None
    if "links.uniformed" in p.words[draft.last + 1].roles and p.near(draft.last + 1):
        return "person"
    opened = draft.last + 1
    if p.text[draft.last] == "(" and "links.services" in p.words[opened].roles and p.capital(opened):
        return "person"  # "Active: 81,000 (Army 47,500)"
    for back in range(1, 10):
        k = draft.first - back
        if k < PAD or p.ends_sentence(k) or not p.near(k + 1):
            return None
        if "links.services" in p.words[k].roles and p.capital(k):
            return "person"
    return None


def labelled_by(p: Passage, at: int) -> str | None:
    """What a label with a colon counts where no noun says so: "Active: 81,000", "Artillery: 290"."""
    if p.text[at - 1] != ":" or not p.near(at):
        return None
    return p.settings.vocabulary.labels.get(p.low[at - 2])


def _label(p: Passage, draft: Draft) -> str | None:
    """What the label of a line of a data sheet says: "Complement       93"."""
    at = draft.first
    if p.near(at) or "\n" in p.gap(at) or not p.capital(at - 1):
        return None
    return "person" if p.low[at - 1] in PEOPLE else p.words[at - 1].unit


def is_age(p: Passage, draft: Draft) -> bool:
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


COPULAS: Final = cues("copulas")
DETERMINERS: Final = cues("plural_determiners")
PEOPLE: Final = cues("people")
