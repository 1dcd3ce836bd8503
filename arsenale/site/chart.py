"""Drawing: Vega-Lite in, SVG out, in two widths, in the page's colours and type.

A chart is drawn once for a desk and once for a telephone, because a drawing that is scaled down takes its
letters with it; the style sheet shows the one that fits. Its colours are names that stand for the page's own,
so that one drawing serves light, dark and paper. What is drawn leads to its figure, and says what it is to a
pointer that rests on it; whoever uses no pointer has the table behind the drawing. A specification is plain
data: see `pyproject.toml` for why nothing else writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

Spec = dict[str, Any]

WIDE, HALF, NARROW = 700, 500, 310
"""Pixels: beside its title at a desk, beside another drawing, and on a telephone of 360 less its margins."""

COLOURS = ("ink", "soft", "faint", "line", "paper", "raised", "accent", "c1", "c2", "c3", "c4", "c5", "c6")
"""Variables of `site.css`. In a drawing each is `#00000N`, N its place here, from one, in hexadecimal."""

SERIES = ("integrated_budget", "nato", "ministry_budget", "direct_costs", "missions_fund", "sipri")
"""Definitions that have a colour of their own wherever they are drawn."""

FONT = "Liberation Sans"
"""What the drawing program measures with, on every machine alike; the page's own type is as wide."""

LETTERS = re.compile(r"(?<=>)[^<>]+(?=</t(?:ext|itle)>)")
"""What a reader sees of a drawing in letters: its texts, and what its marks say."""

_TIP, _TO = "tip: ", "@@"
"""What marks our own texts and addresses in what the drawing program returns."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def colour(name: str) -> str:
    """Return what stands for a variable of the style sheet in a drawing."""
    return f"#0000{COLOURS.index(name) + 1:02x}"


def colour_of(definition: str) -> str:
    """Return the variable of a definition's colour."""
    return f"c{SERIES.index(definition) + 1}" if definition in SERIES else "soft"


def tip(text: str) -> str:
    """Return what a mark says when a pointer rests on it, for a field that `description` names."""
    return f"{_TIP}{text}"


def to(address: str) -> str:
    """Return where a mark leads, for a field that `href` names; the program puts a host before an address."""
    return f"{_TO}{address}"


LEADS: Spec = {"description": {"field": "tip"}, "href": {"field": "to"}}
"""The part of an encoding that takes both from fields of these names."""


@dataclass(frozen=True)
class Chart:
    """A chart in a page.

    Attributes:
        name: Its id in the page.
        title: What it shows.
        says: What a reader who does not see it is told.
        wide: The drawing for a desk.
        narrow: The drawing for a telephone.
        legend: Variables of colours, or classes of marks, and what each stands for.
    """

    name: str
    title: str
    says: str
    wide: Markup
    narrow: Markup
    legend: Sequence[tuple[str, str]] = ()


class Drawings:
    """Draws charts, and remembers them: in another language a chart has other letters and nothing else.

    That holds because no letter moves anything: names are marks of their own, beside what they name, and axes
    carry numbers.
    """

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self._drawn: dict[tuple[str, int], tuple[Spec, str]] = {}

    def chart(  # noqa: PLR0913 - what may be said of a chart, by name
        self,
        name: str,
        title: str,
        says: str,
        spec: Callable[[int], Spec],
        legend: Iterable[tuple[str, str]] = (),
        *,
        wide: int = WIDE,
    ) -> Chart:
        """Return a chart in both widths.

        Args:
            name: Its id in the page, the same in all languages.
            title: What it shows.
            says: The same for a reader who does not see it.
            spec: From the width of the drawing to a Vega-Lite specification without its head.
            legend: Variables of colours and what each stands for.
            wide: The width for a desk.
        """
        at_desk, on_telephone = (self._drawing(name, spec(width), width) for width in (wide, NARROW))
        return Chart(name, title, says, at_desk, on_telephone, tuple(legend))

    def _drawing(self, name: str, spec: Spec, width: int) -> Markup:
        before = self._drawn.get((name, width))
        letters = _other_letters(before[0], spec) if before else None
        if before is None or letters is None:
            svg = _renumbered(draw(spec, width), f"{name}-{width}")
            self._drawn[name, width] = (spec, svg)
        else:
            svg = LETTERS.sub(lambda match: letters.get(match[0], match[0]), before[1])
        return Markup(svg)  # noqa: S704 - our own drawing


def _renumbered(svg: str, name: str) -> str:
    """Return a drawing with names of its own: the program counts its clips on from drawing to drawing."""
    numbers: dict[str, int] = {}
    return re.sub(
        r"\bclip(\d+)\b", lambda match: f"{name}-clip{numbers.setdefault(match[1], len(numbers) + 1)}", svg
    )


def _other_letters(one: Any, other: Any) -> dict[str, str] | None:
    """Return the texts of one specification with those of another; None where more than texts differ."""
    found: dict[str, str] = {}
    pairs = [(one, other)]
    while pairs:
        a, b = pairs.pop()
        if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
            pairs += [(a[key], b[key]) for key in a]
        elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
            pairs += zip(a, b, strict=True)
        elif isinstance(a, str) and isinstance(b, str):
            # One text that becomes two is not told apart in a drawing.
            a, b = (escape(text.removeprefix(_TIP), quote=False) for text in (a, b))
            if found.setdefault(a, b) != b:
                return None
        elif a != b:
            return None
    return found


def draw(spec: Spec, width: int) -> str:
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
    return _as_part_of_a_page(vl_convert.vegalite_to_svg(whole))


def warm_up() -> None:
    """Start the drawing program, which takes as long as ten charts."""
    draw({"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}}, NARROW)


def _as_part_of_a_page(svg: str) -> str:
    svg = re.sub(r' font-family="[^"]*"', "", svg)
    said = re.compile(rf'<(\w+)([^>]*) aria-label="{_TIP}([^"]*)"([^>]*)/>')
    svg = said.sub(r"<\1\2\4><title>\3</title></\1>", svg)
    svg = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", svg)
    for number, name in enumerate(COLOURS, 1):
        svg = svg.replace(f'"#0000{number:02x}"', f'"var(--{name})"')
    # A pointer's way alone: by keyboard the same figures are reached from the table behind the drawing.
    svg = re.sub(rf'<a xlink:href="[^"]*{_TO}', '<a tabindex="-1" href="', svg)
    head = re.match(r"<svg[^>]*>", svg)
    if head is None:
        raise ValueError("the drawing program returned no SVG")
    box = re.search(r'viewBox="[^"]*"', head[0])
    return f'<svg aria-hidden="true" {box[0] if box else ""}>{svg[head.end() :]}'


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
