"""The command `gate`."""

from __future__ import annotations

import rich_click as click
from rich.console import Console

from arsenale.settings import Settings


@click.command()
def gate() -> None:
    """Check the seed files, and the batches that ARSENALE_FIGURES names, without building.

    Prints every problem with its file, line and column, what was found, what was expected, and how to mend
    it.
    """
    from arsenale.contracts import check_seeds  # noqa: PLC0415 - Pandera takes half a second

    settings = Settings.of_project()
    report = check_seeds(settings.seeds, figures=settings.figures)
    report.raise_problems()
    said = f"{sum(report.rows.values())} rows in {len(report.rows)} seed files"
    if report.batches:
        said += f", {sum(batch.rows for batch in report.batches):,} figures in {len(report.batches)} batches"
    Console(stderr=True).print(f"[green]✓[/] {said}")
