"""What holds for the code of the orchestration as a whole, read from its files."""

from __future__ import annotations

import ast
import importlib
import json
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import dagster as dg
import pytest

from orchestration import models, retries
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


def test_what_dagster_does_not_promise_to_keep_is_taken_in_one_file() -> None:
    taken = {
        (file.name, module)
        for file in ORCHESTRATION
        for module in imported(file)
        if re.match(r"dagster\w*\._|dagster_dbt\.", module)
    }
    assert {name for name, module in taken if module != "dagster_dbt.asset_utils"} == {"dagster_internals.py"}
    assert {name for name, module in taken if module == "dagster_dbt.asset_utils"} == {"dbt.py"}


def test_what_dagster_does_not_promise_is_there_and_means_what_it_meant() -> None:
    from dagster._core.definitions.metadata import TableMetadataSet  # noqa: PLC0415
    from dagster._core.events import RunFailureReason  # noqa: PLC0415
    from dagster._core.storage.tags import RUN_FAILURE_REASON_TAG  # noqa: PLC0415

    for name in ("dagster_internals", "dbt", "event_log", "retention", "run_launcher"):
        importlib.import_module(f"orchestration.{name}")
    assert {**TableMetadataSet(column_lineage=dg.TableColumnLineage({}))}.keys() == {models.COLUMN_LINEAGE}
    assert (RUN_FAILURE_REASON_TAG, RunFailureReason.STEP_FAILURE.value) == (retries.WHY_TAG, retries.A_STEP)


def test_the_library_knows_neither_dagster_nor_dbt_nor_the_orchestration() -> None:
    above = re.compile(r"(dagster|dagster_dbt|dbt|orchestration)(\.|$)")
    assert [
        (file.relative_to(ROOT).as_posix(), module)
        for file in LIBRARY
        for module in imported(file)
        if above.match(module)
    ] == []


def test_no_two_rooms_of_the_library_need_each_other() -> None:
    needs: dict[str, set[str]] = {}
    for file in LIBRARY:
        room, *inside = file.relative_to(ROOT / "arsenale").with_suffix("").parts
        names = (module.split(".") for module in imported(file))
        others = {name[1] for name in names if name[0] == "arsenale" and len(name) > 1}
        if inside or room != "__init__":
            needs.setdefault(room, set()).update(others - {room})
    assert needs["files"] == {"errors"}
    # A circle is an error that names it.
    order = list(TopologicalSorter(needs).static_order())
    assert order.index("documents") < order.index("capture")
    assert order.index("releases") < order.index("site")


def test_the_orchestration_names_no_model() -> None:
    manifest = json.loads((built_project().warehouse / "dbt" / "manifest.json").read_bytes())
    models = {node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "model"}
    assert "fct_figure" in models
    for file in ORCHESTRATION:
        words = set(re.findall(r"\w+", file.read_text(encoding="utf-8")))
        # The help shows a first query, which is addressed to a person.
        words -= {"rpt_spending_by_year_and_service"}
        assert words & models == set(), file.name
