"""The page of rules is what the rules say."""

from __future__ import annotations

from pathlib import Path

from orchestration.rule_book import rule_book

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_is_as_young_as_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == rule_book(), (
        "python -m orchestration.rule_book > docs/rules.md"
    )
