"""No fact table is left out of the rule that every row reaches a passage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

FACTS = Path(__file__).parents[2] / "models" / "marts" / "facts"
NAMES = sorted(file.stem for file in FACTS.glob("fct_*.sql"))
EVIDENCE = ("fct_figure", "fct_event")

BY_THEIR_KEY = {"fct_disagreement": "disagreement_id"}
"""Tables whose key joins the ids of two figures or events: it is never null, so neither are they."""


def columns_of(name: str) -> list[dict[str, Any]]:
    (model,) = yaml.safe_load((FACTS / f"{name}.yml").read_text(encoding="utf-8"))["models"]
    return list(model["columns"])


def is_never_null(column: dict[str, Any]) -> bool:
    return any(constraint["type"] == "not_null" for constraint in column.get("constraints", ()))


def names_evidence(column: dict[str, Any]) -> bool:
    homes = {f"ref('{one}')" for one in EVIDENCE}
    return any(constraint.get("to") in homes for constraint in column.get("constraints", ()))


def is_tested(column: dict[str, Any]) -> bool:
    return any("stands_on_a_passage" in test for test in column.get("data_tests", ()))


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_fact_table_reaches_a_passage(name: str) -> None:
    columns = columns_of(name)
    offset = {column["name"]: is_never_null(column) for column in columns}.get("char_start", False)
    named = any(is_never_null(column) and names_evidence(column) for column in columns)
    tested = any(is_tested(column) for column in columns)
    by_key = any(is_never_null(column) for column in columns if column["name"] == BY_THEIR_KEY.get(name))
    assert [name in EVIDENCE and offset, named, tested, by_key].count(True) == 1
