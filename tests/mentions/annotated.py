"""Reads the annotated cases: plain text in which `<<span|kind value unit modality>>` marks each mention.

Value, unit and modality are optional and unordered, except that the kind comes first: a value is a number
or an ISO
date, or two joined by ".."; `~`, `>=`, `<=` and `range` are modalities. `<<span|->>` claims nothing about
the span, and lines that begin with "# " are comments. A line of "==" parts documents.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"<<(.*?)\|([^<>|]*(?:[<>]=[^<>|]*)?)>>", re.DOTALL)
MODALITIES = {"~": "approximate", ">=": "minimum", "<=": "maximum", "range": "range"}


@dataclass(frozen=True)
class Expected:
    document: str
    start: int
    end: int
    text: str
    kind: str
    low: str | Decimal | None
    high: str | Decimal | None
    unit: str | None
    modality: str | None


def _number(text: str) -> Decimal | str:
    if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        return text
    return Decimal(text)


def _expected(document: str, start: int, text: str, spec: str) -> Expected:
    kind, *rest = spec.split()
    kind = "other_number" if kind == "other" else kind
    low = high = unit = modality = None
    for part in rest:
        if part in MODALITIES:
            modality = MODALITIES[part]
            continue
        try:
            ends = [_number(x) for x in part.split("..")]
        except InvalidOperation:
            unit = part
        else:
            low, high = ends[0], ends[-1]
    if kind == "date":
        low, high = (str(v) if v is not None else None for v in (low, high))
    return Expected(document, start, start + len(text), text, kind, low, high, unit, modality)


def read_case(source: str, name: str) -> tuple[str, list[Expected]]:
    """The bare text of one annotated document, and the mentions it expects."""
    source = "".join(line for line in source.splitlines(keepends=True) if not line.startswith("# "))
    out, mentions, at = [], [], 0
    size = 0
    for found in MARK.finditer(source):
        out.append(source[at : found.start()])
        size += found.start() - at
        text, spec = found[1], found[2].strip()
        if spec != "-":
            mentions.append(_expected(name, size, text, spec))
        out.append(text)
        size += len(text)
        at = found.end()
    out.append(source[at:])
    return "".join(out), mentions


def documents() -> list[tuple[str, str, list[Expected]]]:
    """Name, text and expected mentions of every annotated document."""
    out = []
    for path in sorted(CASES.glob("*.txt")):
        for n, part in enumerate(path.read_text(encoding="utf-8").split("\n==\n")):
            name = path.stem if n == 0 else f"{path.stem}-{n + 1}"
            out.append((name, *read_case(part, name)))
    return out
