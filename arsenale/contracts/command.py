"""The command `gate`."""

from __future__ import annotations

import rich_click as click
from rich.console import Console

from arsenale.settings import Settings


@click.command()
def gate() -> None:
    """Check the seed files, without building.

    Prints every problem with its file, line and column, what was found, what was expected, and how to mend
    it.
    """
    from arsenale.contracts import check_seeds  # noqa: PLC0415 - Pandera takes half a second

    report = check_seeds(Settings.from_environment().seeds)
    report.raise_problems()
    Console(stderr=True).print(
        f"[green]✓[/] {sum(report.rows.values())} rows in {len(report.rows)} seed files"
    )
