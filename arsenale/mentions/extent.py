"""How far a reference goes: glued parts, ranges, subsections, the number and date of a law."""


# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from typing import Final

from arsenale.mentions.dates import is_year
from arsenale.mentions.passage import DASHES, Passage
from arsenale.mentions.vocabulary import cues

_OF_LAW: Final = cues("of_law")

_SMALL: Final = 3


def pointer_end(p: Passage, at: int) -> int:
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
        elif text == ":" and p.glued(last) and p.glued(last + 1) and is_year(p.text[last + 1]):
            last += 2  # "ISO 9001:2015"
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
        p.low[last] in _OF_LAW
        and last == at + 1
        and any("places.laws" in p.words[at - k].roles for k in (1, 2, 3, 4))
        and p.words[last + 1].digits
        and p.words[last + 2].month is not None
        and is_year(p.text[last + 3])
    ):
        last += 4
    return last
