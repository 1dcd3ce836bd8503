"""Drawing: Vega-Lite in, SVG out, in two widths, in the page's colours and type.

A chart is drawn once for a desk and once for a telephone, because a drawing that is scaled down takes its
letters with it; the style sheet shows the one that fits. Its colours are names that stand for the page's own, so
that one drawing serves light, dark and paper. A specification is plain data: see `pyproject.toml` for why
nothing else writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

Spec = dict[str, Any]

WIDE, HALF, NARROW = 700, 500, 310
"""Pixels: beside its title at a desk, beside another drawing, and on a telephone of 360 less its margins."""

COLOURS = ("ink", "soft", "faint", "line", "paper", "accent", "c1", "c2", "c3", "c4", "c5", "c6")
"""Variables of `site.css`. In a drawing each is `#00000N`, N its place here, counted from one in hexadecimal."""

SERIES = ("integrated_budget", "nato", "ministry_budget", "direct_costs", "missions_fund", "sipri")
"""Definitions that have a colour of their own wherever they are drawn."""

FONT = "Liberation Sans"
"""What the drawing program measures with, on every machine alike; the page's own type is as wide."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def colour(name: str) -> str:
    """Return what stands for a variable of the style sheet in a drawing."""
    return f"#0000{COLOURS.index(name) + 1:02x}"


def colour_of(definition: str) -> str:
    """Return the variable of a definition's colour."""
    return f"c{SERIES.index(definition) + 1}" if definition in SERIES else "soft"


@dataclass(frozen=True)
class Chart:
    """A chart in a page.

    Attributes:
        name: Its id in the page.
        title: What it shows.
        says: What a reader who does not see it is told.
        wide: The drawing for a desk.
        narrow: The drawing for a telephone.
        legend: Variables of colours and what each stands for.
    """

    name: str
    title: str
    says: str
    wide: Markup
    narrow: Markup
    legend: Sequence[tuple[str, str]] = ()


def chart(
    name: str,
    title: str,
    says: str,
    spec: Callable[[int], Spec],
    legend: Iterable[tuple[str, str]] = (),
    *,
    wide: int = WIDE,
) -> Chart:
    """Draw a chart in both widths.

    Args:
        name: Its id in the page.
        title: What it shows.
        says: The same for a reader who does not see it.
        spec: From the width of the drawing to a Vega-Lite specification without its head.
        legend: Variables of colours and what each stands for.
        wide: The width for a desk.
    """
    return Chart(name, title, says, draw(spec(wide), wide), draw(spec(NARROW), NARROW), tuple(legend))


def draw(spec: Spec, width: int) -> Markup:
    """Return a specification as SVG to be put into a page."""
    import vl_convert  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - starts a JavaScript engine

    whole = {
        "$schema": _SCHEMA,
        "width": width,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": "transparent",
        "padding": 4,
        "config": CONFIG,
        **spec,
    }
    return Markup(_as_part_of_a_page(vl_convert.vegalite_to_svg(whole)))  # noqa: S704 - our own drawing


def warm_up() -> None:
    """Start the drawing program, which takes as long as ten charts."""
    draw({"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}}, NARROW)


def _as_part_of_a_page(svg: str) -> str:
    svg = re.sub(r' font-family="[^"]*"', "", svg)
    svg = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", svg)
    for number, name in enumerate(COLOURS, 1):
        svg = svg.replace(f'"#0000{number:02x}"', f'"var(--{name})"')
    svg = svg.replace("xlink:href", "href").replace(' target="_self"', "")
    head = re.match(r"<svg[^>]*>", svg)
    if head is None:
        raise ValueError("the drawing program returned no SVG")
    box = re.search(r'viewBox="[^"]*"', head[0])
    return f"<svg {box[0] if box else ''}>{svg[head.end() :]}"


def values(rows: Iterable[Mapping[str, Any]]) -> Spec:
    """Return data of a layer: numbers as floats, since a drawing has no use for more."""
    return {"values": [{key: _plain(value) for key, value in row.items()} for row in rows]}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else float(value)


CONFIG: Spec = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": colour("soft"),
        "titleColor": colour("soft"),
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": colour("line"),
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "axisX": {"grid": False},
    "text": {"fontSize": 12, "color": colour("ink")},
    "point": {"size": 70, "filled": True, "opacity": 1},
    "rule": {"strokeWidth": 1.5},
    "line": {"strokeWidth": 2.5},
    "bar": {"cornerRadius": 2},
}
