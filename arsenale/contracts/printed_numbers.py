r"""The shapes in which a number may be printed, and a name for each shape that is refused.

In a document whose decimal mark is a point (where it is a comma, the two marks change places):

| shape | reading |
| --- | --- |
| `35` `2025` | a whole number |
| `1,390` `1,390,200` | a comma before exactly three digits separates thousands |
| `35,5` `35,55` | a comma before one or two digits is a decimal mark |
| `2.5` `2.27` `3.1416` `1,390.2` | a point is a decimal mark |
| `1.390` | refused: a thousand and more, or one and a bit? |
| `0.125` `1.390.200` `1.390,2` | certain: nothing in front, further groups, or a decimal mark behind |
| `1 390` `1'390` | a blank or apostrophe before each group of exactly three digits separates thousands |

The allow-list is the whole of the grammar. Casts are no validation (`1_000`, `0x10`, `1e9` and `infinity` all
become numbers somewhere), so whatever is not on the list is refused, by name where it is known. What is
added here must be added to `macros/read_number.sql`, or a figure passes the gate and has no value.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

_WHOLE = "(?:0|[1-9][0-9]*)"
_HEAD = "[1-9][0-9]{0,2}"
_SPACER = r" \u00a0\u2009\u202f'\u2019"
_ALLOWED = re.compile(
    "|".join(
        (
            _WHOLE,
            rf"{_WHOLE},[0-9]{{1,2}}",
            rf"{_WHOLE}\.(?:[0-9]{{1,2}}|[0-9]{{4,}})",
            r"0[.,][0-9]+",
            rf"{_HEAD}(?:,[0-9]{{3}})+(?:\.[0-9]+)?",
            rf"{_HEAD}(?:\.[0-9]{{3}})+,[0-9]{{1,2}}",
            rf"{_HEAD}(?:\.[0-9]{{3}}){{2,}}",
            rf"{_HEAD}([{_SPACER}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:[.,][0-9]{{1,2}})?",
        )
    )
)

# Digits with anything between them that some reader takes for a mark.
_TOKEN = re.compile(rf"(?<![0-9])[.,]?[0-9]+(?:[.,_'\u2019][0-9]+|[{_SPACER}][0-9]{{3}}(?![0-9]))*")
_SEVERAL = 2
_JOINT = re.compile(r"[^\W\d_]|[-\u2013\u2014/^*]")
_SIGNS = "+-\N{MINUS SIGN}"
_ORDINAL = frozenset({"st", "nd", "rd", "th", "º", "ª", "°", "x"})
_NOT_A_LETTER = re.compile(r"[\W_]+")
_NO_FINITE_NUMBER = re.compile(r"(?i)(?<!\w)(?:inf|infinity|nan|infinito)(?!\w)")

_SWAP = str.maketrans(".,", ",.")
_NAMES = (
    ("underscore", r".*_.*", "an underscore between digits"),
    ("mixed groups", rf".*[{_SPACER}].*", "blanks or apostrophes that do not part groups of three digits"),
    ("no integer part", r"[.,].*", "a mark without a digit before it"),
    ("leading zero", r"0[0-9].*", "a zero in front of a whole number"),
    (
        "ambiguous mark",
        r"[1-9][0-9]*\.[0-9]{3}",
        "a decimal mark before three digits, which may part thousands",
    ),
    ("lakh grouping", r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}", "groups of two digits, as of lakh and crore"),
    ("two decimal marks", r"[0-9,]+\.[0-9]+[.,][0-9.,]*", "two decimal marks"),
    ("two decimal marks", r"[0-9]+(?:,[0-9]+)+,[0-9]{1,2}", "two decimal marks"),
    ("mixed groups", r".*,.*", "groups that are not of three digits"),
)
"""Name, pattern and description of what is refused, for a point as decimal mark; the first match names it."""


@dataclass(frozen=True)
class Refusal:
    """Why a printed number is not taken.

    Attributes:
        name: Of the shape, such as `underscore`.
        text: The piece that has it.
        reason: The shape in words.
    """

    name: str
    text: str
    reason: str


def refuse_number(token: str, decimal_mark: str = ".") -> Refusal | None:
    """Return why digits with their marks are no number of the grammar, or None where they are one.

    Args:
        token: Digits and what stands between them, without sign, unit or scale.
        decimal_mark: Of the document, `.` or `,`.
    """
    mirrored = token if decimal_mark == "." else token.translate(_SWAP)
    if _ALLOWED.fullmatch(mirrored):
        return None
    for name, pattern, reason in _NAMES:
        if re.fullmatch(pattern, mirrored):
            return Refusal(name, token, reason)
    return Refusal("unknown shape", token, "no shape of seeds/FORMAT.md")


def refuse_printed(
    text: str, decimal_mark: str, words: Collection[str], glued: Collection[str]
) -> Refusal | None:
    """Return why a figure as printed holds no number that can be read, or None.

    Args:
        text: The printed figure, `$2.27 billion`.
        decimal_mark: Of the document, `.` or `,`.
        words: Numbers and scales in words, in lower case; one of them must stand where there are no digits.
        glued: What may touch digits without a blank, in lower case: currencies, scales, units.
    """
    if match := _NO_FINITE_NUMBER.search(text):
        return Refusal("infinity", match.group(), "no finite number")
    if strange := next(
        (letter for letter in text if letter.isnumeric() and letter not in "0123456789"), None
    ):
        return Refusal("foreign digit", strange, "a digit that is none of 0 to 9")
    tokens = list(_TOKEN.finditer(text))
    if not tokens and not _holds_word(text, words):
        return Refusal("no number", text, "neither digits nor a number word of words.csv")
    if len(tokens) > _SEVERAL or not all(
        _JOINT.search(text, a.end(), b.start()) for a, b in pairwise(tokens)
    ):
        return Refusal("several numbers", text, "more than the two ends of a range: one row per number")
    for token in tokens:
        refusal = _refuse_neighbours(text, token, glued) or refuse_number(token.group(), decimal_mark)
        if refusal:
            return refusal
    return None


def _refuse_neighbours(text: str, token: re.Match[str], glued: Collection[str]) -> Refusal | None:
    """Return why the letters that touch a number do not belong to it."""
    before = re.search(r"[^\W\d_]+-?$", text[: token.start()])
    after = re.match(r"[^\s.,;:()\-\u2013\u2014/%‰]+", text[token.end() :])
    whole = text[before.start() if before else token.start() : token.end() + (after.end() if after else 0)]
    letters = after.group().lower() if after else ""
    if re.match(r"0[xX][0-9a-fA-F]", text[token.start() :]):
        return Refusal("hexadecimal", whole, "a number in base 16")
    if re.match(r"[eE][+\-]?[0-9]", text[token.end() :]):
        return Refusal("exponent", whole, "an exponent")
    if before and before.group().lower() not in glued:
        return Refusal("designation", whole, "a name that holds digits")
    if letters and letters not in glued and letters not in _ORDINAL:
        return Refusal("glued letters", whole, "letters that words.csv does not know, right after digits")
    return _refuse_marks(text, token)


def _refuse_marks(text: str, token: re.Match[str]) -> Refusal | None:
    if text[token.end() : token.end() + 1] in {".", ","}:
        return Refusal("trailing mark", text, "a mark without digits after it")
    if re.search(rf"[{re.escape(_SIGNS)}]{{2,}}$", text[: token.start()]):
        return Refusal("two signs", text, "more than one sign")
    if re.search(r"[0-9]\s*[/^*]\s*$", text[: token.start()]):
        return Refusal("fraction", text, "a fraction or product")
    return None


def _holds_word(text: str, words: Collection[str]) -> bool:
    spoken = _NOT_A_LETTER.sub(" ", f" {text.lower()} ")
    return any(f" {word} " in spoken for word in words)
