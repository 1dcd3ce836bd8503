"""The scan: chunks of a text, the tokens that can start a number, and the first rule that reads them.

The order of the rules is the grammar's precedence: what only points or names is set apart before anything
is measured.
"""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Final, TextIO

from arsenale.mentions import grid, layout, tables
from arsenale.mentions.amounts import amount, time_and_a_half
from arsenale.mentions.clock import clock, coordinates, slashed
from arsenale.mentions.contacts import web_spans
from arsenale.mentions.dates import date
from arsenale.mentions.document import Settings, settings_of
from arsenale.mentions.language import runs
from arsenale.mentions.marks import noted
from arsenale.mentions.memory import Memory
from arsenale.mentions.model import DATE, FIGURES, MONEY, OTHER, PERCENT, QUANTITY, REFERENCE, Mention
from arsenale.mentions.names import designation, named_year
from arsenale.mentions.ordinals import ordinal
from arsenale.mentions.passage import Draft, Passage, tokenise
from arsenale.mentions.ratios import fraction, multiple, share, times
from arsenale.mentions.references import pointed, pointed_word
from arsenale.mentions.sharing import settle
from arsenale.mentions.vocabulary import cues

_ALONE_THOUSAND: Final = cues("alone_thousand")
_HUNDRED_BEFORE: Final = cues("hundred_before")
_NOT_SIX: Final = cues("not_six")
_ONE_ARTICLES: Final = cues("one_articles")
_SCALE_BEFORE: Final = cues("scale_before")
_SEE: Final = cues("see")
_THOUSAND_BEFORE: Final = cues("thousand_before")

Rule = Callable[[Passage, int], Draft | None]

#: Characters read at a time. Large enough that the settings and lists of a page stay together, small enough
#: for flat memory.
CHUNK: Final = 1 << 16
#: Characters that decide the settings of the document: those of its first chunk, however it comes.
OPENING: Final = CHUNK


def _prefixed(p: Passage, at: int) -> Draft | None:
    """Digits right after a currency sign are money whatever else they look like."""
    return amount(p, at) if p.text[at - 1] in _CURRENCY_SIGNS and p.text[at - 1] else None


_ZEROS: Final = frozenset({"000", "000,000", "000.000"})
_CURRENCY_SIGNS: Final = "€$£¥₹₺₩₪₽"

#: Rules for digits, in order of precedence; a cell of a table is read before all of them.
DIGIT_RULES: Final[tuple[Rule, ...]] = (
    _prefixed, coordinates, noted, clock, pointed, named_year, date,
    ordinal, designation, slashed, times, share, amount,
)  # fmt: skip
#: Rules for number words.
WORD_RULES: Final[tuple[Rule, ...]] = (
    time_and_a_half, pointed_word, fraction, multiple, ordinal, times, share, amount,
)  # fmt: skip


def find_in(chunks: Iterable[str], settings: Settings | None = None) -> Iterator[Mention]:
    """Every mention of a text that comes in chunks; memory is that of one chunk."""
    offset, memory = 0, Memory()
    for chunk in chunks:
        if settings is None:
            settings = settings_of(chunk[:OPENING])
        for start, stop, code in runs(chunk, settings.vocabulary.code):
            part = chunk[start:stop]
            yield from _scan(part, offset + start, settings.within(code, part), memory)
        offset += len(chunk)


def find(text: str) -> Iterator[Mention]:
    """Every number of a text, classified, in text order.

    Args:
        text: The whole text; offsets of the mentions are indices into it.

    Yields:
        One `Mention` a number; they never overlap.
    """
    return find_in(_slices(text), settings_of(text[:OPENING]))


def _slices(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        stop = cut(text, at, at + CHUNK)
        yield text[at:stop]
        at = stop


def cut(text: str, start: int, stop: int) -> int:
    """Where to cut a text near `stop`: at the end of a paragraph, else of a line, else of a word."""
    if stop >= len(text):
        return len(text)
    for mark in ("\n\n", "\r\n\r\n", "\f", "\n", " "):
        found = text.rfind(mark, start + 1, stop)
        if found > start:
            return found + len(mark)
    return stop


def chunks_of(stream: TextIO) -> Iterator[str]:
    """Reads a stream in chunks that end where paragraphs do."""
    held = ""
    while True:
        read = stream.read(CHUNK)
        if not read:
            break
        held += read
        if len(held) < CHUNK:
            continue
        stop = cut(held, 0, len(held) - 1)
        yield held[:stop]
        held = held[stop:]
    if held:
        yield held


def _scan(chunk: str, offset: int, settings: Settings, memory: Memory) -> Iterator[Mention]:
    p = tokenise(chunk, settings, memory, grid.parted(chunk))
    triggers = [at for at, word in enumerate(p.words) if word.trigger]
    if not triggers:
        return
    p.web = web_spans(p)
    p.cells = tables.cells(p)
    for at in triggers:
        if at < p.drafts_end:
            continue
        draft = _read(p, at)
        if draft is None:
            continue
        draft.first = max(draft.first, p.drafts_end)
        p.drafts.append(draft)
        p.drafts_end = draft.last
    settle(p)
    for draft in p.drafts:
        yield _mention(p, draft, offset)


def _read(p: Passage, at: int) -> Draft | None:
    digits = p.words[at].digits
    if not digits and "hundred" in p.words[at].roles and p.low[at - 1] not in _HUNDRED_BEFORE:
        return Draft(at, at + 1, OTHER, modality=None)  # "several hundred"
    if not digits and _no_number(p, at):
        # An article counts in "una su tre" only.
        counts = p.words[at].number == 1 and p.settings.vocabulary.glued_numerals
        return share(p, at) or times(p, at) if counts else None
    if p.text[at] in _ZEROS:
        return Draft(at, at + 1, OTHER, modality=None)  # "EUR 000" heads thousands
    if p.start[at] in p.cells:
        draft = tables.cell(p, at)
        if draft is not None:
            return draft
    for rule in DIGIT_RULES if digits else WORD_RULES:
        draft = rule(p, at)
        if draft is not None and draft.last > at:
            return _in_context(p, at, draft)
    if digits:
        return Draft(at, at + 1, OTHER, modality=None)
    word = p.words[at]
    if "vague" in word.roles or word.collective is not None or word.scale is not None:
        return Draft(at, at + 1, OTHER, modality=None)
    return None


def _no_number(p: Passage, at: int) -> bool:
    """Articles, and words that are numbers only sometimes."""
    word, low = p.words[at], p.low[at]
    if at in p.web:
        return False
    if low in _ONE_ARTICLES:
        following = p.words[at + 1]
        return not (
            following.scale is not None
            or following.denominator is not None
            or following.collective is not None
        )
    if (
        p.glued(at)
        and p.text[at - 1] in "-‐"
        and p.text[at - 1]
        and p.text[at - 2].isalpha()
        and word.ordinal is None
        and p.words[at - 2].number is None
        and word.scale is None
        and word.multiple is None
    ):
        return True
    if word.scale is not None and word.scale != 1000 and not p.words[at - 1].digits:
        # "million euros" in a caption states no number; "a million" and "half a million" do.
        return not (p.low[at - 1] in _SCALE_BEFORE and p.near(at))
    if (
        word.scale is not None
        and low not in _ALONE_THOUSAND
        and not (p.low[at - 1] in _THOUSAND_BEFORE and p.near(at))
    ):
        return True
    if p.settings.vocabulary.glued_numerals and low == "sei" and p.low[at - 1] in _NOT_SIX:
        return True
    if "elided" in word.roles and not (p.text[at + 1] in "'’" and p.glued(at + 1) and p.glued(at + 2)):
        return True
    return (
        word.number is None
        and word.scale is None
        and word.ordinal is None
        and word.multiple is None
        and word.collective is None
        and not (word.roles & {"once", "twice", "vague", "hundred", "vulgar"})
        and word.denominator is None
        and word.decade is None
    )


def _in_context(p: Passage, at: int, draft: Draft) -> Draft:
    """What the kind of place makes of a number: notes and access dates only point; "one" may be a pronoun."""
    if draft.open and len(p.text[at]) >= _CODE and p.text[at].isdecimal():
        return Draft(draft.first, draft.last, REFERENCE, modality=None)
    if draft.kind == DATE:
        if _of_reference(p, draft):
            return Draft(draft.first, draft.last, REFERENCE, modality=None)
        for back in (1, 2, 3):
            roles = p.words[draft.first - back].roles
            last = p.drafts[-1] if p.drafts else draft
            cited = last.kind == REFERENCE and draft.first - last.last <= _NEXT
            weak = "places.access_weak" in roles and (cited or p.low[draft.first - back - 1] in _LAST)
            if ("places.access" in roles or weak) and p.near(draft.first - back + 1):
                return Draft(draft.first, draft.last, REFERENCE, modality=None)
        law = p.settings.vocabulary.phrases["places.number_signs"].after(
            p.low, draft.last + (p.text[draft.last] == ",")
        )
        if law and p.words[law].digits and p.near(law):
            return Draft(draft.first, law + 1, REFERENCE, modality=None)
        if _in_sources(p, draft) or _credited(p, draft) or _enacted(p, draft) or _after_see(p, draft.first):
            return Draft(draft.first, draft.last, REFERENCE, modality=None)
    if (
        draft.kind == QUANTITY
        and draft.open
        and layout.sourced(p, p.line_of(at))
        and _stands_by_a_name(p, draft)
    ):
        return Draft(draft.first, draft.last, REFERENCE, modality=None)
    if (
        (
            draft.kind == DATE
            or (draft.open and draft.kind == QUANTITY and p.text[at].isdecimal() and len(p.text[at]) <= _YEAR)
        )
        and layout.role(p, p.line_of(at)) == layout.NOTE
        and "links.prices" not in p.words[draft.last].roles
    ):
        return Draft(draft.first, draft.last, REFERENCE, modality=None)
    if (
        draft.kind == QUANTITY
        and p.low[draft.first] in _ONES
        and draft.last == draft.first + 1
        and _pronoun(p, draft.first)
        and not _one_of_them(p, draft.first)
    ):
        return Draft(draft.first, draft.last, OTHER, modality=None)
    if (
        p.words[at].decade is not None
        and p.low[at - 1] in _DECADES_OF
        and draft.kind == QUANTITY
        and (draft.unit is None or p.capital(at))
    ):
        year = p.words[at].decade
        return Draft(at, at + 1, DATE, str(year), str((year or 0) + 9))
    return draft


def _stands_by_a_name(p: Passage, draft: Draft) -> bool:
    """Whether a bare number ends a name in a list of sources: "decreto presidenziale 24-84," "area 6,"."""
    before, after = draft.first - 1, draft.last
    closes = not p.near(after) or p.text[after] in _ENDING
    word = p.words[before]
    named = p.text[before].isalpha() and p.same_line(draft.first)
    named = named and ("stop.words" not in word.roles or p.text[before].isupper())  # "CC BY 4.0"
    return closes and named and (p.text[before].isupper() or not word.roles & _HEDGES)


_ENDING: Final = frozenset(",;.)")
_HEDGES: Final = frozenset({"hedges.minimum", "hedges.maximum", "hedges.approximate"})


_ONES: Final = cues("ones")
_DECADES_OF: Final = cues("decades_of")
_YEAR: Final = 4
_NEXT: Final = 4
_CODE: Final = 7
_LAST: Final = cues("last_visited") | {"(", "[", ";"}


def _of_reference(p: Passage, draft: Draft) -> bool:
    """Whether a date dates what was just pointed at: "legge n. 107 del 2024", "n. 418 dell'11/09/2025"."""
    if not p.drafts or p.drafts[-1].kind != REFERENCE:
        return False
    before = p.drafts[-1]
    laws = p.settings.vocabulary.phrases["places.laws"]
    if not any(laws.after(p.low, k) for k in range(before.first - 9, before.first)):
        return False
    between = range(before.last, draft.first)
    return (
        1 <= len(between) <= 2
        and (p.low[between[0]] in _DATED_BY or p.text[between[0]] == "(")
        and all(p.near(k) and (k == between[0] or p.text[k] in "'’") for k in between)
    )


_DATED_BY: Final = cues("dated_by")


def _in_sources(p: Passage, draft: Draft) -> bool:
    """Whether a date stands in a list of sources, but for what it dates: "register of 11 March 2025"."""
    return layout.sourced(p, p.line_of(draft.first)) and "links.of" not in p.words[draft.first - 1].roles


def _credited(p: Passage, draft: Draft) -> bool:
    """Whether a date dates a publication: "(Reuters, 12/11/2024)", "Jane's 1980-81, p. 12"."""
    at = draft.last
    if (
        p.text[at] == ","
        and "places.paged" in p.words[at + 1].roles
        and p.words[at + 2 + (p.text[at + 2] == ".")].digits
    ):
        return True
    name = draft.first - 2
    return (
        p.text[at] == ")"
        and p.text[name + 1] == ","
        and p.text[name - 1] == "("
        and p.capital(name)
        and isinstance(draft.low, str)
        and len(draft.low) > _YEAR
    )


def _enacted(p: Passage, draft: Draft) -> bool:
    """Whether a date names a law: "the Act of 11 September 2019", "delibera del CdM 26 febbraio 2024"."""
    if not isinstance(draft.low, str) or len(draft.low) < _DAY:
        return False
    before = draft.first - 1
    if "links.of" in p.words[before].roles:
        law = p.words[before - 1].roles
        return "places.laws" in law and p.capital(before - 1) and "places.enacted" in law
    for k in range(before, before - _FAR, -1):
        roles = p.words[k].roles
        if "places.laws" in roles:
            return k < before
        named = p.text[k].isalpha() and ("stop.words" not in roles or (k < before and "links.of" in roles))
        if not named or not p.near(k + 1):
            return False
    return False


_FAR: Final = 7
#: Length of a date that names a day, as that of a law does.
_DAY: Final = 10


def _after_see(p: Passage, at: int) -> bool:
    """Whether "see", "cfr." or "vedi" opens the clause: what follows is cited, not stated."""
    for back in range(1, 9):
        k = at - back
        if not p.near(k + 1) or (p.ends_sentence(k) and p.low[k - 1] not in _SEE):
            return False
        opens = p.capital(k) or p.text[k - 1] in ("(", ";", ".", "")
        if p.low[k] in _SEE and (opens or p.low[k] not in _ALSO_VERBS):
            return True
    return False


#: Of the words that cite, those that a clause may also hold as its verb.
_ALSO_VERBS: Final = cues("see_verbs")


def _pronoun(p: Passage, at: int) -> bool:
    if p.near(at + 1) and (p.words[at + 1].digits or _counted_on(p, at + 1)):
        return False
    before = p.words[at - 1]
    if ("stop.one_before" in before.roles or before.ordinal is not None) and p.near(at):
        return True  # "another one", "a second one adds"
    after = p.words[at + 1]
    return not p.near(at + 1) or not p.low[at + 1].isalpha() or "stop.one_pronoun" in after.roles


def _counted_on(p: Passage, at: int) -> bool:
    """Whether "one" goes on with another number: "one or two places", "one to three"."""
    links = {"links.alternative", "links.range"}
    return bool(p.words[at].roles & links) and p.words[at + 1].number is not None


def _one_of_them(p: Passage, at: int) -> bool:
    """Whether "one" goes on counting: "three are at sea, one is in dock", "four, of which one is fit"."""
    if "links.finite" not in p.words[at + 1].roles or not p.near(at + 1):
        return False
    if p.settings.vocabulary.phrases["links.of_which"].before(p.low, at - 1) >= 0:
        return True
    counted = bool(p.drafts) and p.drafts[-1].kind == QUANTITY and at - p.drafts[-1].last <= _FAR
    return counted and p.text[at - 1] in (",", ";") and p.near(at)


def _mention(p: Passage, draft: Draft, offset: int) -> Mention:
    start, end = p.start[draft.first], p.end[draft.last - 1]
    figure = draft.kind in FIGURES
    other = draft.kind == OTHER
    return Mention(
        start + offset,
        end + offset,
        p.chunk[start:end],
        draft.kind,
        _plain(draft.low) if figure or other else None,
        _plain(draft.high) if figure or other else None,
        draft.unit if draft.kind in (MONEY, PERCENT, QUANTITY) else None,
        draft.modality if figure or (other and draft.low is not None) else None,
        p.settings.vocabulary.code,
    )


def _plain(value: Decimal | str | None) -> Decimal | str | None:
    """A decimal without exponent and without trailing zeros after the mark."""
    if not isinstance(value, Decimal) or value.same_quantum(_ONE):
        return value
    return Decimal(int(value)) if value == value.to_integral_value() and abs(value) < _LARGEST else value


_ONE: Final = Decimal(1)
_LARGEST: Final = Decimal(10) ** 27


__all__ = ["chunks_of", "find", "find_in"]
