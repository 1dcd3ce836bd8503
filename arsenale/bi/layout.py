"""Where a dashboard's charts stand: sections and rows, as a person writes them, as Superset's positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

ROOT, GRID = "ROOT_ID", "GRID_ID"
WHOLE_WIDTH = 12
TEXT_HEIGHT = 14

Component = dict[str, Any]


def positions(
    title: str, sections: Iterable[Mapping[str, Any]], charts: Mapping[str, Component]
) -> Component:
    """Return Superset's components, by id.

    Args:
        title: Of the dashboard.
        sections: Each with a title, a text and rows; a row has a height, in Superset's units of 8 pixels, and
            charts with their widths, which add up to 12.
        charts: By the name that rows use, their `uuid` and `slice_name`.

    Raises:
        KeyError: A row names a chart that there is not.
    """
    placed: Component = {
        "DASHBOARD_VERSION_KEY": "v2",
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": title}},
        ROOT: {"type": "ROOT", "id": ROOT, "children": [GRID]},
        GRID: {"type": "GRID", "id": GRID, "children": [], "parents": [ROOT]},
    }
    number = 0
    for section in sections:
        words = f"## {section['title']}\n{section['text']}"
        _row(placed, [_component("MARKDOWN", code=words, width=WHOLE_WIDTH, height=TEXT_HEIGHT)])
        for row in section["rows"]:
            components = []
            for name, width in row["charts"].items():
                number += 1
                chart = charts[name]
                components.append(
                    _component(
                        "CHART",
                        # The number of no chart yet: on import Superset puts that of the uuid in its place.
                        chartId=number,
                        uuid=chart["uuid"],
                        # Without it the title is blank.
                        sliceName=chart["slice_name"],
                        width=width,
                        height=row["height"],
                    )
                )
            _row(placed, components)
    return placed


def _component(kind: str, **meta: Any) -> Component:
    return {"type": kind, "children": [], "meta": meta}


def _row(placed: Component, components: list[Component]) -> None:
    """Add a row at the end of the grid, and what it holds."""
    row_id = f"ROW-{len(placed)}"
    placed[row_id] = {
        "type": "ROW",
        "id": row_id,
        "children": [],
        "parents": [ROOT, GRID],
        "meta": {"background": "BACKGROUND_TRANSPARENT"},
    }
    placed[GRID]["children"].append(row_id)
    for component in components:
        component_id = f"{component['type']}-{len(placed)}"
        placed[component_id] = {**component, "id": component_id, "parents": [ROOT, GRID, row_id]}
        placed[row_id]["children"].append(component_id)
