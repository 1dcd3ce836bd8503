"""Numbers whose place on the page makes them references: page numbers, note marks, list numbers."""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

from typing import Final

from arsenale.mentions import layout
from arsenale.mentions.model import REFERENCE
from arsenale.mentions.passage import PAD, Draft, Passage

_SMALL: Final = 3
_NOTE_MARK_AFTER: Final = frozenset('.,;:!?)]”"’»')


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
        p.text[at - 1] in ".,"
        and p.text[at - 1]
        and p.glued(at)
        and p.glued(at - 1)
        and not p.glued(at + 1)
        and p.words[at - 2].digits
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
    clause = section and not number and _numbers_clause(p, at)
    heading = p.text[at - 1] == "#" or (p.capital(at + 1) and _heads_section(p, at))
    titled = section and heading and (p.capital(at + 1) or after == ".")
    return Draft(at, at + 1, REFERENCE, modality=None) if clause or titled else None


_LIST_MARKS: Final = frozenset("(#*-•")


def _opens_after_marks(p: Passage, at: int) -> bool:
    while p.text[at] and p.text[at] in "(#*-•>" and not p.opens_line(at):
        at -= 1
    return p.opens_line(at)


def _begins_block(p: Passage, at: int) -> bool:
    """Whether the line before is blank or closed, so that a number here cannot continue its sentence."""
    before = p.line(p.line_of(at) - 1).strip()
    titled = len(before) < _TITLE and p.capital(at + 2) and (before[:1] == "(" or before[:1].isupper())
    return not before or before[-1] in ".:;!?|" or before[:1].isdigit() or titled or _numbered_on(p, at)


def _numbered_on(p: Passage, at: int) -> bool:
    """Whether one of the next lines has the next number with the same mark."""
    if p.text[at] != "1" or not p.capital(at + 2):
        return False
    number = p.line_of(at)
    item = f"2{p.text[at + 1]} "
    return any(p.line(k).lstrip().startswith(item) for k in range(number + 1, number + _NEXT_ITEM))


#: Lines that the first item of a list can run over.
_NEXT_ITEM: Final = 6


#: Characters of a line that can be a title above numbered paragraphs; the lines of a page are longer.
_TITLE: Final = 50


def _numbers_clause(p: Passage, at: int) -> bool:
    """Reads "2.2 Description. Delivery of ...": a dotted number and a capital open a paragraph."""
    after = p.words[at + 1]
    before = p.line(p.line_of(at) - 1).strip()
    return (
        p.capital(at + 1)
        and p.gap(at + 1) == " "
        and after.scale is None
        and after.currency is None
        and (not before or before[:1].isdigit())
    )


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
