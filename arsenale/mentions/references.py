"""References: numbers that only point somewhere, such as pages, laws, phones, addresses, notes and codes."""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from arsenale.mentions import layout
from arsenale.mentions.contacts import HYPHEN, account, address, phone, web
from arsenale.mentions.dates import is_year
from arsenale.mentions.extent import pointer_end
from arsenale.mentions.model import DESIGNATION, RANK, REFERENCE
from arsenale.mentions.numbers import number_at
from arsenale.mentions.passage import HYPHENS, Draft, Passage
from arsenale.mentions.vocabulary import cues, currencies

_BETWEEN_AUTHORS: Final = cues("between_authors")
_LIST_OF_PAGES: Final = cues("list_of_pages")
_NO_AUTHORS: Final = cues("no_authors")
_NUMBERED_BODIES: Final = cues("numbered_bodies")
_OF_LAW: Final = cues("of_law")
_PAGES: Final = cues("pages")

_NUMBERED_PARTS: Final = cues("numbered_parts")
_CODES: Final = cues("codes")
_DECIDED_BY: Final = 8
_POST_CODE: Final = 5
_SMALL: Final = 3
_LONGEST_NAME: Final = 24


# ------------------------------------------------------------------ pointers


def pointed(p: Passage, at: int) -> Draft | None:
    """A number that a word before it makes a pointer: "page 6", "art. 12", "legge 21 luglio 2016, n. 145"."""
    before, after = p.text[at - 1], p.text[at + 1]
    if at in p.web:
        return web(p, at)
    for rule in (*_BY_MARK_BEFORE.get(before, ()), *_BY_MARK_AFTER.get(after, ())):
        draft = rule(p, at)
        if draft is not None:
            return draft
    year = is_year(p.text[at]) is not None
    rules = _YEARS_ANYWHERE if year else _GLUED_ANYWHERE if p.glued(at) else _ANYWHERE
    for rule in rules:
        draft = rule(p, at)
        if draft is not None:
            return draft
    return None


def pointed_word(p: Passage, at: int) -> Draft | None:
    """Reads "chapter two", "dal capitolo due": a numeral in words right after a word that can only point."""
    before, value = at - 1, p.words[at].number
    if value is None or value < 1 or not p.near(at) or "places.pointers" not in p.words[before].roles:
        return None
    weak = "places.weak" in p.words[before].roles or p.words[before].unit is not None
    if weak or len(p.low[before]) < _SMALL or number_at(p, at + 1) or _counts(p, at):
        return None
    after = p.words[at + 1]
    free = not p.near(at + 1) or not p.text[at + 1].isalpha() or "stop.words" in after.roles
    return Draft(at, at + 1, REFERENCE, modality=None) if free else None


def _paged(p: Passage, at: int) -> Draft | None:
    """Reads "9 aprile 2025 — 57 —": the page of a running head, between dashes at the edge of its line."""
    dash = p.text[at - 1]
    set_off = not p.glued(at) and not p.glued(at + 1) and p.text[at + 1] == dash and p.same_line(at)
    edge = p.opens_line(at - 1) or not p.same_line(at + 2)
    if not (set_off and edge and p.same_line(at + 1) and p.text[at].isdecimal()):
        return None
    return Draft(at, at + 1, REFERENCE, modality=None)


def _hashed(p: Passage, at: int) -> Draft | None:
    """Reads "#18": a place in a ranking."""
    if (
        p.text[at - 1] != "#"
        or not p.glued(at)
        or not p.text[at].isdecimal()
        or p.text[at - 2] == "#"
        or len(p.text[at]) > _SMALL
    ):
        return None
    place = Decimal(p.text[at])
    return Draft(at - 1, at + 1, RANK, place, place)


def _dated_by_its_law(p: Passage, at: int) -> Draft | None:
    """Reads "Security Act of 1951": the year of a law named with a capital."""
    if is_year(p.text[at]) is None or p.low[at - 1] not in _OF_LAW or not p.near(at):
        return None
    law = at - 2
    if "places.laws" in p.words[law].roles and p.capital(law) and p.near(at - 1):
        return Draft(at, at + 1, REFERENCE, modality=None)
    return None


def _reported(p: Passage, at: int) -> Draft | None:
    """Reads "10 U.S.C. 8062(b)", "65 Stat. 373": the volume or title before the name of a code of laws."""
    reporters = p.settings.vocabulary.phrases["places.reporters"]
    last = reporters.after(p.low, at + 1)
    while last and p.text[last] in (".", "§"):
        last += 1
    if not last or not p.near(at + 1) or not p.words[last].digits or not p.capital(at + 1):
        return None
    return Draft(at, pointer_end(p, last), REFERENCE, modality=None)


def _gazetted(p: Passage, at: int) -> Draft | None:
    """Reads "BBl 2025 1882", "BGBl. 2024 I 112": the gazette, its year and its number or page."""
    name = at - 1 - (p.text[at - 1] == ".")
    last = at + 1
    if "places.gazettes" not in p.words[name].roles or not p.capital(name) or is_year(p.text[at]) is None:
        return None
    if not (p.same_line(at) and p.same_line(last) and (p.words[last].digits or p.text[last] in _VOLUMES)):
        return None
    while p.same_line(last) and (p.words[last].digits or p.text[last] in _VOLUMES):
        last += 1
    return Draft(at, pointer_end(p, last - 1), REFERENCE, modality=None)


#: Parts of a gazette, between its year and the number.
_VOLUMES: Final = frozenset({"I", "II", "III", "L", "C", "S", "p", "."})


def _of_institution(p: Passage, at: int) -> Draft | None:
    """Reads "risoluzione ONU 2722 (2024)", "decisione PESC 2024/583", "direttiva (UE) 2019/881"."""
    name = at - 1
    if p.text[name] == ")":
        name -= 1
    if not (p.text[name].isupper() and 2 <= len(p.text[name]) <= 5 and p.same_line(at)):
        return None
    law = name - 1 if p.text[name - 1] != "(" else name - 2
    if "places.laws" not in p.words[law].roles or not p.near(name):
        return None
    return Draft(at, pointer_end(p, at), REFERENCE, modality=None)


def _filed(p: Passage, at: int) -> Draft | None:
    """Reads "PG/2025/398112": capitals, and numbers between strokes."""
    if not (p.text[at - 1] == "/" and p.glued(at) and p.glued(at - 1) and p.text[at - 2].isupper()):
        return None
    if not (p.text[at + 1] == "/" and p.glued(at + 1) and p.words[at + 2].digits and p.glued(at + 2)):
        return None
    return Draft(max(at - 2, p.drafts_end), pointer_end(p, at), REFERENCE, modality=None)


def _coded(p: Passage, at: int) -> Draft | None:
    """Reads "118842-2025", "LBA_2025_0331_v7.csv", "1993/14", "2024/25:204": numbers of documents."""
    mark = p.text[at + 1]
    if not mark or not p.text[at].isdecimal():
        return None
    joined = p.glued(at + 1) and p.glued(at + 2) and p.words[at + 2].digits
    if mark in HYPHENS and joined and len(p.text[at]) >= _POST_CODE and is_year(p.text[at + 2]):
        return Draft(at, at + 3, REFERENCE, modality=None)
    if (mark == "_" and p.glued(at + 1)) or (p.text[at - 1] == "_" and p.glued(at) and p.glued(at - 1)):
        return _file_name(p, at)
    if mark == "/" and joined and is_year(p.text[at]):
        number = p.text[at + 2]
        after = at + 3
        if p.text[after] == ":" and p.glued(after) and p.words[after + 1].digits and p.glued(after + 1):
            return Draft(at, after + 2, REFERENCE, modality=None)
        if (
            len(number) <= _SMALL
            and number.isdecimal()
            and not _next_years(p.text[at], number)
            and p.text[after] != "/"
        ):
            return Draft(at, pointer_end(p, at), REFERENCE, modality=None)
    return None


def _year_in_code(p: Passage, at: int) -> Draft | None:
    """Reads "SB(25)077", "CM(2024)12": letters, a year in brackets, a number."""
    if not (p.text[at - 1] == "(" and p.glued(at) and p.glued(at - 1) and p.text[at - 2].isupper()):
        return None
    last = at + 2
    if p.text[at + 1] != ")" or not p.glued(last) or not p.words[last].digits:
        return None
    return Draft(max(at - 2, p.drafts_end), pointer_end(p, last), REFERENCE, modality=None)


def _next_years(year: str, number: str) -> bool:
    """Whether two digits after a stroke name one of the next years: "2023/24"."""
    return len(number) == 2 and 0 < (int(number) - int(year[2:])) % 100 <= _SMALL


def _file_name(p: Passage, at: int) -> Draft | None:
    first, last = at, at + 1
    while (
        p.glued(first) and (p.text[first - 1].isalnum() or p.text[first - 1] in "_-") and first > p.drafts_end
    ):
        first -= 1
    while p.glued(last) and p.text[last] and (p.text[last].isalnum() or p.text[last] in "_-"):
        last += 1
    named = p.text[last] == "." and p.glued(last) and p.glued(last + 1) and p.low[last + 1] in _FILES
    return Draft(first, last + 2, REFERENCE, modality=None) if named else None


_FILES: Final = frozenset(
    {"csv", "pdf", "xlsx", "xls", "docx", "doc", "txt", "zip", "html", "jpg", "png", "json"}
)


def _tabled(p: Passage, at: int) -> Draft | None:
    """Reads "4-02817", "7-00045/8-00012": parliaments number their acts by kind and five digits."""
    last = at
    while (
        len(p.text[last]) == 1
        and p.text[last + 1] in HYPHEN
        and p.glued(last + 1)
        and p.glued(last + 2)
        and len(p.text[last + 2]) == _POST_CODE
        and p.text[last + 2].isdecimal()
        and p.text[last + 2][0] == "0"
    ):
        last += 3
        if not (p.text[last] == "/" and p.glued(last) and p.words[last + 1].digits):
            return Draft(at, last, REFERENCE, modality=None)
        last += 1
    return Draft(at, last - 1, REFERENCE, modality=None) if last > at else None


def _dotted_clause(p: Passage, at: int) -> Draft | None:
    """Reads the second number of "l'emendamento 1.7; l'1.12": points where commas mark decimals."""
    text = p.text[at]
    if p.settings.decimal_mark != "," or text.count(".") != 1 or len(text.partition(".")[2]) == _SMALL:
        return None
    headed = p.opens_line(at - 1) and p.capital(at - 1) and p.text[at - 1].isalpha()
    if p.near(at) and (headed or p.low[at - 1] in _NUMBERED_PARTS):
        return Draft(
            at, pointer_end(p, at), REFERENCE, modality=None
        )  # "Programma 5.1 (Arma dei Carabinieri)"
    for before in reversed(p.drafts[-4:]):
        if at - before.last > _LONGEST_NAME:
            break
        if before.kind == REFERENCE and "." in p.text[before.first] and not p.words[at + 1].scale:
            return Draft(at, pointer_end(p, at), REFERENCE, modality=None)
    return None


def _after_pointer(p: Passage, at: int) -> Draft | None:
    vocab = p.settings.vocabulary
    pointers = vocab.phrases["places.pointers"]
    before = _before_letter(p, at - 1)
    while p.text[before] in (":", "°", "º", "#", "(") or (
        pointers.before(p.low, before) < 0
        and p.text[before] == "."
        and p.low[before - 1] + "." not in _DOTTED
        and p.glued(before)
    ):
        before -= 1
        if at - before > 4:
            return None
    if not p.text[before] or not p.near(before + 1) or not p.near(at):
        return None
    first = pointers.before(p.low, before)
    if first < 0:
        dotless = before - 1 if p.text[before] == "." else -1
        first = pointers.before(p.low, dotless) if dotless > 0 else -1
        if first < 0:
            return None
        before = dotless
    name = p.low[first]
    counts = vocab.phrases["links.number_of"].before(p.low, first - 1) >= 0 or (
        name in _COPULAS and (p.words[first - 1].unit is not None or p.low[first - 1] in _PEOPLE)
    )
    if _measured(p, at) or counts:
        return None  # "page 40%", "her crew numbers 160", "Number of lots: 3"
    if vocab.phrases["places.number_signs"].before(p.low, before) >= 0 and _ranks(p, first, at):
        if _names(p, at + 1):
            return Draft(at, at + 1, DESIGNATION, modality=None)
        place = Decimal(p.text[at])
        return Draft(first, at + 1, RANK, place, place)
    if vocab.phrases["places.weak"].before(p.low, before) == first and _counts(p, at):
        return None
    if first == before and len(name) == 1 and name.isalpha() and p.text[first].isupper():
        return None
    if (
        before < at - 1
        and p.text[at - 1] == "("
        and name not in _CODES
        and not (p.text[at + 1] == ")" and "places.note_words" in p.words[first].roles)
        and "places.number_signs" not in p.words[first].roles
    ):
        return None
    if p.low[first] in _CODES or p.low[before] in _CODES:
        return _code(p, at)
    return Draft(at, pointer_end(p, at), REFERENCE, modality=None)


def _before_letter(p: Passage, stop: int) -> int:
    """The pointer before the letter or Roman number of "Article L. 143", "tab. II.4"; else their stop."""
    if p.text[stop] != "." or not p.glued(stop):
        return stop
    pointers = p.settings.vocabulary.phrases["places.pointers"]
    lettered = _LETTERED_PART.fullmatch(p.text[stop - 1]) and p.near(stop - 1)
    return stop - 2 if lettered and pointers.before(p.low, stop - 2) >= 0 else stop


_COPULAS: Final = cues("copulas")
_PEOPLE: Final = cues("people")
_DOTTED: Final = cues("dotted")
#: What may stand between a pointer and its number: the letter of a code, a Roman number.
_LETTERED_PART: Final = re.compile(r"[A-Z]|[IVXLC]+")


def _measured(p: Passage, at: int) -> bool:
    """Whether a percent, a currency or millimetres follow, so that no word before makes a pointer of it."""
    number = number_at(p, at)
    if number is None or not p.near(number.last):
        return False
    after = p.words[number.last]
    return (
        p.text[number.last] in ("%", "€", "£")
        or p.low[number.last] == "mm"
        or after.currency is not None
        or p.text[number.last] in currencies()["codes"]
        or bool(p.settings.vocabulary.phrases["percent.signs"].after(p.low, number.last))
    )


_YEARLY: Final = cues("yearly_names")
#: Pointers that are also plain words, and bodies whose parts bear numbers: "No. 617 Squadron RAF".
_PLAIN_POINTERS: Final = cues("plain_pointers")
_NUMBERING_BODIES: Final = frozenset({"RAF", "Squadron"})


def _ranks(p: Passage, first: int, at: int) -> bool:
    """Whether "No. 10" is a place in a ranking: nothing before it in the sentence can be numbered."""
    if (
        p.settings.vocabulary.glued_numerals
        or layout.role(p, p.line_of(at)) == layout.NOTE
        or not p.text[at].isdecimal()
        or len(p.text[at]) > _SMALL
    ):
        return False
    if p.text[first].islower() and _numbered_noun(p, first - 1):
        return False  # "Weekly round-up no. 37"
    if p.capital(first - 1) and {"names.numbered", "ordinal_roles.bodies"} & p.words[first - 1].roles:
        return False  # "Combat Air Command No. 1"
    if p.capital(first - 1) and p.opens_line(first - 1) and p.text[first - 1].isalpha():
        return False  # "Clarification No. 3"
    for back in range(1, _DECIDED_BY + 1):
        roles = p.words[first - back].roles
        if p.ends_sentence(first - back) and p.low[first - back] != ".":
            break
        if "places.pointers" in roles and p.low[first - back] not in _PLAIN_POINTERS:
            return False
        if (
            p.words[first - back].unit in ("document", "contract")
            or ("names.designators" in roles and p.low[first - back] not in _YEARLY)
            or p.text[first - back] in _NUMBERING_BODIES
        ):
            return False
    if p.text[first - 1] in (",", "|", "–") and p.capital(first - 2) and p.opens_line(_line_start(p, first)):
        return False  # "Monthly Pulse, No. 58" opens its line: the number of an issue
    after = p.text[at + 1]
    coded = (after == "/" or after in HYPHENS) and p.glued(at + 1) and p.words[at + 2].digits
    return not coded and p.low[at + 1] not in _NUMBERED_BODIES


def _names(p: Passage, at: int) -> bool:
    """Whether the noun after "No. 2" is a thing so numbered ("generator"), and no place ("exporter")."""
    roles = p.words[at].roles
    ranks = {"ordinal_roles.rank_nouns", "ordinal_roles.superlative", "stop.words"}
    return p.same_line(at) and p.text[at].islower() and p.low[at] not in _AFTER_RANK and not roles & ranks


_AFTER_RANK: Final = cues("after_rank")


def _numbered_noun(p: Passage, at: int) -> bool:
    """Whether a noun stands at a token, so that the number after it is its own."""
    roles = p.words[at].roles
    if p.text[at - 1] in HYPHENS and p.glued(at):
        return True  # "round-up"
    return p.text[at].isalpha() and not roles & {"stop.words", "ordinal_roles.rank_verbs", "hedges.between"}


def _line_start(p: Passage, at: int) -> int:
    """The first token of a line if only a few capital words stand before `at`, else `at` itself."""
    here = at - 1
    while here > at - _DECIDED_BY and not p.opens_line(here) and (p.capital(here - 1) or here == at - 1):
        here -= 1
    return here


def _counts(p: Passage, at: int) -> bool:
    """Whether what follows makes an amount of the number, so that a common noun before it does not point."""
    after, low = p.words[at + 1], p.low[at + 1]
    vocab = p.settings.vocabulary
    if "." in p.text[at] and "," in p.text[at]:
        return True
    if p.text[at] in ("1", "one") or not p.near(at + 1):
        return False
    if (
        after.scale is not None
        or after.currency is not None
        or low in vocab.short_any
        or low == "%"
        or (after.unit is not None and (after.plural or not vocab.english_plurals))
    ):
        return True
    if p.text[at - 1] == "(":
        return False
    if vocab.phrases["percent.signs"].after(p.low, at + 1) or vocab.measures.after(p.low, at + 1):
        return True
    if "," in p.text[at] and len(p.text[at].partition(",")[2]) == _SMALL:
        return True
    if not low.isalpha() or "stop.words" in after.roles:
        return False
    return (
        after.unit is None
        and "names.designators" not in after.roles
        and p.words[at + 2].unit is not None
        and p.words[at + 2].plural
    )


def _code(p: Passage, at: int) -> Draft:
    last = at + 1
    while p.same_line(last) and p.text[last].isalnum() and (p.words[last].digits or p.text[last].isupper()):
        last += 1
    return Draft(at, last, REFERENCE, modality=None)


def _continued(p: Passage, at: int) -> Draft | None:
    """The next number of a list that a pointer opened.

    "pages 12, 15 and 18", "risoluzioni 6-00112 e 7-00045".
    """
    if not p.drafts or p.drafts[-1].kind != REFERENCE:
        return None
    before = p.drafts[-1]
    between = at - before.last
    if not 1 <= between <= 2 or not p.near(at) or _counts(p, at) or is_year(p.text[at]):
        return None
    if p.words[at + 1].month is not None:
        return None  # "edition 2 of 30 September 2024"
    if between == 2 and not (
        p.text[at - 2] in ",;" and ("links.list" in p.words[at - 1].roles or p.text[at - 1] in "(")
    ):
        return None
    if between == 1 and p.text[at - 1] == ":" and is_year(p.text[before.first]) and p.text[at].isdecimal():
        return Draft(at, pointer_end(p, at), REFERENCE, modality=None)  # "(Ferri 2012: 301)"
    if (
        between == 1
        and p.text[at - 1] not in ",-–&/"
        and "links.list" not in p.words[at - 1].roles
        and p.low[at - 1] not in _LIST_OF_PAGES
    ):
        return None
    head = p.drafts[-1].first - 1
    while p.text[head] in (".", ":", "°"):
        head -= 1
    chained = p.drafts[-1].counted or "places.pointers" in p.words[head].roles
    if not chained or ("," in p.text[at] and "." in p.text[at]):
        return None
    after = p.words[at + 1]
    if (
        p.near(at + 1)
        and p.low[at + 1].isalpha()
        and "stop.words" not in after.roles
        and between == 1
        and p.text[at - 1] == ","
        and (
            after.unit is not None
            or p.low[at + 1] not in p.settings.vocabulary.phrases["places.pointers"].first
        )
    ):
        return None
    return Draft(at, pointer_end(p, at), REFERENCE, modality=None, counted=True)


def _cited(p: Passage, at: int) -> Draft | None:
    """Citation years: "(Ferri and Lund 2012, 301)", "(IISS, 2024; SIPRI, 2023)", "Ferri (2012) argues"."""
    text = p.text[at]
    year = is_year(text)
    if year is None:
        return None
    author = at - 1
    if p.text[author] == ",":
        author -= 1
    lettered = p.glued(at + 1) and p.text[at + 1] in _LETTERED
    if (lettered and p.capital(author) and not p.text[author].isupper()) or (
        p.text[at + 1] == "," and p.low[at + 2] in _PAGES
    ):
        return Draft(at, at + 1 + lettered, REFERENCE, modality=None, counted=True)
    named = (
        p.text[author].isalpha()
        and p.capital(author)
        and p.words[author].month is None
        and p.low[author] not in _NO_AUTHORS
    ) or (p.low[author] == "." and p.low[author - 1] == "al")
    if not named or not p.near(at):
        if (
            p.text[at - 1] == "("
            and p.near(at - 1)
            and (p.capital(at - 2) or (p.text[at - 2] == "." and p.low[at - 3] == "al"))
            and (
                (p.text[at + 1] == ")" and p.low[at + 2] in _SAYS)
                or (p.text[at + 1] in ",:" and p.text[at + 1] and p.low[at + 2] in _PAGED)
                or (p.text[at + 1] == ":" and p.words[at + 2].digits)
            )
        ):
            return Draft(at, at + 1, REFERENCE, modality=None)
        return None
    last = at + 1
    if p.glued(last) and len(p.text[last]) == 1 and p.text[last].isalpha():
        last += 1
    closes = p.text[last] in (")", ";", ":") or (
        p.text[last] == "," and (p.words[last + 1].digits or p.low[last + 1] in _PAGED)
    )
    if not closes:
        return None
    for back in range(1, 12):
        sign = p.text[author - back]
        if sign == "(" or (sign == ";" and p.drafts and p.drafts[-1].kind == REFERENCE):
            inside = p.words[author - back + 1 : author]
            if any(
                "stop.words" in w.roles and p.low[author - back + 1 + k] not in _BETWEEN_AUTHORS
                for k, w in enumerate(inside)
            ):
                return None
            return Draft(at, last, REFERENCE, modality=None, counted=True)
        if sign in (".", ")") and p.low[author - back - 1] != "al":
            return None
    return None


_SAYS: Final = cues("says")
_LETTERED: Final = frozenset("abcdef")
_PAGED: Final = cues("paged")


Rule = Callable[[Passage, int], Draft | None]

#: Rules that a mark right before or after the digits calls; most numbers have none and skip them.
_BY_MARK_BEFORE: Final[dict[str, tuple[Rule, ...]]] = {
    "#": (_hashed,),
    "/": (_filed,),
    "_": (_coded,),
    "(": (_year_in_code,),
    "-": (_paged,), "–": (_paged,), "—": (_paged,),
}  # fmt: skip
_BY_MARK_AFTER: Final[dict[str, tuple[Rule, ...]]] = {
    "-": (_coded, _tabled), "‐": (_coded, _tabled), "‑": (_coded, _tabled), "/": (_coded,), "_": (_coded,),
}  # fmt: skip
#: The others, in order of precedence.
_YEARS_ANYWHERE: Final[tuple[Rule, ...]] = (
    phone, _reported, _gazetted, _of_institution, _dated_by_its_law, _after_pointer, _continued, address,
    _cited, _dotted_clause,
)  # fmt: skip
#: Of these, the ones for digits that are no year, glued to what stands before them or not.
_GLUED_ANYWHERE: Final = tuple(
    rule for rule in (account, *_YEARS_ANYWHERE) if rule not in (_gazetted, _dated_by_its_law, _cited)
)
_ANYWHERE: Final = _GLUED_ANYWHERE[1:]
