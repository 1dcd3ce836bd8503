"""A table on a terminal: as wide as the terminal there, as wide as it needs to be in a pipe or a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

NULL_CELL = "∅"


def print_table(
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    *,
    right: Iterable[int] = (),
    caption: str = "",
    stream: IO[str] | None = None,
) -> None:
    """Print a table.

    Args:
        header: The columns' names.
        rows: Texts, shown as they are: nothing in them is markup; None is NULL.
        right: Positions of the columns to align right.
        caption: A line below.
        stream: Where to; standard output without it.
    """
    positions = set(right)
    table = Table(header_style="bold")
    for position, name in enumerate(header):
        table.add_column(Text(name), justify="right" if position in positions else "left")
    for row in rows:
        table.add_row(*(Text(NULL_CELL, style="dim") if cell is None else Text(cell) for cell in row))
    console = Console(file=stream or sys.stdout)
    if not console.is_terminal:
        # A table that wraps cannot be searched.
        unbounded = console.options.update(max_width=sys.maxsize)
        console.width = max(console.width, console.measure(table, options=unbounded).maximum)
    console.print(table)
    if caption:
        console.print(caption, style="dim")
