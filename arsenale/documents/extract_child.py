"""What reads a stranger's file: a process of its own, which has nothing but the bytes on its standard input.

Run as a script, never imported: `python -I extract_child.py SUFFIX LIMITS`. It takes its limits upon itself
before it looks at a byte (memory, processor time, no file may be written), and answers with one JSON object
on standard output: `text`, `pages`, `title` and so on, or `refused`. Whatever else happens to it, the parent
tells.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

PDF, HTML, TEXT = "PDF", "HTML", "text"
_ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\xd0\xcf\x11\xe0": "an old Office document",
}
_HEAD = 1024
_MARKUP = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S)
_KEPT = "\n\t\f"


class RefusedError(Exception):
    """The file is not one that is read; the message says what it is."""


def main() -> None:
    """Read standard input, print one JSON object."""
    limits = json.loads(sys.argv[2])
    _limit(limits)
    try:
        answer = extract(sys.stdin.buffer.read(), sys.argv[1], limits)
    except RefusedError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": f"it needs more than {limits['memory'] >> 20} MB of memory"}
    except Exception as error:
        # A hostile file can raise anything in a parser.
        answer = {"refused": f"it cannot be read: {_line(error)}"}
    json.dump(answer, sys.stdout)


def _limit(limits: dict[str, int]) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["seconds"]),
        # Pipes stay open; no regular file can take a byte.
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (value, value))


def extract(content: bytes, suffix: str, limits: dict[str, int]) -> dict[str, Any]:
    """Return the text of a file with what it says about itself.

    Args:
        content: Its bytes; they, not the name, tell what it is.
        suffix: Of its name, which only tells a piece of HTML from a text.
        limits: `characters` and `pages` at most.
    """
    kind = kind_of(content, suffix)
    answer = {PDF: _pdf, HTML: _html, TEXT: _text}[kind](content, limits)
    if not answer["text"].strip():
        raise RefusedError(f"{kind} without text" + (": scanned pages want OCR first" if kind == PDF else ""))
    _bound(len(answer["text"]), limits["characters"], "characters")
    return answer | {"kind": kind}


def kind_of(content: bytes, suffix: str) -> str:
    """Return what a file is, by its first bytes."""
    for magic, name in _ARCHIVES.items():
        if content.startswith(magic):
            raise RefusedError(f"{name}, not a PDF, HTML, Markdown or text file")
    if b"%PDF-" in content[:_HEAD]:
        return PDF
    if _MARKUP.match(content[:_HEAD]) or suffix.lower() in (".html", ".htm", ".xhtml"):
        return HTML
    return TEXT


def _text(content: bytes, _: dict[str, int]) -> dict[str, Any]:
    """Take a text as it is: whoever has it counts the same offsets."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(f"byte {error.start} is not UTF-8") from None
    if "\0" in text:
        raise RefusedError("NUL characters: a binary file")
    first = next((line.strip("#*_ \t\ufeff") for line in text.splitlines() if line.strip("#*_ \t\ufeff")), "")
    return {"text": text, "title": first[:200]}


def _pdf(content: bytes, limits: dict[str, int]) -> dict[str, Any]:
    import pypdf  # noqa: PLC0415 - only a PDF needs it, and under the limits

    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("a PDF with a password")
    _bound(len(reader.pages), limits["pages"], "pages")
    pages, total = [], 0
    for page in reader.pages:
        pages.append(_clean(page.extract_text()).replace("\f", "\n"))
        total += len(pages[-1])
        _bound(total, limits["characters"], "characters")
    meta = reader.metadata
    return {
        "text": "\f".join(pages),
        "pages": len(pages),
        "title": _said(meta and meta.title),
        "authors": _said(meta and meta.author),
    }


def _html(content: bytes, _: dict[str, int]) -> dict[str, Any]:
    import trafilatura  # noqa: PLC0415 - as above

    found = trafilatura.extract(
        content, output_format="xml", with_metadata=True, include_comments=False, include_tables=True
    )
    if not found:
        raise RefusedError("HTML without a main text")
    # Trafilatura wrote this XML itself: plain elements, no entities of its own.
    document = ElementTree.fromstring(found)  # noqa: S314
    main = document.find("main")
    body = document if main is None else main
    return {
        "text": _clean("\n\n".join(_blocks(body))) + "\n",
        "title": _said(document.get("title")),
        "authors": _said(document.get("author")),
        "publisher": _said(document.get("sitename")),
        "published": _said(document.get("date")),
        "url": _said(document.get("source")),
    }


def _blocks(body: ElementTree.Element) -> Iterator[str]:
    """Yield the blocks of a page as Markdown: headings, paragraphs, lists, tables."""
    for element in body:
        match element.tag:
            case "head":
                level = (element.get("rend") or "h2")[1:]
                yield f"{'#' * (int(level) if level.isdecimal() else 2)} {_inline(element)}"
            case "list":
                yield "\n".join(f"- {_inline(item)}" for item in element.iter("item"))
            case "table":
                yield "\n".join(
                    f"| {' | '.join(_inline(cell) for cell in row.iter('cell'))} |"
                    for row in element.iter("row")
                )
            case "div" | "quote" if len(element):
                yield from _blocks(element)
            case _:
                yield _inline(element)


def _inline(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split(" ")).strip()


def _clean(text: str) -> str:
    """Return text without what no reader sees, such as soft hyphens, and without blanks at line ends."""
    seen = (
        letter
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
        if letter in _KEPT or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return "\n".join(line.rstrip(" \t") for line in "".join(seen).split("\n"))


def _bound(found: int, most: int, what: str) -> None:
    if found > most:
        raise RefusedError(f"{found:,} {what}, and {most:,} is the most")


def _said(value: object) -> str:
    return " ".join(_clean(str(value)).split())[:200] if value else ""


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__


if __name__ == "__main__":
    main()
