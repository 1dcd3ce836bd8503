"""Every number of a registered document: the mention finder, told where the language changes.

The finder reads a text in the language that most of it is in. A PDF may hold an Italian summary of an
English paper, or both side by side, and its pages are known: each page is looked at on its own, and where
two languages share a page, each line. The text between two changes of language is then read in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from arsenale.documents.places import PAGE_BREAK
from arsenale.mentions import Mention, find
from arsenale.mentions.vocabulary import languages, vocabulary

_WORD = re.compile(r"[^\W\d_]+")
_SHARED = 0.3
"""A second language shares a page from this part of its lines on: fewer are titles and quotations."""

Run = tuple[int, int]
"""Offsets of the first character of a part of a text, and of the one behind its last."""


def find_numbers(text: str) -> Iterator[Mention]:
    """Return every number of a document, in text order; offsets count in the whole text."""
    for start, end in _runs(text):
        for mention in find(text[start:end]):
            yield replace(mention, start=mention.start + start, end=mention.end + start) if start else mention


def _runs(text: str) -> list[Run]:
    """Return the parts of a text that are in one language each; a text without pages is one part."""
    if PAGE_BREAK not in text:
        return [(0, len(text))]
    runs: list[Run] = []
    last = ""
    for start, end, language in _labelled(text):
        if runs and language in ("", last):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
        last = language or last
    return runs


def _labelled(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each page, or each line of a page of two languages, with its language, empty if unknown."""
    at = 0
    for page in re.split(rf"(?<={PAGE_BREAK})", text):
        lines = page.splitlines(keepends=True)
        told = [_language(line) for line in lines]
        counts = Counter(language for language in told if language).most_common()
        if len(counts) > 1 and counts[1][1] >= _SHARED * sum(count for _, count in counts):
            for line, language in zip(lines, told, strict=True):
                yield at, at + len(line), language
                at += len(line)
        else:
            yield at, at + len(page), counts[0][0] if counts else ""
            at += len(page)


def _language(line: str) -> str:
    """Return the language whose commonest words a line holds most of; empty where two hold as many."""
    words = Counter(_WORD.findall(line.lower()))
    found = Counter({code: sum(words[word] for word in vocabulary(code).common) for code in languages()})
    (first, most), *others = found.most_common()
    return first if most and all(count < most for _, count in others) else ""
