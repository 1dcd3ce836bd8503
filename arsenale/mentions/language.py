"""Which language a text is in, and where it changes to another.

A document has one language: that of its commonest words. A paragraph that plainly is in another one, such
as an Italian summary of an English paper or a quotation, is read with the words of its own.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from arsenale.mentions.vocabulary import languages, vocabulary

#: A part of a text in one language: offset of its first character, offset after its last, code.
Run = tuple[int, int, str]

_WORD: Final = re.compile(r"[^\W\d_]+")
_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n|\f")
#: Small words weigh more than the nouns of a table, which languages share.
_COMMON_WEIGHT: Final = 3
_SHORTEST: Final = 3
#: Small words that another language needs in a paragraph, and how many times those of the first.
_ENOUGH: Final = 3
_TIMES: Final = 2
#: A chunk with fewer of the other language's commonest words, for each of its own, is not looked at closely.
_TRACES: Final = 0.03
_TELLING: Final = 8
#: A second language shares a paragraph from this part of its lines on: fewer are titles and quotations.
_SHARED: Final = 0.3


@cache
def _own(code: str) -> tuple[str, ...]:
    """The commonest words of a language that are not common in any other, most frequent first."""
    others = {word for other in languages() if other != code for word in vocabulary(other).common}
    return tuple(word for word in vocabulary(code).commonest if word not in others and len(word) > 1)


@cache
def _own_set(code: str) -> frozenset[str]:
    return frozenset(_own(code))


def language_of(text: str) -> str:
    """Code of the language of a text; English where nothing tells.

    The commonest words decide, and the words of the finder's own lists, which is all that a table has.
    """
    counts = Counter(_WORD.findall(text.lower()))
    totals = dict.fromkeys(languages(), 0)
    for word, times in counts.items():
        knowing = [code for code in totals if len(word) > _SHORTEST and word in vocabulary(code).known]
        if len(knowing) < len(totals):
            for code in knowing:
                totals[code] += times
        for code in totals:
            if word in vocabulary(code).common:
                totals[code] += _COMMON_WEIGHT * times
    return max(totals, key=lambda code: totals[code])


def runs(chunk: str, home: str) -> Iterator[Run]:
    """The parts of a chunk that are in one language each; most often that is the whole of it."""
    if not _foreign_traces(chunk, home):
        yield 0, len(chunk), home
        return
    start, last = 0, home
    for begin, end, told in _judged(chunk):
        if told and told != last:
            if begin > start:
                yield start, begin, last
            start, last = begin, told
        if end == len(chunk):
            yield start, end, last


def _foreign_traces(chunk: str, home: str) -> bool:
    """Whether another language's commonest words occur at all often; a few counts at the speed of C."""
    others = [code for code in languages() if code != home]
    most = _TRACES * sum(chunk.count(f" {word} ") for word in _own(home)[:_TELLING])
    return any(
        (seen := sum(chunk.count(f" {word} ") for word in _own(code)[:_TELLING])) >= _ENOUGH and seen > most
        for code in others
    )


def _judged(chunk: str) -> Iterator[tuple[int, int, str]]:
    """Each paragraph, or each line of a paragraph of two languages, with its language; empty if unsure."""
    at = 0
    while at < len(chunk):
        found = _PARAGRAPH.search(chunk, at)
        stop = found.end() if found else len(chunk)
        lines = chunk[at:stop].splitlines(keepends=True)
        told = Counter(code for line in lines if (code := _judge(line, 1)))
        if len(told) > 1 and told.most_common()[1][1] >= max(2, _SHARED * sum(told.values())):
            for line in lines:
                yield at, at + len(line), _judge(line, 1)
                at += len(line)
        else:
            yield at, stop, _judge(chunk[at:stop], _ENOUGH)
        at = stop


def _judge(text: str, least: int) -> str:
    """The language whose own small words plainly prevail in a text; empty where none does."""
    words = _WORD.findall(text.lower())
    found = Counter({code: sum(map(_own_set(code).__contains__, words)) for code in languages()})
    (first, most), *others = found.most_common()
    return first if most >= least and all(_TIMES * count <= most for _, count in others) else ""
