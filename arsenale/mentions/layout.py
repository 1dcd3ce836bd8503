"""What the lines of a page are for: page numbers, running heads, notes, headings, list items.

Text taken from PDF carries them between the paragraphs; the numbers in them point somewhere and state
nothing.
"""

# ruff: noqa: PLR2004 (a rule gives up at the first condition that fails; its bounds are lengths of print)
# ruff: noqa: RUF001 (the dashes and quotes of other people's texts are what this reads)

import re
from collections import Counter
from typing import Final

from arsenale.mentions.document import notes_headings
from arsenale.mentions.passage import Passage
from arsenale.mentions.vocabulary import cues

PAGE: Final = "page"
HEAD: Final = "head"
NOTE: Final = "note"
PROSE: Final = ""

_RULE: Final = re.compile(r"^\s*(?:_{4,}|-{8,}|—{4,}|\*\s?\*\s?\*)\s*$")
_NOTE_START: Final = re.compile(
    r"^\s*(?:\[\^?\d{1,3}\]:?|<sup>\d{1,3}</sup>|\^?\d{1,3}[.)]?)\s+\S|^\s*[¹²³⁴⁵⁶⁷⁸⁹]"
)
_PAGE_ONLY: Final = re.compile(
    r"^\s*(?:[-–—|]\s*)?(?:(?:page|p\.|pag\.|pagina|pág\.)\s*)?\d{1,4}(?:\s*(?:/|of|di)\s*\d{1,4})?(?:\s*[-–—|])?\s*$",
    re.IGNORECASE,
)
_EDGE_NUMBER: Final = re.compile(r"^\s*\d{1,4}(?:\s{2,}|\t|\s*\|\s*)\S|\S(?:\s{2,}|\t|\s*\|\s*)\d{1,4}\s*$")
#: Signs of a citation that prose does not have; a numbered paragraph needs one to be a note.
_STRONGLY_CITED: Final = re.compile(
    r"https?:|www\.|\bdoi\b|\bpp\.\s?\d|\bpagg?\.\s?\d|\bcit\.|[Ii]bid|[“\"«][^”\"»]{8,}[”\"»],? (?:in|[A-Z])"
    r".*\d{4}|"
    r"\([A-Z][\w ]+: [^)]+\d{4}\)|\((?:[A-Z][\w’']+,? )+\d{4}\)|\b(?:retrieved|accessed|consultato)\b"
)
_LONGEST_NOTE: Final = 500
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_DIGITS: Final = re.compile(r"\d+")
_LONGEST_HEAD: Final = 120
_MOST_NUMBERS: Final = 4


def role(p: Passage, number: int) -> str:
    """What a line is for; worked out for the whole chunk at the first call."""
    if not p.roles:
        _assign(p)
    return p.roles.get(number, PROSE)


def sourced(p: Passage, number: int) -> bool:
    """Whether a line says where a text was taken from: "Fonti: ...", "Sources: ...", "Compiled under ..."."""
    line = p.line(number)
    opening = _SOURCES.match(line)
    if opening is None or len(line) > _LONGEST_NOTE:
        return False
    said = opening["label"] or opening["verb"]
    return said.lower() in cues("source_labels" if opening["label"] else "source_verbs")


_SOURCES: Final = re.compile(
    r"\W*(?:not[ae]:[^.]{0,80}\.\s*)?"
    r"(?:(?P<label>[^\W\d]+)\s?:|(?P<verb>[^\W\d]+)\s(?:under|from|by|ai sensi|da)\b)",
    re.IGNORECASE,
)


def _assign(p: Passage) -> None:
    p.roles[-1] = PROSE
    lines = [p.line(n) for n in range(len(p.line_starts))]
    blank = [not line.strip() for line in lines]
    repeated = Counter(
        _DIGITS.sub("#", line.strip())
        for line in lines
        if "#" not in line and _DIGITS.search(line) and len(line) < _LONGEST_HEAD
    )
    in_notes = False
    in_list = p.memory.in_notes
    note = False
    for n, line in enumerate(lines):
        if blank[n]:
            # A form feed ends the notes of its page.
            in_notes = (
                in_notes
                and "\f" not in line
                and not (n + 1 < len(lines) and _EDGE_NUMBER.search(lines[n + 1]))
            )
            note = False
            continue
        if "\f" in line:
            in_notes = note = False
        stripped = line.strip()
        if _RULE.match(line):
            in_notes = True
            continue
        if _is_heading(p, stripped):
            in_list = _opens_notes(p, stripped)
            if in_list:
                continue
        alone = (n == 0 or blank[n - 1] or "\f" in line or "\f" in lines[n - 1]) and (
            n + 1 >= len(lines) or blank[n + 1] or "\f" in lines[n + 1]
        )
        if _PAGE_ONLY.match(line) and (alone or "\f" in line or n + 1 == len(lines)):
            p.roles[n] = PAGE
            in_notes = False
            continue
        if _is_head(line, stripped, alone=alone, times=repeated[_DIGITS.sub("#", stripped)]):
            p.roles[n] = HEAD
            in_notes = False
            continue
        if in_list:
            p.roles[n] = NOTE
        elif in_notes:
            # After a rule come notes; a paragraph that begins like none ends them.
            starts = bool(_NOTE_START.match(line))
            if not starts and not note and n and blank[n - 1]:
                in_notes = False
                continue
            note = True
            p.roles[n] = NOTE
        elif (note and not blank[n - 1]) or _is_note(lines, blank, n, after_note=note):
            note = True
            p.roles[n] = NOTE
    p.memory.in_notes = in_list


def _is_note(lines: list[str], blank: list[bool], n: int, *, after_note: bool) -> bool:
    """Whether a line opens a note although no rule parts it from the text."""
    line = lines[n]
    if (
        not _NOTE_START.match(line)
        or line.lstrip().startswith("#")
        or not (n == 0 or blank[n - 1] or after_note)
    ):
        return False
    text = _paragraph(lines, blank, n)
    return len(text) < _LONGEST_NOTE and bool(_STRONGLY_CITED.search(text) or _is_marked(lines, line))


def _is_marked(lines: list[str], line: str) -> bool:
    """Whether the text bears the number that opens a line as the mark of a note: "billion.7"."""
    number = _NOTE_NUMBER.match(line)
    if number is None:
        return False
    mark = re.compile(rf"[^\W\d_][”\"»)]?[.,;:]{number[1]}(?=\s)")
    return any(mark.search(other) for other in lines if other is not line)


_NOTE_NUMBER: Final = re.compile(r"\s*(\d{1,3})\s+[^\W\d_]")


def _paragraph(lines: list[str], blank: list[bool], n: int) -> str:
    stop = n
    while stop < len(lines) and not blank[stop] and stop < n + 6:
        stop += 1
    return "".join(lines[n:stop])


def _is_heading(p: Passage, stripped: str) -> bool:
    if len(stripped) > 60 or stripped.endswith((".", ",", ";")):
        return False
    name = stripped.strip("#*= ").rstrip(":").lower()
    return stripped.startswith("#") or (len(name) > 3 and name in notes_headings())


def _opens_notes(p: Passage, stripped: str) -> bool:
    return stripped.strip("#*= ").rstrip(":").lower() in notes_headings()


def _is_head(line: str, stripped: str, *, alone: bool, times: int) -> bool:
    """A running head: a short line with a page number at its edge, or one that the pages repeat."""
    if len(stripped) > _LONGEST_HEAD or not _LETTERS.search(stripped) or stripped.count("|") > 2:
        return False
    numbers = len(_DIGITS.findall(stripped))
    if not numbers or numbers > _MOST_NUMBERS:
        return False
    if alone and _EDGE_NUMBER.search(line.replace("\f", "")):
        return True
    return alone and times > 1
