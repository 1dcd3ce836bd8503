"""Every annotated mention is found, of its kind, with its value, unit and modality.

Nothing else is called a figure.
"""

from decimal import Decimal

import pytest
from annotated import Expected, documents

from arsenale.mentions import FIGURES, Mention, find

DOCUMENTS = documents()
CASES = [(name, text, expected) for name, text, mentions in DOCUMENTS for expected in mentions]
FOUND = {name: list(find(text)) for name, text, _ in DOCUMENTS}


def _close(got: object, want: object) -> bool:
    if isinstance(want, Decimal):
        return isinstance(got, Decimal) and abs(got - want) <= abs(want) / 1_000_000
    return got == want


def _same(got: Mention, want: Expected) -> bool:
    if want.kind not in FIGURES:
        return got.kind not in FIGURES
    return (
        got.kind == want.kind
        and got.text == want.text
        and (want.low is None or (_close(got.value_low, want.low) and _close(got.value_high, want.high)))
        and want.unit in (None, got.unit)
        and want.modality in (None, got.modality)
    )


def test_there_are_at_least_three_hundred_cases() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize(
    ("name", "text", "want"), CASES, ids=[f"{c[0]}:{c[2].start}:{c[2].text[:20]!r}" for c in CASES]
)
def test_a_mention_is_read_as_annotated(name: str, text: str, want: Expected) -> None:
    overlapping = [m for m in FOUND[name] if m.start < want.end and m.end > want.start]
    assert any(_same(m, want) for m in overlapping), overlapping


@pytest.mark.parametrize("name", [d[0] for d in DOCUMENTS])
def test_nothing_else_is_called_a_figure(name: str) -> None:
    mentions = next(m for n, _, m in DOCUMENTS if n == name)
    extra = [
        m
        for m in FOUND[name]
        if m.kind in FIGURES and not any(m.start < w.end and m.end > w.start for w in mentions)
    ]
    assert extra == []


@pytest.mark.parametrize(("name", "text"), [d[:2] for d in DOCUMENTS])
def test_spans_are_in_order_and_are_what_the_text_says(name: str, text: str) -> None:
    end = 0
    for m in FOUND[name]:
        assert m.start >= end
        assert m.text == text[m.start : m.end]
        end = m.end
