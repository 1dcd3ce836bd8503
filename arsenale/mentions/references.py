"""References: numbers that only point somewhere, such as pages, laws, phones, addresses, notes and codes."""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001, RUF002 (the dashes and quotes of other people's texts are what this reads)

from decimal import Decimal
from typing import Final

from arsenale.mentions import layout
from arsenale.mentions.dates import is_year
from arsenale.mentions.model import OTHER, RANK, RATIO, REFERENCE
from arsenale.mentions.passage import DASHES, PAD, Draft, Passage
from arsenale.mentions.vocabulary import cues

_PHONES: Final = cues("phones")
_PHONE_PARTS: Final = frozenset("-/.()+–")
_CODES: Final = cues("codes")
_NOTE_MARK_AFTER: Final = frozenset('.,;:!?)]”"’»')
_DECIDED_BY: Final = 8
_POST_CODE: Final = 5
_SMALL: Final = 3
#: Tokens of an address; what is longer is none, and must not be walked again from every "@" in it.
_LONGEST_ADDRESS: Final = 120
_LONGEST_NAME: Final = 24
_ADDRESS_STARTS: Final = frozenset({"@", "http", "https", "www", "doi"})
_WEB: Final = frozenset({"http", "https", "www", "doi"})


def noted(p: Passage, at: int) -> Draft | None:
    """Numbers whose place on the page makes them references.

    Page numbers, running heads, note marks, list numbers.
    """
    line = p.line_of(at)
    role = layout.role(p, line)
    if role in (layout.PAGE, layout.HEAD):
        return _whole(p, at)
    return _note_mark(p, at) or _list_number(p, at, role)


def _whole(p: Passage, at: int) -> Draft:
    last = at + 1
    while p.glued(last) and (
        p.words[last].digits or (p.text[last] in "/-–" and p.words[last + 1].digits and p.glued(last + 1))
    ):
        last += 1
    return Draft(at, last, REFERENCE, modality=None)


def _note_mark(p: Passage, at: int) -> Draft | None:
    """A note number after a word or its stop ("equipment.23"), in brackets ("[12]") or in <sup>."""
    text = p.text[at]
    if not text.isdecimal() or len(text) > _SMALL:
        return None
    if (p.text[at - 1] == "[" and p.text[at + 1] == "]") or p.text[at - 1] == "^":
        return Draft(at, at + 1, REFERENCE, modality=None)
    if (
        p.text[at - 1] in ".,;:)"
        and p.text[at - 1]
        and p.glued(at)
        and p.glued(at - 1)
        and not p.glued(at + 1)
        and is_year(p.text[at - 2])
    ):
        return Draft(at, at + 1, REFERENCE, modality=None)  # "in 2023,1 the"
    if p.text[at - 1] == ">" and p.low[at - 2] == "sup":
        return Draft(at, at + 1, REFERENCE, modality=None)
    if (
        p.text[at - 1] in _NOTE_MARK_AFTER
        and p.text[at - 1]
        and p.glued(at)
        and p.glued(at - 1)
        and not p.glued(at + 1)
    ):
        before = p.text[at - 2]
        if (
            (
                before.isalpha()
                and len(before) > 1
                and "places.pointers" not in p.words[at - 2].roles
                and not p.elided(at - 2)
                and p.words[at - 2].month is None
            )
            or (p.text[at - 1] in '”"’»)' and before in '.,!?)”"’%')
            or (before in '”"’»)%' and p.text[at - 1] in ".,;:")
        ):
            return Draft(at, at + 1, REFERENCE, modality=None)
    return None


def _list_number(p: Passage, at: int, role: str) -> Draft | None:
    """The number that opens a list item, a heading or a note."""
    marked = p.text[at - 1] in _LIST_MARKS
    if not marked and p.chunk[p.end[at - 1] : p.start[at]] in ("", " ") and at > PAD:
        return None  # by far the most numbers: in the middle of a line
    if not p.opens_line(at) and not (marked and _opens_after_marks(p, at - 1)):
        return None
    text, after = p.text[at], p.text[at + 1]
    if role == layout.NOTE and text.isdecimal() and len(text) <= _SMALL:
        return Draft(at, at + 1, REFERENCE, modality=None)
    number = text.isdecimal() and len(text) <= 2
    if (
        number
        and after in (".", ")")
        and p.glued(at + 1)
        and not p.glued(at + 2)
        and "\n" not in p.gap(at + 2)
        and _begins_block(p, at)
    ):
        return Draft(at, at + 1, REFERENCE, modality=None)
    section = number or (
        len(text) <= 6 and text.replace(".", "").isdecimal() and "." in text and not text.startswith("0")
    )
    heading = p.text[at - 1] == "#" or (p.capital(at + 1) and _heads_section(p, at))
    if section and heading and p.text[at + 1] and (p.capital(at + 1) or p.text[at + 1] == "."):
        return Draft(at, at + 1, REFERENCE, modality=None)
    return None


_LIST_MARKS: Final = frozenset("(#*-•")


def _opens_after_marks(p: Passage, at: int) -> bool:
    while p.text[at] and p.text[at] in "(#*-•>" and not p.opens_line(at):
        at -= 1
    return p.opens_line(at)


def _begins_block(p: Passage, at: int) -> bool:
    """Whether the line before is blank or closed, so that a number here cannot continue its sentence."""
    before = p.line(p.line_of(at) - 1).strip()
    return not before or before[-1] in ".:;!?|" or before[:1].isdigit()


def _heads_section(p: Passage, at: int) -> bool:
    """Whether the line is a heading: short, set off by a blank line, without a closing stop."""
    number = p.line_of(at)
    line = p.line(number).strip()
    return (
        len(line) < 80
        and not line.endswith((".", ",", ";"))
        and not p.line(number - 1).strip()
        and (p.gap(at + 1) != "")
        and not p.words[at + 1].digits
        and (not p.line(number + 1).strip() or "  " in p.gap(at + 1) or "." in p.text[at])
    )


# ------------------------------------------------------------------ pointers


def pointed(p: Passage, at: int) -> Draft | None:
    """A number that a word before it makes a pointer: "page 6", "art. 12", "legge 21 luglio 2016, n. 145"."""
    return (
        _web(p, at)
        or _hashed(p, at)
        or _account(p, at)
        or _phone(p, at)
        or _reported(p, at)
        or _of_institution(p, at)
        or _dated_by_its_law(p, at)
        or _after_pointer(p, at)
        or _continued(p, at)
        or _address(p, at)
        or _cited(p, at)
        or _filed(p, at)
        or _tabled(p, at)
        or _dotted_clause(p, at)
    )


def web_spans(p: Passage) -> dict[int, tuple[int, int]]:
    """URLs, e-mail addresses and handles: for each token inside, the first and the one after the last.

    One pass over the tokens that can only stand there; the rest of the text is not looked at.
    """
    spans: dict[int, tuple[int, int]] = {}
    covered = 0
    starts = [at for at, low in enumerate(p.low) if low in _ADDRESS_STARTS]
    for at in starts:
        low = p.low[at]
        if at < covered:
            continue
        if low == "@":
            first, last = at, at + 1
            nearest = max(PAD, at - _LONGEST_NAME)
            while first > nearest and p.glued(first) and p.text[first - 1] not in "<(,;:[\"'":
                first -= 1
        elif low in _WEB and (p.text[at + 1] in (":", ".", "/")):
            first, last = at, at + 1
        else:
            continue
        last = covered = _end_of_address(p, last)
        for k in range(first, last):
            if p.words[k].trigger or p.words[k].digits:
                spans[k] = (first, last)
    return spans


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


def _end_of_address(p: Passage, at: int) -> int:
    limit = at + _LONGEST_ADDRESS
    while at < limit and p.text[at] and (p.glued(at) or (p.text[at - 1] in "/-_=&" and p.gap(at) == "\n")):
        if p.text[at] in '<>"”»()[]|' or (p.text[at] in ".,;:!?" and not p.glued(at + 1)):
            break
        at += 1
    return at


def _web(p: Passage, at: int) -> Draft | None:
    span = p.web.get(at)
    return None if span is None else Draft(max(span[0], p.drafts_end), span[1], REFERENCE, modality=None)


def _phone(p: Passage, at: int) -> Draft | None:
    """Reads "+39 06 5550 2214", "tel. 202-612-4400", "(+44) 20 7946 0000"."""
    first = at
    plus = p.text[at - 1] == "+" and p.glued(at)
    if plus:
        first = at - 1
    back = first - 1
    while p.text[back] in (".", ":", "(", "n", "+"):
        back -= 1
    called = p.low[back] in _PHONES and p.same_line(back + 1)
    if not plus and not called:
        return _north_american(p, at)
    last, groups = at + 1, 1
    while p.same_line(last) and p.text[last]:
        if p.text[last][0].isdecimal() and (called or plus) and "," not in p.text[last]:
            groups += 1
        elif not (
            p.text[last] in _PHONE_PARTS
            and (p.words[last + 1].digits or p.text[last + 1] == "(")
            and p.same_line(last + 1)
        ):
            break
        last += 1
    if (
        plus
        and not called
        and groups < 2
        and not (len(p.text[at]) > 7 or "places.pointers" in p.words[first - 1].roles)
    ):
        return None
    return Draft(first, last, REFERENCE, modality=None)


def _north_american(p: Passage, at: int) -> Draft | None:
    """Reads "202-555-0173", "(202) 555-0173": three, three and four digits."""
    area, here = p.text[at], at + 1
    if len(area) != 3 or not area.isdecimal() or area[0] in "01":
        return None
    bracketed = p.text[here] == ")" and p.text[at - 1] == "("
    if not bracketed and not (p.text[here] in _HYPHEN and p.glued(here) and p.glued(here + 1)):
        return None
    here += 1
    if (
        len(p.text[here]) == 3
        and p.text[here].isdecimal()
        and p.text[here + 1] in _HYPHEN
        and p.glued(here + 1)
        and p.glued(here + 2)
        and len(p.text[here + 2]) == 4
        and p.text[here + 2].isdecimal()
    ):
        return Draft(at, here + 3, REFERENCE, modality=None)
    return None


_HYPHEN: Final = frozenset("-‐‑–")


def _account(p: Passage, at: int) -> Draft | None:
    """Reads "IT60 X054 2811 1010 0000 0123 456": the letters of a country, two digits, and groups of four."""
    country = p.text[at - 1]
    if not (len(country) == 2 and country.isupper() and p.glued(at) and len(p.text[at]) == 2):
        return None
    last, length = at + 1, 0
    while last < at + _LONGEST_NAME and p.same_line(last) and p.text[last].isalnum():
        if not (p.words[last].digits or p.text[last].isupper()):
            break
        length += len(p.text[last])
        last += 1
    return Draft(at - 1, last, REFERENCE, modality=None) if length >= _ACCOUNT else None


_ACCOUNT: Final = 11


def _dated_by_its_law(p: Passage, at: int) -> Draft | None:
    """Reads "Security Act of 1951": the year of a law named with a capital."""
    if is_year(p.text[at]) is None or p.low[at - 1] not in ("of", "del") or not p.near(at):
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
    return Draft(at, _pointer_end(p, last), REFERENCE, modality=None)


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
    return Draft(at, _pointer_end(p, at), REFERENCE, modality=None)


def _filed(p: Passage, at: int) -> Draft | None:
    """Reads "PG/2025/398112": capitals, and numbers between strokes."""
    if not (p.text[at - 1] == "/" and p.glued(at) and p.glued(at - 1) and p.text[at - 2].isupper()):
        return None
    if not (p.text[at + 1] == "/" and p.glued(at + 1) and p.words[at + 2].digits and p.glued(at + 2)):
        return None
    return Draft(max(at - 2, p.drafts_end), _pointer_end(p, at), REFERENCE, modality=None)


def _tabled(p: Passage, at: int) -> Draft | None:
    """Reads "4-02817", "7-00045/8-00012": parliaments number their acts by kind and five digits."""
    last = at
    while (
        len(p.text[last]) == 1
        and p.text[last + 1] in _HYPHEN
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
    for before in reversed(p.drafts[-4:]):
        if at - before.last > _LONGEST_NAME:
            break
        if before.kind == REFERENCE and "." in p.text[before.first] and not p.words[at + 1].scale:
            return Draft(at, _pointer_end(p, at), REFERENCE, modality=None)
    return None


def _after_pointer(p: Passage, at: int) -> Draft | None:
    vocab = p.settings.vocabulary
    pointers = vocab.phrases["places.pointers"]
    before = at - 1
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
    if vocab.phrases["places.number_signs"].before(p.low, before) >= 0 and _ranks(p, first, at):
        place = Decimal(p.text[at])
        return Draft(first, at + 1, RANK, place, place)
    if vocab.phrases["places.weak"].before(p.low, before) == first and _counts(p, at):
        return None
    if len(name) == 1 and name.isalpha() and p.text[first].isupper() and p.text[before] != ".":
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
    return Draft(at, _pointer_end(p, at), REFERENCE, modality=None)


_DOTTED: Final = cues("dotted")


def _ranks(p: Passage, first: int, at: int) -> bool:
    """Whether "No. 10" is a place in a ranking: nothing before it in the sentence can be numbered."""
    if (
        p.settings.vocabulary.glued_numerals
        or layout.role(p, p.line_of(at)) == layout.NOTE
        or not p.text[at].isdecimal()
        or len(p.text[at]) > _SMALL
    ):
        return False
    for back in range(1, _DECIDED_BY + 1):
        roles = p.words[first - back].roles
        if p.ends_sentence(first - back) and p.low[first - back] != ".":
            break
        if "places.pointers" in roles and p.low[first - back] not in (
            "a",
            "com",
            "head",
            "en",
            "in",
            "id",
            "panel",
            "part",
            "line",
        ):
            return False
        if (
            p.words[first - back].unit in ("document", "contract")
            or "names.designators" in roles
            or p.text[first - back] in ("RAF", "Squadron")
        ):
            return False
    if p.text[first - 1] in (",", "|", "–") and p.capital(first - 2) and p.opens_line(_line_start(p, first)):
        return False  # "Monthly Pulse, No. 58" opens its line: the number of an issue
    after = p.text[at + 1]
    return not (after == "/" and p.glued(at + 1)) and p.low[at + 1] not in ("squadron", "sqn", "wing")


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


def _pointer_end(p: Passage, at: int) -> int:
    """Index after a pointed number with its glued parts, range, subsection and its law's own number."""
    last = at + 1
    while True:
        text = p.text[last]
        if not text:
            return last
        tail_digits = p.words[last + 1].digits
        if (p.glued(last) and (text.isalnum() or p.words[last].digits)) or (
            p.glued(last)
            and (text in DASHES or text in "/.")
            and text
            and p.glued(last + 1)
            and (tail_digits or p.text[last + 1].isalnum())
        ):
            last += 1
        elif (
            p.glued(last) and text == "(" and p.text[last + 2] == ")" and len(p.text[last + 1]) <= _SMALL
        ) or (text == "(" and is_year(p.text[last + 1]) and p.text[last + 2] == ")" and p.same_line(last)):
            last += 3
        elif text in "°ºª" and p.glued(last):
            last += 1
        elif text in "–-" and p.near(last) and tail_digits and not p.glued(last):
            last += 2
        else:
            return _law_number(p, at, last)


def _law_number(p: Passage, at: int, last: int) -> int:
    """Reads "21 luglio 2016, n. 145": the date of a law and its number are one reference."""
    if p.words[last].month is not None and p.near(last) and p.words[last + 1].digits:
        last += 2
    here = last
    if p.text[here] == ",":
        here += 1
    sign = p.settings.vocabulary.phrases["places.number_signs"].after(p.low, here)
    if sign and last > at + 1 and p.words[sign].digits:
        last = sign + 1
        while p.text[last] == "/" and p.words[last + 1].digits:
            last += 2
    elif (
        p.low[last] in ("of", "del")
        and last == at + 1
        and any("places.laws" in p.words[at - k].roles for k in (1, 2, 3, 4))
        and p.words[last + 1].digits
        and p.words[last + 2].month is not None
        and is_year(p.text[last + 3])
    ):
        last += 4
    return last


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
    if between == 2 and not (
        p.text[at - 2] in ",;" and ("links.list" in p.words[at - 1].roles or p.text[at - 1] in "(")
    ):
        return None
    if between == 1 and p.text[at - 1] == ":" and is_year(p.text[before.first]) and p.text[at].isdecimal():
        return Draft(at, _pointer_end(p, at), REFERENCE, modality=None)  # "(Ferri 2012: 301)"
    if (
        between == 1
        and p.text[at - 1] not in ",-–&/"
        and "links.list" not in p.words[at - 1].roles
        and p.low[at - 1] not in ("to", "of", "di", "a", "al")
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
    return Draft(at, _pointer_end(p, at), REFERENCE, modality=None, counted=True)


# ------------------------------------------------------------------ addresses and citations


def _address(p: Passage, at: int) -> Draft | None:
    """House numbers and post codes.

    "Via Aurelia 133", "1600 Pennsylvania Avenue", "00187 Roma", "DC 20008".
    """
    text = p.text[at]
    if not text.isdecimal() or len(text) > _POST_CODE:
        return None
    streets = p.settings.vocabulary.phrases["places.streets"].first
    before = p.settings.vocabulary.phrases["places.streets_before"].first
    if p.settings.vocabulary.head_last and (p.capital(at + 1) or p.words[at + 1].digits or p.glued(at + 1)):
        for ahead in range(2, 6):
            if (
                p.low[at + ahead] in streets
                and p.capital(at + ahead)
                and len(p.low[at + ahead]) > 1
                and all(
                    p.capital(at + k)
                    or p.words[at + k].ordinal
                    or p.words[at + k].digits
                    or p.low[at + k] in ("th", "st", "nd", "rd")
                    for k in range(1, ahead)
                )
                and p.same_line(at + 1)
            ):
                return Draft(at, at + 1, REFERENCE, modality=None)
            if not p.same_line(at + ahead) or p.text[at + ahead] in ",.;":
                break
    named = p.capital(at - 1) or p.text[at - 1] in ",.'’" or p.low[at - 1] == "n"
    for back in range(1, 7 if named else 1):
        low = p.low[at - back]
        if not p.same_line(at - back + 1):
            break
        if (
            low in before
            and back > 1
            and (
                p.capital(at - back)
                or (
                    "places.streets_surely" in p.words[at - back].roles
                    and _capital_within(p, at - back + 1, at)
                )
            )
        ):
            return Draft(at, _pointer_end(p, at), REFERENCE, modality=None)
        if not (
            p.capital(at - back)
            or low
            in ("di", "della", "dei", "del", "delle", "san", "degli", "dell", "'", "’", ",", "n", ".", "d")
        ):
            break
    if len(text) == _POST_CODE:
        town = p.capital(at + 1) and p.same_line(at + 1) and p.words[at + 1].unit is None
        opened = p.text[at - 1] in (",", "-", "–", "(", "") or p.opens_line(at)
        state = p.text[at - 1].isupper() and len(p.text[at - 1]) == 2 and p.same_line(at)
        if text[0] == "0" or (town and opened) or state:
            return Draft(at, at + 1, REFERENCE, modality=None)
    return None


def _capital_within(p: Passage, first: int, last: int) -> bool:
    return any(p.capital(k) for k in range(first, last))


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
    if (lettered and p.capital(author)) or (p.text[at + 1] == "," and p.low[at + 2] in ("pp", "pagg")):
        return Draft(at, at + 1 + lettered, REFERENCE, modality=None, counted=True)
    named = (
        p.text[author].isalpha()
        and p.capital(author)
        and p.words[author].month is None
        and p.low[author] not in ("in", "since", "from", "fy")
    ) or (p.low[author] == "." and p.low[author - 1] == "al")
    if not named or not p.near(at):
        if (
            p.text[at - 1] == "("
            and p.near(at - 1)
            and p.capital(at - 2)
            and (
                (p.text[at + 1] == ")" and p.low[at + 2] in _SAYS)
                or (p.text[at + 1] in ",:" and p.text[at + 1] and p.low[at + 2] in _PAGED)
            )
        ):
            return Draft(at, at + 1, REFERENCE, modality=None)
        return None
    last = at + 1
    if p.glued(last) and len(p.text[last]) == 1 and p.text[last].isalpha():
        last += 1
    closes = p.text[last] in (")", ";", ":") or (
        p.text[last] == ","
        and (p.words[last + 1].digits or p.low[last + 1] in ("p", "pp", "pag", "ch", "cap", "sec", "vol"))
    )
    if not closes:
        return None
    for back in range(1, 12):
        sign = p.text[author - back]
        if sign == "(" or (sign == ";" and p.drafts and p.drafts[-1].kind == REFERENCE):
            inside = p.words[author - back + 1 : author]
            if any(
                "stop.words" in w.roles
                and p.low[author - back + 1 + k] not in ("and", "e", "et", "see", "di", "in", "also")
                for k, w in enumerate(inside)
            ):
                return None
            return Draft(at, last, REFERENCE, modality=None, counted=True)
        if sign in (".", ")") and p.low[author - back - 1] != "al":
            return None
    return None


_SAYS: Final = cues("says")
_LETTERED: Final = frozenset("abcdef")
_PAGED: Final = frozenset({"p", "pp", "pag", "pagg", "ch", "cap", "sec", "vol"})


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
            and p.low[at + 3] in ("of", "dei", "del", "delle", "degli", "della")
        ):
            return Draft(at, at + 3, RATIO)
        return Draft(at, _pointer_end(p, at), REFERENCE, modality=None)
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


def clock(p: Passage, at: int) -> Draft | None:
    """Reads "1800 hrs", "9.30 a.m.", "ore 15.30", "0900 GMT"."""
    phrases = p.settings.vocabulary.phrases
    after = phrases["clock.after"].after(p.low, at + 1)
    if after and p.near(at + 1) and p.text[at].replace(".", "").isdecimal() and len(p.text[at]) <= _POST_CODE:
        return Draft(at, after, OTHER, modality=None)
    before = p.low[at - 1]
    if (
        before in ("ore", "h")
        and p.same_line(at)
        and not p.glued(at)
        and len(p.text[at]) <= _POST_CODE
        and p.text[at].replace(".", "").isdecimal()
        and p.words[at - 2].number is None
        and not p.words[at - 2].digits
    ):
        return Draft(at, at + 1, OTHER, modality=None)
    if (
        before in ("alle", "dalle")
        and p.text[at].count(".") == 1
        and len(p.text[at].partition(".")[2]) == 2
        and len(p.text[at]) <= _POST_CODE
        and p.low[at + 1] not in ("per", "%", "miliardi", "milioni")
    ):
        return Draft(at, at + 1, OTHER, modality=None)
    return None
