"""Where in a document an offset is: its sentence, page, section and footnote, found in the text alone.

Pages are parted by form feeds, as `arsenale documents add` keeps them. Sections are headings as Markdown
writes them. Footnotes are paragraphs that begin with their own mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

PAGE_BREAK = "\f"

_LONGEST_SENTENCE = 800
"""Code points on each side of a span beyond which a sentence is cut: lists and tables have no full stops."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n|\r\n[ \t]*\r\n|\f")
_CLOSING, _OPENING = "\"'\u201d\u2019»)\\]", "\"'\u201c\u2018«(\\["
_STOP = re.compile(
    rf"(?P<word>[^\W\d_]*)[.!?…][{_CLOSING}]*(?:<sup>[^<]{{1,8}}</sup>)?\s+(?=[{_OPENING}]*[^\Wa-z_])"
)
_ABBREVIATION = re.compile(
    r"(?:mrs?|ms|dr|prof|gen|adm|col|st|sen|rep|nos?|nn?|pp?|vols?|artt?|cfr?|eds?|figs?|al|etc|ecc|approx|ca"
    r"|dott|ing|sig|on|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[^\W\d_])",
    re.IGNORECASE,
)
"""What ends in a full stop without ending a sentence; a single letter is an initial."""

_HEADING = re.compile(r"(?:^|(?<=\f))#{1,6}[ \t]+(?P<title>[^\r\n\f]+)", re.MULTILINE)
_NOTE_HEAD = r"(?:<sup>(?P<sup>\d{1,4})</sup>|\[\^?(?P<bracket>\d{1,4})\]:?)[ \t]+"
_NOTE = re.compile(_NOTE_HEAD)
_NOTE_MARK = re.compile(r"<sup>(?P<sup>\d{1,4})</sup>|\[\^(?P<bracket>\d{1,4})\](?!:)")


@dataclass(frozen=True)
class Place:
    """Where a span stands.

    Attributes:
        line: Line on which it begins, from 1.
        page: Page on which it begins, from 1; None where the text has no page boundaries.
        section: The nearest heading above; empty where there is none.
        footnote: Number of the footnote that it stands in; empty in the running text.
        start: Offset of the first code point of its sentence.
        end: Offset behind the last.
    """

    line: int
    page: int | None
    section: str
    footnote: str
    start: int
    end: int


@dataclass(frozen=True)
class Note:
    """A footnote: its number, and its text as printed."""

    number: str
    text: str


def place_of(text: str, start: int, end: int) -> Place:
    """Return where the span `text[start:end]` stands."""
    first, last = sentence_around(text, start, end)
    return Place(
        line=text.count("\n", 0, start) + 1,
        page=page_of(text, start),
        section=heading_above(text, start),
        footnote=footnote_of(text, start),
        start=first,
        end=last,
    )


def page_of(text: str, offset: int) -> int | None:
    """Return the page of an offset, from 1, or None where the text keeps no page boundaries."""
    return text.count(PAGE_BREAK, 0, offset) + 1 if PAGE_BREAK in text else None


def heading_above(text: str, offset: int) -> str:
    """Return the nearest Markdown heading at or above an offset, without its marks; or nothing."""
    found = ""
    for match in _HEADING.finditer(text, 0, offset + 1):
        # The end of the search cuts a heading that the offset itself stands in.
        found = text[match.start("title") : _line_end(text, match.start("title"))]
    return found.strip().strip("#*_ ")


def footnote_of(text: str, offset: int) -> str:
    """Return the number of the footnote whose paragraph an offset stands in, or nothing."""
    match = _NOTE.match(text, _skip_blanks(text, _paragraph(text, offset, offset)[0]))
    return (match["sup"] or match["bracket"]) if match else ""


def notes_carried(text: str, start: int, end: int) -> list[Note]:
    """Return the footnotes whose marks stand between two offsets, each with its text where it is found."""
    numbers = [match["sup"] or match["bracket"] for match in _NOTE_MARK.finditer(text, start, end)]
    return [Note(number, _note_text(text, number, end)) for number in numbers]


def _note_text(text: str, number: str, after: int) -> str:
    """Return the text of a note: the first one of that number below its mark, else the nearest above."""
    head = re.compile(rf"^(?:<sup>{number}</sup>|\[\^?{number}\]:?)[ \t]+(?P<text>[^\r\n\f]+)", re.MULTILINE)
    match = head.search(text, after)
    if match is None:
        above = list(head.finditer(text, 0, after))
        match = above[-1] if above else None
    return match["text"].strip() if match else ""


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets of the sentence that holds a span, within its paragraph.

    A full stop ends a sentence where a blank and anything but a lower-case letter follow, and the word before
    it is neither an abbreviation nor an initial.
    """
    low, high = _paragraph(text, start, end)
    low, high = max(low, start - _LONGEST_SENTENCE), min(high, end + _LONGEST_SENTENCE)
    stops = [match.end() for match in _STOP.finditer(text, low, high) if not _abbreviates(match)]
    before = stops[: bisect_right(stops, start)]
    after = [stop for stop in stops if stop >= end]
    first = _skip_blanks(text, before[-1] if before else low)
    last = after[0] if after else high
    return min(first, start), end + len(text[end:last].rstrip())


def _abbreviates(match: re.Match[str]) -> bool:
    return bool(_ABBREVIATION.fullmatch(match["word"]))


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    below = _PARAGRAPH.search(text, end)
    window = max(0, start - 4 * _LONGEST_SENTENCE)
    above = [match.end() for match in _PARAGRAPH.finditer(text, window, start)]
    return (above[-1] if above else window), (below.start() if below else len(text))


def _skip_blanks(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _line_end(text: str, offset: int) -> int:
    match = re.compile(r"[\r\n\f]").search(text, offset)
    return match.start() if match else len(text)
