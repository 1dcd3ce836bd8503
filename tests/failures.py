"""What breaks such warehouses, and how often the tests tried it: a table at the end of a run.

A test says which failure it provokes with `@pytest.mark.failure(NUMBER)`; one that tries it more than once
says how often with `record_property("trials", COUNT)`.
"""

from __future__ import annotations

from collections import Counter

import pytest

FAILURES = {
    2: "a bad number is published although a check fails",
    3: "a crash leaves half of a release",
    6: "a seed that is empty or cut short passes",
    9: "a reader stops the build, or the build a reader",
    11: "two builds at once",
    12: "a reader gets at files, network or settings",
    14: "exports differ from the audited file",
    15: "a client cannot open the file",
    16: "a published value changes without a reason",
    18: "an install needs more than the lock",
    19: "full disk, flipped bytes",
    25: "a release cannot be verified or taken back",
}
"""By their number in the list of failures that the project was planned with."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each report carry the failures that its test provokes."""
    for item in items:
        item.user_properties.extend(("failure", mark.args[0]) for mark in item.iter_markers("failure"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how often each failure was tried, and how often it got through."""
    trials: Counter[int] = Counter()
    got_through: Counter[int] = Counter()
    for outcome in ("passed", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, ()):
            properties = report.user_properties
            count = sum(number for name, number in properties if name == "trials") or 1
            for number in (number for name, number in properties if name == "failure"):
                trials[number] += count
                got_through[number] += outcome != "passed"
    if not trials:
        return
    terminalreporter.section("failures that were provoked")
    width = max(map(len, FAILURES.values()))
    terminalreporter.write_line(f"    {'':{width}} {'trials':>7} {'got through':>12}")
    for number in sorted(trials):
        line = f"{number:>3} {FAILURES[number]:{width}} {trials[number]:>7} {got_through[number]:>12}"
        terminalreporter.write_line(line)
