"""A citation of one figure: the document as its own imprint names it, the place in it, and the release.

CSL JSON follows the schema of Citation Style Language 1.0.2 (`csl-data.json`), which Zotero and pandoc read;
BibTeX uses the entries that every style knows. Nothing is invented: what the document does not say is left
out.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from arsenale.trace.evidence import Traced

_PRECISION = {"day": 3, "month": 2, "year": 1}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    mark: f"\\{mark}" for mark in "&%$#_{}"
}


@dataclass(frozen=True)
class Citation:
    """What a citation says.

    Attributes:
        key: For BibTeX and CSL: the id of the figure, in letters, digits and hyphens.
        title: Of the document.
        authors: Their names; empty where the document names none.
        publisher: Empty where it names none.
        published: As the document prints it; empty where it does not.
        date: Year, month and day, as far as they are known.
        url: Where it was found, or empty.
        language: ISO 639-1 code.
        locator: Page, section and footnote; empty where the passage was not re-read.
        note: The printed figure, its offsets, and the release.
    """

    key: str
    title: str
    authors: list[str]
    publisher: str
    published: str
    date: list[int]
    url: str
    language: str
    locator: str
    note: str


def cite(traced: Traced, release_id: str) -> Citation:
    """Return the citation of a figure or event of a release."""
    document = traced.document
    row = traced.row
    return Citation(
        key=re.sub(r"[^A-Za-z0-9-]", "-", traced.id),
        title=document["title"],
        authors=[name.strip() for name in (document["authors"] or "").split(";") if name.strip()],
        publisher=document["publisher"] or "",
        published=traced.published,
        date=_date(document["published_on"], document["published_precision"]),
        url=document["url"] or "",
        language=document["language"] or "",
        locator=locator(traced),
        note=f"“{' '.join(row['as_reported'].split())}”, characters {row['char_start']} to "
        f"{row['char_end']}; Arsenale, release {release_id}, {traced.id}",
    )


def locator(traced: Traced) -> str:
    """Return page, section and footnote of a passage, as far as they are known."""
    place = traced.place
    if place is None:
        return ""
    parts = (
        f"p. {place.page}" if place.page else "",
        f"section “{place.section}”" if place.section else "",
        f"footnote {place.footnote}" if place.footnote else "",
    )
    return ", ".join(part for part in parts if part)


def _date(day: datetime.date | None, precision: str) -> list[int]:
    if day is None:
        return []
    return [day.year, day.month, day.day][: _PRECISION.get(precision, 0)]


def plain(citation: Citation) -> str:
    """Return the citation as one line of text."""
    by = ", ".join(citation.authors) or citation.publisher
    publisher = citation.publisher if citation.authors else ""
    parts = (
        by,
        f"“{citation.title}”",
        publisher,
        citation.published or "n.d.",
        citation.locator,
        citation.url,
        citation.note,
    )
    return f"{', '.join(part for part in parts if part)}."


def bibtex(citation: Citation) -> str:
    """Return the citation as a BibTeX entry."""
    year, month, _ = (*citation.date, 0, 0, 0)[:3]
    fields = {
        "author": " and ".join(
            f"{{{_escaped(name)}}}" if " " not in name else _escaped(name) for name in citation.authors
        ),
        "title": f"{{{_escaped(citation.title)}}}",
        # @misc shows no publisher in most styles; howpublished is what it shows.
        "howpublished": _escaped(citation.publisher),
        "year": str(year) if year else "",
        "url": citation.url,
        "language": citation.language,
        "note": _escaped(". ".join(part for part in (citation.locator, citation.note) if part)),
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    if month:
        # A month is one of BibTeX's own names, without braces.
        lines.insert(-1, f"  month = {_MONTHS[month - 1]},")
    return "\n".join([f"@misc{{{citation.key},", *lines, "}"])


def csl(citation: Citation) -> list[dict[str, Any]]:
    """Return the citation as CSL JSON: a list of one item."""
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "document",
        "title": citation.title,
        "author": [_name(name) for name in citation.authors],
        "publisher": citation.publisher,
        "issued": {"date-parts": [citation.date]} if citation.date else None,
        "URL": citation.url,
        "language": citation.language,
        "note": ". ".join(part for part in (citation.locator, citation.note) if part),
    }
    return [{name: value for name, value in item.items() if value}]


def _name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)
