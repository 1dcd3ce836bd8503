"""The table of failures has no row that nobody provokes, and no test provokes one that it does not know."""

from __future__ import annotations

import re
from pathlib import Path

from tests.failures import FAILURES

MARK = re.compile(r"pytest\.mark\.failure\((\d+)\)")


def test_every_failure_is_provoked_and_every_mark_is_of_the_table() -> None:
    tests = Path(__file__).parents[1].rglob("test_*.py")
    provoked = {int(number) for test in tests for number in MARK.findall(test.read_text(encoding="utf-8"))}
    assert provoked == set(FAILURES)
