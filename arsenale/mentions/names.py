"""Designations: numbers inside names, such as F-35, Type 26, 76 mm, 8° reggimento, G20, «Riarmo 2030»."""

# ruff: noqa: PLR0911, PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from typing import Final

from arsenale.mentions.dates import is_year
from arsenale.mentions.model import DESIGNATION, MONEY, PERCENT, QUANTITY
from arsenale.mentions.passage import HYPHENS, PAD, Draft, Passage
from arsenale.mentions.vocabulary import cues, currencies, word_set

_IN_BY: Final = cues("in_by")
_SMALL_DESIGNATORS: Final = cues("small_designators")
_YEARLY_AFTER_CAPITAL: Final = cues("yearly_after_capital")

_JOINTS: Final = frozenset("-‐‑/.+")
_QUOTES: Final = frozenset("«“\"‘'")
_CLOSING: Final = frozenset("»”\"’'")
_NOT_A_PREFIX: Final = cues("no_prefix")
#: Letters that, alone and capital before digits, are painted on a hull.
_HULLS: Final = word_set(
    """F D A L M P S Y R C DDG FFG FFH CVN CV LHD LPD LHA LCS SSN SSBN CG DD FF K Q HMS OPV MHC BRF"""
)
_CALIBRES: Final = word_set(
    """20 23 25 27 30 35 37 40 45 57 60 75 76 81 82 88 90 100 102 105 106 114 115 120 122 125 127 130 135
    140 149 152 155 175 180 203 210 305 381 406"""
)
_CALIBRE_WORDS: Final = cues("calibre_words")
_LONGEST_CALIBRE: Final = 100
#: Letters of a name in capitals that a small number closes: "STEADFAST 24".
_LONGEST_WORD: Final = 12
_REACH: Final = 9
_DETERMINERS: Final = cues("determiners")
_SMALL: Final = 3
#: Letters glued after digits that measure or count instead of naming.
_SUFFIXES: Final = cues("suffixes")


def designation(p: Passage, at: int) -> Draft | None:
    """The name that holds the digits at a token, if a name does."""
    return (
        _calibre(p, at)
        or _gun_of(p, at)
        or _calibre_again(p, at)
        or _clustered(p, at)
        or _counted_name(p, at)
        or _foreign_day(p, at)
        or _of_a_type(p, at)
        or _sum_of_digits(p, at)
        or _after_designator(p, at)
        or _named_on(p, at)
        or _hull(p, at)
        or _quoted(p, at)
    )


def named_year(p: Passage, at: int) -> Draft | None:
    """A year that belongs to a name: «Riarmo 2030», "Vision 2030", "PzH 2000"; tried before dates."""
    if is_year(p.text[at]) is None or (p.glued(at) and p.text[at - 1][-1:].isalpha()):
        return None
    return _after_designator(p, at) or _of_a_type(p, at) or _quoted(p, at)


def _extended(p: Passage, at: int) -> int:
    """Index after the glued letters, digits and joints that continue a name: "72M1", "244/S", "209/1400"."""
    while p.glued(at) and p.text[at]:
        if p.text[at].isalnum() or p.words[at].digits:
            at += 1
        elif (
            p.text[at] in _JOINTS
            and p.glued(at + 1)
            and (
                p.words[at + 1].digits
                or (p.text[at + 1].isalnum() and (p.capital(at + 1) and len(p.text[at + 1]) <= _SMALL))
            )
        ):
            at += 2
        else:
            break
    return at


def _clustered(p: Passage, at: int) -> Draft | None:
    """Digits glued or hyphened to letters: "T129", "MiG-29", "U-212", "2A8", "4x4"."""
    if p.text[at - 1] in "€$£¥₹₺" and p.text[at - 1]:
        return None
    after = at + 1
    glued_after = p.glued(after) and p.text[after][:1].isalpha()
    if (
        p.glued(at)
        and p.text[at - 1][-1:].isalpha()
        and p.text[at - 1] not in currencies()["codes"] | set(currencies()["aliases"])
        and (p.low[at - 1] not in _NOT_A_PREFIX or _lone_capital(p.text[at - 1]))
    ):
        return Draft(_opened(p, at - 1), _extended(p, after), DESIGNATION, modality=None)
    joint = p.text[at - 1]
    if joint and joint in "-‐‑/" and p.glued(at) and p.glued(at - 1):
        prefix = p.text[at - 2]
        if (
            prefix.isalpha()
            and (not prefix.islower() or "names.designators" in p.words[at - 2].roles)
            and (p.low[at - 2] not in _NOT_A_PREFIX or _lone_capital(prefix))
            and p.words[at - 2].number is None
            and p.words[at - 2].month is None
        ):
            return Draft(_opened(p, at - 2), _extended(p, after), DESIGNATION, modality=None)
    if joint == "." and p.glued(at) and p.glued(at - 1) and len(p.text[at - 2]) == 1 and p.capital(at - 2):
        return Draft(at - 2, _extended(p, after), DESIGNATION, modality=None)  # "C.60"
    if glued_after and p.text[after].isupper() and p.words[after + 1].digits and p.glued(after + 1):
        return Draft(_named_before(p, at), _extended(p, after), DESIGNATION, modality=None)  # "2S19"
    if (
        glued_after
        and p.low[after] not in _SUFFIXES
        and p.words[after].unit is None
        and p.words[after].scale is None
    ):
        if p.low[after] in ("a", "b", "c", "d") and is_year(p.text[at]) and p.text[after].islower():
            return Draft(at, after + 1, DESIGNATION, modality=None)
        return Draft(_named_before(p, at), _extended(p, after), DESIGNATION, modality=None)
    if (
        glued_after
        and p.low[after] in ("x", "d", "g")
        and (p.words[after + 1].digits or p.text[after] in "DG")
    ):
        if p.low[after] == "x" and p.low[after + 2] == "mm":
            return (
                None
                if len(p.text[at]) <= 2 and "." not in p.text[at] and p.text[at + 2] in _CALIBRES
                else Draft(at, after + 3, DESIGNATION, modality=None)
            )
        if p.low[after] == "x" and not p.glued(after + 1):
            return None
        return Draft(at, _extended(p, after), DESIGNATION, modality=None)
    return None


def _lone_capital(text: str) -> bool:
    """Whether a prefix is one capital letter, as in "P-8" and "L-400"; "p" and "n" otherwise point."""
    return len(text) == 1 and text.isupper()


def _opened(p: Passage, first: int) -> int:
    """Index of the first token of a name whose letters begin at `first`: "AN/SPY-6", "C-130J", "X-TAR 3D"."""
    while (
        first > PAD
        and first > p.drafts_end
        and p.glued(first)
        and (
            p.text[first - 1].isalnum()
            or (p.text[first - 1] in "-/&" and p.glued(first - 1) and p.text[first - 2].isalnum())
        )
    ):
        first -= 1 if p.text[first - 1].isalnum() else 2
    return max(first, p.drafts_end)


def _named_before(p: Passage, at: int) -> int:
    """Reads "Leopard 2A8": the name before a cluster of digits and letters stands inside."""
    before = at - 1
    if (
        p.near(at)
        and p.capital(before)
        and p.text[before].isalpha()
        and before >= p.drafts_end
        and "names.designators" in p.words[before].roles
    ):
        return before
    return at


def _calibre(p: Passage, at: int) -> Draft | None:
    """Reads "76 mm", "155 mm/52", "127/64", "5.56x45mm": a calibre names a gun."""
    last = at + 1
    if p.text[at - 1] == "." and p.glued(at) and not p.glued(at - 1) and p.low[last] in _CALIBRE_WORDS:
        return Draft(at, at + 1, DESIGNATION, modality=None)  # ".50 calibre"
    if p.low[last] in "-‑" and p.low[last] and p.glued(last) and p.low[last + 1] == "mm":
        last += 1
    if p.low[last] == "mm" and p.near(last) and not (p.glued(last + 1) and p.words[last + 1].digits):
        last += 1
        if p.text[last] == "/" and p.glued(last) and p.words[last + 1].digits:
            last += 2
        return Draft(at, last, DESIGNATION, modality=None)
    if p.text[last] in HYPHENS and p.low[last + 1] == "inch" and p.glued(last) and p.glued(last + 1):
        # "nine 15-inch guns, twelve 6-inch": a length that is counted, or that a gun has
        counted = p.words[at - 1].number is not None or p.words[at - 1].digits
        if (counted and p.near(at)) or p.words[last + 2].unit in ("gun", "munition", "system"):
            return Draft(at, last + 2, DESIGNATION, modality=None)
    if p.text[at] in _CALIBRES and p.text[last] in ("/", "-") and p.glued(last) and p.glued(last + 1):
        length = p.text[last + 1]
        if (
            p.text[last] == "/"
            and length.isdecimal()
            and len(length) == 2
            and 16 <= int(length) <= _LONGEST_CALIBRE
            and "places.pointers" not in p.words[at - 1].roles
            and p.low[at - 1] != "."
        ):
            last += 2
            if p.low[last] == "mm":
                last += 1
            return Draft(at, last, DESIGNATION, modality=None)
        if p.low[last + 1] in ("inch", "pounder") and p.text[last] == "-":
            return Draft(at, last + 2, DESIGNATION, modality=None)
    return None


def _gun_of(p: Passage, at: int) -> Draft | None:
    """Reads "cannone da 76", "RCH 155 howitzers", "uno da 127/64 e due da 76": no millimetres follow."""
    if (
        p.text[at] in _CALIBRES
        and p.words[at + 1].unit in ("gun", "munition")
        and p.text[at - 1].isupper()
        and len(p.text[at - 1]) > 1
        and p.same_line(at)
        and not p.words[at - 1].digits
    ):
        return Draft(at, at + 1, DESIGNATION, modality=None)
    if p.text[at] not in _CALIBRES or "names.of_calibre" not in p.words[at - 1].roles or not p.near(at):
        return None
    if p.words[at - 2].unit in ("gun", "munition"):
        return Draft(at, at + 1, DESIGNATION, modality=None)
    for before in p.drafts[-2:]:
        if before.kind == DESIGNATION and p.text[before.first] in _CALIBRES and at - before.first < _REACH:
            return Draft(at, at + 1, DESIGNATION, modality=None)
    return None


def _calibre_again(p: Passage, at: int) -> Draft | None:
    """Reads "il 76/62 …; il 127, più grosso": a gun called by its calibre once another has been."""
    if p.text[at] not in _CALIBRES or p.low[at - 1] not in _DETERMINERS or len(p.text[at]) < _SMALL:
        return None
    after = p.words[at + 1]
    if p.near(at + 1) and p.low[at + 1].isalpha() and "stop.words" not in after.roles:
        return None
    for before in p.drafts[-2:]:
        if (
            before.kind == DESIGNATION
            and p.text[before.first] in _CALIBRES
            and at - before.first < _CALIBRE_REACH
        ):
            return Draft(at, at + 1, DESIGNATION, modality=None)
    return None


#: What can follow a name in quotes: "Riarmo 2030", "Industry 4.0".
_VERSION: Final = re.compile(r"\d+(?:\.\d)?$")
_CALIBRE_REACH: Final = 30


def _counted_name(p: Passage, at: int) -> Draft | None:
    """Reads "12 NASAMS 3 launchers", "2 Saab 340": the number of a name that is itself counted."""
    name = at - 1
    count = p.words[name - 1]
    if not (count.digits or count.number is not None) or not (p.near(name) and p.same_line(at)):
        return None
    if is_year(p.text[name - 1]) or p.words[name].month is not None or not p.text[at].isdecimal():
        return None
    if p.text[name - 2] == "/" or (p.near(at + 1) and p.capital(at + 1)):
        return None  # "3/7 Abbiamo 26 F-35"
    model = p.text[name].isupper() and len(p.text[name]) > 1 and len(p.text[at]) == 1
    maker = p.capital(name) and p.words[name].unit is None and len(p.text[name]) > _SMALL
    maker = maker and not (p.near(at + 1) and p.words[at + 1].unit is not None and p.words[at + 1].plural)
    return Draft(at, at + 1, DESIGNATION, modality=None) if model or maker else None


def _of_a_type(p: Passage, at: int) -> Draft | None:
    """Reads "torpedoes of the Tp 62 type", "navi classe Orion 3": a name and its number beside "type"."""
    name = at - 1
    if not (p.capital(name) and p.text[name].isalpha() and p.same_line(at) and p.text[at].isdecimal()):
        return None
    if p.words[name].month is not None or name < p.drafts_end:
        return None
    if is_year(p.text[at]) and not p.settings.vocabulary.head_last:
        return None
    beside = at + 1 if p.settings.vocabulary.head_last else name - 1
    if p.low[beside] not in _TYPES or not p.near(max(at, beside)) or "places.pointers" in p.words[name].roles:
        return None
    return Draft(name, _extended(p, at + 1), DESIGNATION, modality=None)


_TYPES: Final = cues("types")


def _foreign_day(p: Passage, at: int) -> Draft | None:
    """Reads "the 25 de Mayo": a ship or a street named after a day in another language."""
    if p.low[at + 1] not in _FOREIGN_OF or not p.capital(at + 2) or not p.same_line(at + 2):
        return None
    return Draft(at, at + 3, DESIGNATION, modality=None)


_FOREIGN_OF: Final = cues("foreign_of")


def _sum_of_digits(p: Passage, at: int) -> Draft | None:
    """Reads "5+5", "24/7"."""
    if p.text[at + 1] == "+" and p.glued(at + 1) and p.glued(at + 2) and p.words[at + 2].digits:
        return Draft(at, at + 3, DESIGNATION, modality=None)
    if p.text[at] == "24" and p.text[at + 1] == "/" and p.text[at + 2] == "7" and p.glued(at + 2):
        return Draft(at, at + 3, DESIGNATION, modality=None)
    return None


def _counts_something(p: Passage, at: int) -> bool:
    """Whether what follows the digits makes an amount of them."""
    after = p.words[at + 1]
    if not p.near(at + 1):
        return False
    if (
        after.scale is not None
        or after.currency is not None
        or p.text[at + 1] in "%€$£"
        or p.low[at + 1] in p.settings.vocabulary.short_any
    ):
        return True
    return bool(p.settings.vocabulary.phrases["percent.signs"].after(p.low, at + 1))


def _after_designator(p: Passage, at: int) -> Draft | None:
    """A number right after a word that takes numbers into names.

    "Type 26", "Mk 41", "Group of 77", "Agenda 2030".
    """
    if not p.near(at) or _counts_something(p, at) or "," in p.text[at]:
        return None
    vocab = p.settings.vocabulary
    before = at - 1
    if p.text[before] == "-" and p.glued(at):
        before -= 1
    phrase_end = at - 1
    first = vocab.phrases["names.designators"].before(p.low, phrase_end)
    if first < 0 and before != phrase_end:
        first = vocab.phrases["names.designators"].before(p.low, before)
    if first < 0 or first < p.drafts_end:
        return None
    capital = p.text[first][:1].isupper()
    if not capital and (vocab.phrases["names.capital_only"].before(p.low, before) >= 0 or first == before):
        graded = (
            p.low[first] in _GRADES
            and p.text[at].isdecimal()
            and len(p.text[at]) == 1
            and p.words[at + 1].unit is None
        )
        listed_small = graded or p.low[first] in _SMALL_DESIGNATORS
        if not listed_small:
            return None
    if is_year(p.text[at]) and not _names_a_year(p, first, at):
        return None
    after = p.words[at + 1]
    if (
        vocab.phrases["names.capital_only"].before(p.low, before) >= 0
        and after.unit is not None
        and after.plural
        and _opens_sentence(p, first)
        and p.near(at + 1)
    ):
        return None
    return Draft(first, _extended(p, at + 1), DESIGNATION, modality=None)


def _named_on(p: Passage, at: int) -> Draft | None:
    """Reads "Squadrons 201 and 120": the next number of a list that a noun in the plural opened."""
    before = p.drafts[-1] if p.drafts else None
    if before is None or before.kind != DESIGNATION or not p.text[at].isdecimal() or is_year(p.text[at]):
        return None
    linked = p.text[at - 1] == "," or "links.and" in p.words[at - 1].roles
    opened = "names.plural_designators" in p.words[before.first].roles and before.last - before.first > 1
    listed = opened or before.counted
    if not (linked and listed and before.last == at - 1) or _counts_something(p, at):
        return None
    return Draft(at, _extended(p, at + 1), DESIGNATION, modality=None, counted=True)


_GRADES: Final = cues("grades")
_YEARLY: Final = cues("yearly_names")
_YEARLY_SOMETIMES: Final = cues("yearly_in_quotes")


def _names_a_year(p: Passage, first: int, at: int) -> bool:
    """A year belongs to a name after a few words only.

    "Vision 2030"; "Leopard 2024" is none, "in Europe 2024" neither.
    """
    word = p.low[at - 1]
    if word not in _YEARLY:
        return False
    if word in _YEARLY_SOMETIMES:
        return p.text[first - 1] in _QUOTES or (
            word in _YEARLY_AFTER_CAPITAL and p.capital(first) and p.low[first - 1] not in _IN_BY
        )
    return True


def _opens_sentence(p: Passage, at: int) -> bool:
    return p.text[at - 1] in ("", ".", "!", "?") or not p.near(at)


def _hull(p: Passage, at: int) -> Draft | None:
    """Reads "F 590", "(A 5328)": a capital letter of the pennant list before three or four digits."""
    if (
        p.text[at - 1] in _HULLS
        and p.same_line(at)
        and p.text[at].isdecimal()
        and 2 <= len(p.text[at]) <= 4
        and not _counts_something(p, at)
    ):
        if p.text[at - 1] == "A" and _opens_sentence(p, at - 1):
            return None
        after = p.words[at + 1]
        if after.unit is not None and p.near(at + 1):
            return None
        return Draft(at - 1, _extended(p, at + 1), DESIGNATION, modality=None)
    return None


def _opened_by_quote(p: Passage, at: int) -> bool:
    """Whether a quotation that a name in capitals opens runs up to a token: «Strade sicure 2»."""
    for k in range(at, at - _SHORT_NAME, -1):
        if not p.text[k].isalpha():
            return False
        if p.text[k - 1] in _QUOTES and p.text[k - 1]:
            return p.capital(k)
    return False


_SHORT_NAME: Final = 5


def _gapped(p: Passage, article: int, at: int) -> bool:
    """Whether a name and its number repeat a clause without its verb."""
    figure = p.drafts[-1] if p.drafts else None
    closed = not p.near(at + 1) or p.text[at + 1] in ",.;)" or "links.and" in p.words[at + 1].roles
    linked = p.text[article - 1] in (",", ";") or "links.and" in p.words[article - 1].roles
    if figure is None or figure.kind not in (MONEY, PERCENT, QUANTITY):
        return False
    return closed and linked and article - figure.last <= _REACH


def _quoted(p: Passage, at: int) -> Draft | None:
    """«Riarmo 2030», "the Pegasus 2".

    A name in quotes that ends in a number, or a capital name after an article.
    """
    before = at - 1
    if not p.near(at) or not p.text[before].isalpha() or not _VERSION.match(p.text[at]):
        return None
    last = at + 1
    if p.text[last] in HYPHENS and p.glued(last) and p.words[last + 1].digits and p.glued(last + 1):
        last += 2  # "Mare Aperto 24-1"
    closed = p.text[last] in _CLOSING and p.glued(last)
    if closed and _opened_by_quote(p, before):
        return Draft(at, last, DESIGNATION, modality=None)
    if (
        closed
        or not p.capital(before)
        or _counts_something(p, at)
        or p.words[before].month
        or p.settings.vocabulary.measures.after(p.low, at + 1)
    ):
        return None
    if not p.text[at].isdecimal():
        return None
    if (
        p.text[before].isupper()
        and 2 <= len(p.text[before]) <= 5
        and len(p.text[at]) >= _SMALL
        and is_year(p.text[at]) is None
        and p.same_line(at)
        and p.words[at + 1].unit is None
        and p.words[before].currency is None
        and p.text[before] not in currencies()["codes"]
    ):
        return Draft(before, _extended(p, at + 1), DESIGNATION, modality=None)
    vocab = p.settings.vocabulary
    if (
        p.text[before].isupper()
        and 2 <= len(p.text[before]) <= _LONGEST_WORD
        and len(p.text[at]) <= 2
        and p.same_line(at)
        and not vocab.phrases["names.not_names"].after(p.low, before)
        and not (
            p.near(at + 1) and p.words[at + 1].unit is not None and p.words[at + 1].plural and vocab.head_last
        )
        and p.text[at] != "1"
        and p.words[before].currency is None
        and "places.pointers" not in p.words[before].roles
        and p.text[before] not in currencies()["codes"]
    ):
        return Draft(before, _extended(p, at + 1), DESIGNATION, modality=None)
    small = len(p.text[at]) <= _SMALL
    if (
        small
        and p.low[before - 1] in _DETERMINERS
        and p.same_line(at)
        and len(p.text[before]) > 2
        and p.words[before].number is None
        and p.words[before].ordinal is None
    ):
        after = p.words[at + 1]
        if _gapped(p, before - 1, at):
            return None  # "Sweden spends 138 billion, the Netherlands 24"
        if (
            not (after.unit is not None and after.plural and p.near(at + 1) and not p.capital(at + 1))
            and "places.pointers" not in p.words[before].roles
            and "links.services" not in p.words[before].roles
            and "hedges.maximum" not in p.words[before].roles
        ):
            return Draft(before, _extended(p, at + 1), DESIGNATION, modality=None)
    return None
