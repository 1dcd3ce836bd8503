"""Documents written by somebody who had not seen the finder: what it finds in them, scored as a whole.

The truth follows the conventions of the mentions: overlap finds, value and unit must hold as well.
"""

import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from arsenale.mentions import FIGURES, Mention, find

EXAM = Path(__file__).parent / "exam"
NAMES = sorted(path.stem for path in EXAM.glob("*.txt"))
MAIN = ("money", "percent", "quantity", "date", "rank")
MEASURES = {"person", "ship", "submarine", "aircraft", "helicopter", "drone", "vehicle", "missile"}
MEASURES |= {"munition", "gun", "system", "company", "country", "year", "month", "week", "day", "hour"}
MEASURES |= {"minute", "km", "nautical_mile", "metre", "square_metre", "tonne", "litre", "knot", "vote"}
SAME_UNIT = {"amendment": "time", "boat": "ship"}


@dataclass
class Counts:
    """Sums over all documents: figures, those found, those found right, false figures, distractors."""

    truths: int = 0
    found: int = 0
    right: int = 0
    false: int = 0
    distractors: int = 0
    alarms: int = 0


def _truths(name: str) -> list[dict[str, Any]]:
    lines = (EXAM / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _text(name: str) -> str:
    with (EXAM / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()


def _overlap(mention: Mention, truth: dict[str, Any]) -> int:
    return int(min(mention.end, truth["end"]) - max(mention.start, truth["start"]))


def _right(mention: Mention, truth: dict[str, Any]) -> bool:
    for got, want in ((mention.value_low, truth["value_low"]), (mention.value_high, truth["value_high"])):
        if isinstance(want, str):
            if got != want:
                return False
        elif not isinstance(got, Decimal) or abs(float(got) - want) > abs(want) * 1e-6:
            return False
    if truth["kind"] in ("date", "rank", "ratio"):
        return True
    if truth["kind"] == "quantity" and truth["unit"] not in MEASURES and mention.unit is None:
        return True
    wanted = (truth["unit"], truth.get("unit_alt"), SAME_UNIT.get(truth["unit"]))
    return mention.unit is not None and mention.unit in wanted


def _score(name: str, counts: Counts) -> None:
    truths, found = _truths(name), list(find(_text(name)))
    distractors = [t for t in truths if t["kind"] in ("designation", "reference")]
    alarmed: set[int] = set()
    for kind in MAIN:
        wanted = [t for t in truths if t["kind"] == kind]
        free = [m for m in found if m.kind == kind]
        counts.truths += len(wanted)
        for truth in wanted:
            best = max(free, key=lambda m: _overlap(m, truth), default=None)
            if best is not None and _overlap(best, truth) > 0:
                free.remove(best)
                counts.found += 1
                counts.right += _right(best, truth)
        for mention in free:
            touched = [t for t in truths if _overlap(mention, t) > 0]
            if any(t["kind"] == kind for t in touched):
                continue
            if touched and all(t["kind"] == "other_number" for t in touched):
                continue
            counts.false += 1
            if not any(t["kind"] in FIGURES for t in touched):
                alarmed.update(id(t) for t in touched if t["kind"] in ("designation", "reference"))
    counts.distractors += len(distractors)
    counts.alarms += len(alarmed)


def test_the_spans_of_the_truth_are_those_of_the_text() -> None:
    assert len(NAMES) >= 16
    for name in NAMES:
        text = _text(name)
        assert all(text[t["start"] : t["end"]] == t["text"] for t in _truths(name)), name


def test_unseen_documents_are_read_well() -> None:
    counts = Counts()
    for name in NAMES:
        _score(name, counts)
    precision, recall = counts.found / (counts.found + counts.false), counts.found / counts.truths
    assert 2 * precision * recall / (precision + recall) >= 0.97
    precision, recall = counts.right / (counts.found + counts.false), counts.right / counts.truths
    assert 2 * precision * recall / (precision + recall) >= 0.93
    assert counts.alarms / counts.distractors <= 0.03


@pytest.mark.parametrize("name", NAMES)
def test_mentions_do_not_overlap(name: str) -> None:
    found = list(find(_text(name)))
    assert all(a.end <= b.start for a, b in pairwise(found))
