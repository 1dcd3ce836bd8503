"""The data: downloads, the dictionary, how tables hang together, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from arsenale.releases.engine import RELEASE_TABLE, Table
from arsenale.site.chart import Drawings
from arsenale.site.content import Content, Row
from arsenale.site.language import Language

COLUMNS = (("dim_", "macro"), ("fct_", "rpt_"), ("bridge_",))
KINDS = ("dim_", "fct_", "bridge_", "rpt_")

ROW, WIDTH, GAP, HEAD = 30, 250, 120, 30
"""Pixels of the diagram: a table's height and width, the way between columns, the space above."""


def page(content: Content, _language: Language, _drawings: Drawings) -> dict[str, Any]:
    """Return what the template of the page needs."""
    return {
        "tables": sorted(content.schema, key=lambda table: (_kind(table.name), table.name)),
        "release_table": RELEASE_TABLE,
        "diagram": diagram(content.schema),
        "changes": [one for one in content.changes if not one.is_empty],
    }


def _kind(name: str) -> int:
    return next((number for number, kind in enumerate(KINDS) if name.startswith(kind)), len(KINDS))


def diagram(schema: Sequence[Table]) -> Row:
    """Return where each table stands, and the lines of the foreign keys: dimensions, facts, bridges."""
    columns: list[list[Table]] = [[], [], []]
    for table in schema:
        place = next((n for n, kinds in enumerate(COLUMNS) if table.name.startswith(kinds)), 1)
        if table.foreign_keys or any(table.name in other.references for other in schema):
            columns[place].append(table)
    boxes: dict[str, tuple[int, int]] = {}
    tallest = max(len(column) for column in columns)
    for number, column in enumerate(columns):
        top = HEAD + (tallest - len(column)) * ROW // 2
        for place, table in enumerate(column):
            boxes[table.name] = (number * (WIDTH + GAP), top + place * ROW)
    lines = [
        _line(boxes[table.name], boxes[name])
        for table in schema
        for name in sorted(table.references - {table.name})
        if table.name in boxes and name in boxes
    ]
    return {
        "boxes": boxes,
        "lines": lines,
        "width": 3 * WIDTH + 2 * GAP,
        "height": HEAD + tallest * ROW,
        "box": (WIDTH, ROW - 7),
    }


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the path from a table to the one that it names."""
    middle = (ROW - 7) // 2
    x1, y1, x2, y2 = start[0], start[1] + middle, end[0] + WIDTH, end[1] + middle
    if start[0] == end[0]:
        # Two tables of one column: around its left side.
        return f"M{x1} {y1} C{x1 - 40} {y1} {x1 - 40} {y2} {end[0]} {y2}"
    bend = (x1 - x2) // 2
    return f"M{x1} {y1} C{x1 - bend} {y1} {x2 + bend} {y2} {x2} {y2}"
