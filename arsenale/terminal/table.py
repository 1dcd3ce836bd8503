"""A table: as wide as the terminal there, as wide as it needs to be in a pipe, a file or a pager."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from arsenale.terminal.pager import CHOPPED, paged, pager

NULL_CELL = "∅"
FRAME = 6
"""Lines of the terminal beside the rows: the frame, the names, the caption, the next prompt."""


def print_table(  # noqa: PLR0913 - what a table is made of, by name
    header: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    *,
    right: Iterable[int] = (),
    caption: str = "",
    stream: IO[str] | None = None,
    in_pager: bool = False,
) -> None:
    """Print a table.

    Args:
        header: The columns' names.
        rows: Texts, shown as they are: nothing in them is markup; None is NULL.
        right: Positions of the columns to align right.
        caption: A line below.
        stream: Where to; standard output without it.
        in_pager: Show it in a pager where the terminal is too small for it.
    """
    positions = set(right)
    table = Table(header_style="bold")
    for position, name in enumerate(header):
        table.add_column(Text(name), justify="right" if position in positions else "left")
    for row in rows:
        table.add_row(*(Text(NULL_CELL, style="dim") if cell is None else Text(cell) for cell in row))
    console = Console(file=stream or sys.stdout)
    unbounded = console.options.update(max_width=sys.maxsize)
    width = console.measure(table, options=unbounded).maximum
    if not console.is_terminal:
        # A table that wraps cannot be searched.
        console.width = max(console.width, width)
    elif in_pager and pager() and (width > console.width or table.row_count + FRAME > console.height):
        with paged(CHOPPED) as shown:
            _print(table, caption, Console(file=shown, force_terminal=True, width=max(console.width, width)))
        return
    _print(table, caption, console)


def _print(table: Table, caption: str, console: Console) -> None:
    console.print(table)
    if caption:
        console.print(caption, style="dim", highlight=False)
