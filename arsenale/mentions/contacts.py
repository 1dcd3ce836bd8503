"""Numbers that reach somebody: web addresses, phones, bank accounts, streets and post codes."""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from bisect import bisect_left
from typing import Final

from arsenale.mentions.extent import pointer_end
from arsenale.mentions.model import REFERENCE
from arsenale.mentions.passage import PAD, Draft, Passage
from arsenale.mentions.vocabulary import cues

_LONGEST_NAME: Final = 24
_POST_CODE: Final = 5

_PHONES: Final = cues("phones")
_PHONE_PARTS: Final = frozenset("-/.()+–")
#: Tokens of an address; what is longer is none, and must not be walked again from every "@" in it.
_LONGEST_ADDRESS: Final = 120
_ADDRESS_STARTS: Final = frozenset({"@", "http", "https", "www", "doi"})
#: A page without "https": "example.org/archive/150".
_HOST: Final = re.compile(r"(?<![\w@./-])[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+(?=/[\w/.?=&%-]*\d)")
_WEB: Final = frozenset({"http", "https", "www", "doi"})


def web_spans(p: Passage) -> dict[int, tuple[int, int]]:
    """URLs, e-mail addresses and handles: for each token inside, the first and the one after the last.

    One pass over the tokens that can only stand there; the rest of the text is not looked at.
    """
    spans: dict[int, tuple[int, int]] = {}
    covered = 0
    lowered = p.chunk.lower()
    written = any(start in lowered for start in _ADDRESS_STARTS)
    starts = [at for at, low in enumerate(p.low) if low in _ADDRESS_STARTS] if written else []
    hosts = [bisect_left(p.start, found.start(), PAD, p.size) for found in _HOST.finditer(p.chunk)]
    starts = sorted({*starts, *hosts}) if hosts else starts
    for at in starts:
        low = p.low[at]
        if at < covered:
            continue
        if low == "@":
            first, last = at, at + 1
            nearest = max(PAD, at - _LONGEST_NAME)
            while first > nearest and p.glued(first) and p.text[first - 1] not in "<(,;:[\"'":
                first -= 1
        elif (low in _WEB and p.text[at + 1] in (":", ".", "/")) or at in hosts:
            first, last = at, at + 1
        else:
            continue
        last = covered = _end_of_address(p, last)
        for k in range(first, last):
            if p.words[k].trigger or p.words[k].digits:
                spans[k] = (first, last)
    return spans


def _end_of_address(p: Passage, at: int) -> int:
    limit = at + _LONGEST_ADDRESS
    while at < limit and p.text[at] and (p.glued(at) or (p.text[at - 1] in "/-_=&" and p.gap(at) == "\n")):
        if p.text[at] in '<>"”»()[]|' or (p.text[at] in ".,;:!?" and not p.glued(at + 1)):
            break
        at += 1
    return at


def web(p: Passage, at: int) -> Draft | None:
    """The whole of a web address, e-mail address or handle that holds the digits."""
    span = p.web.get(at)
    return None if span is None else Draft(max(span[0], p.drafts_end), span[1], REFERENCE, modality=None)


def phone(p: Passage, at: int) -> Draft | None:
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
        return _north_american(p, at) or _grouped(p, at) or _posted(p, at)
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


def _grouped(p: Passage, at: int) -> Draft | None:
    """Reads "00870 773 555 019": digits that begin with a zero, in three groups or more."""
    if p.text[at][0] != "0" or not p.text[at].isdecimal() or len(p.text[at]) < _AREA:
        return None
    last = at + 1
    while p.text[last].isdecimal() and p.gap(last) == " " and len(p.text[last]) <= _POST_CODE:
        last += 1
    return Draft(at, last, REFERENCE, modality=None) if last - at > _AREA else None


_AREA: Final = 2


def _posted(p: Passage, at: int) -> Draft | None:
    """Reads "Tokyo 162-8801": a post code of two groups after a town."""
    if not (p.capital(at - 1) and p.same_line(at) and len(p.text[at]) == 3 and p.text[at].isdecimal()):
        return None
    end = at + 2
    grouped = p.text[at + 1] == "-" and p.glued(at + 1) and p.glued(end) and len(p.text[end]) == 4
    return Draft(at, end + 1, REFERENCE, modality=None) if grouped and p.text[end].isdecimal() else None


def _north_american(p: Passage, at: int) -> Draft | None:
    """Reads "202-555-0173", "(202) 555-0173": three, three and four digits."""
    area, here = p.text[at], at + 1
    if len(area) != 3 or not area.isdecimal() or area[0] in "01":
        return None
    bracketed = p.text[here] == ")" and p.text[at - 1] == "("
    if not bracketed and not (p.text[here] in HYPHEN and p.glued(here) and p.glued(here + 1)):
        return None
    here += 1
    if (
        len(p.text[here]) == 3
        and p.text[here].isdecimal()
        and p.text[here + 1] in HYPHEN
        and p.glued(here + 1)
        and p.glued(here + 2)
        and len(p.text[here + 2]) == 4
        and p.text[here + 2].isdecimal()
    ):
        return Draft(at, here + 3, REFERENCE, modality=None)
    return None


HYPHEN: Final = frozenset("-‐‑–")


def account(p: Passage, at: int) -> Draft | None:
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


# ------------------------------------------------------------------ addresses and citations


def address(p: Passage, at: int) -> Draft | None:
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
                    or p.low[at + k] in cues("ordinal_suffixes")
                    for k in range(1, ahead)
                )
                and p.same_line(at + 1)
            ):
                return Draft(at, at + 1, REFERENCE, modality=None)
            if not p.same_line(at + ahead) or p.text[at + ahead] in ",.;":
                break
    if p.capital(at - 1) and p.low[at - 1].endswith(_STREET_ENDINGS) and p.same_line(at):
        return Draft(at, pointer_end(p, at), REFERENCE, modality=None)  # "Hiroshimastrasse 1"
    named = p.capital(at - 1) or p.text[at - 1] in ",.'’" or p.low[at - 1] == "n"
    for back in range(1, 7 if named else 1):
        low = p.low[at - back]
        if not p.same_line(at - back + 1):
            break
        if (
            low in before
            and (back > 1 or (p.capital(at - 1) and p.capital(at - 2) and p.near(at - 1)))
            and (
                p.capital(at - back)
                or (
                    "places.streets_surely" in p.words[at - back].roles
                    and _capital_within(p, at - back + 1, at)
                )
            )
        ):
            return Draft(at, pointer_end(p, at), REFERENCE, modality=None)
        if not (p.capital(at - back) or low in _IN_STREET_NAMES):
            break
    if len(text) == _POST_CODE:
        town = p.capital(at + 1) and p.same_line(at + 1) and p.words[at + 1].unit is None
        opened = p.text[at - 1] in (",", "-", "–", "(", "") or p.opens_line(at)
        state = p.text[at - 1].isupper() and len(p.text[at - 1]) == 2 and p.same_line(at)
        if text[0] == "0" or (town and opened) or state:
            return Draft(at, at + 1, REFERENCE, modality=None)
    return None


_IN_STREET_NAMES: Final = cues("in_street_names") | {"'", "’", ",", "."}
#: How streets are called in one word with their name: "Hiroshimastrasse".
_STREET_ENDINGS: Final = (
    "strasse", "straße", "gasse", "gatan", "platz", "allee", "straat", "laan", "plein", "vej",
)  # fmt: skip


def _capital_within(p: Passage, first: int, last: int) -> bool:
    return any(p.capital(k) for k in range(first, last))
