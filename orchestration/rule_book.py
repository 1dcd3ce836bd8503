"""Which rule stands where, as a table: `python -m orchestration.rule_book > docs/rules.md`.

Written from the rules themselves; a test sees to it that the page is never older than they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from arsenale.contracts import audit, declarations, rules
from orchestration.project import load_manifest

HEAD = """\
# Every rule and its home

Written by `python -m orchestration.rule_book`, not by hand. Each rule stands in one place: change it there.

| rule | looks at | home |
| --- | --- | --- |
"""

ENTRANCE = "entrance: `arsenale/contracts/"
EXIT = "exit: `arsenale/contracts/audit.py`"


def rule_book() -> str:
    """Return the page."""
    rows = [*_declared(), *_between_rows(), *_dbt_contracts(), *_dbt_tests(), *_audited()]
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _declared() -> Iterator[tuple[str, str, str]]:
    for seed in declarations.SEEDS:
        needed = sum(column.required for column in seed.columns)
        text = f"{len(seed.columns)} columns, {needed} always filled; {', '.join(seed.key)} once"
        yield text, f"`seeds/{seed.file}`", f"{ENTRANCE}declarations.py` (Pandera)"


def _between_rows() -> Iterator[tuple[str, str, str]]:
    for rule in rules.RULES:
        module = rule.check.__module__.rpartition(".")[2]
        yield rule.sentence, ", ".join(f"`{seed}`" for seed in rule.seeds), f"{ENTRANCE}{module}.py`"


def _dbt_contracts() -> Iterator[tuple[str, str, str]]:
    for node in _nodes("model"):
        if node["config"]["contract"]["enforced"]:
            kinds = [constraint["type"] for constraint in node["constraints"]]
            kinds += [c["type"] for column in node["columns"].values() for c in column["constraints"]]
            counted = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
            yield f"types of {len(node['columns'])} columns; {counted}", f"`{node['name']}`", _file(node)


def _dbt_tests() -> Iterator[tuple[str, str, str]]:
    for node in _nodes("test"):
        metadata = node.get("test_metadata") or {"name": node["name"], "kwargs": {}}
        arguments = {k: v for k, v in metadata["kwargs"].items() if k not in ("model", "column_name")}
        said = ", ".join(f"{name} {value}" for name, value in sorted(arguments.items()))
        tested = node["attached_node"].rpartition(".")[2] if node.get("attached_node") else ""
        column = f".{node['column_name']}" if node.get("column_name") else ""
        yield f"{metadata['name']}{': ' + said if said else ''}", f"`{tested}{column}`", _file(node)


def _audited() -> Iterator[tuple[str, str, str]]:
    for rule in audit.RULES:
        yield rule.says, f"`{rule.table}`", EXIT


def _nodes(resource_type: str) -> list[dict[str, Any]]:
    nodes = load_manifest()["nodes"]
    chosen = [node for node in nodes.values() if node["resource_type"] == resource_type]
    return sorted(chosen, key=lambda node: (node["original_file_path"], node["name"]))


def _file(node: dict[str, Any]) -> str:
    patch = str(node.get("patch_path") or node["original_file_path"])
    return f"dbt: `{patch.partition('://')[2] or patch}`"


if __name__ == "__main__":
    sys.stdout.write(rule_book())
