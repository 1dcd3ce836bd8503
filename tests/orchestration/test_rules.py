"""What holds for the code of the orchestration as a whole, read from its files."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import ROOT, built_project

ORCHESTRATION = sorted((ROOT / "orchestration").glob("*.py"))
LIBRARY = sorted((ROOT / "arsenale").rglob("*.py"))


def imported(file: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_there_is_something_to_check() -> None:
    assert len(ORCHESTRATION) > 10
    assert len(LIBRARY) > 30


@pytest.mark.parametrize("file", ORCHESTRATION, ids=lambda file: file.name)
def test_a_file_of_the_orchestration_keeps_to_150_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 150


def test_the_library_knows_neither_dagster_nor_dbt_nor_the_orchestration() -> None:
    above = re.compile(r"(dagster|dagster_dbt|dbt|orchestration)(\.|$)")
    assert [
        (file.relative_to(ROOT).as_posix(), module)
        for file in LIBRARY
        for module in imported(file)
        if above.match(module)
    ] == []


def test_the_orchestration_names_no_model() -> None:
    manifest = json.loads((built_project().warehouse / "dbt" / "manifest.json").read_bytes())
    models = {node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "model"}
    assert "fct_figure" in models
    for file in ORCHESTRATION:
        words = set(re.findall(r"\w+", file.read_text(encoding="utf-8")))
        # The help shows a first query, which is addressed to a person.
        words -= {"rpt_spending_by_year_and_service"}
        assert words & models == set(), file.name
