"""The command `gate`."""

from __future__ import annotations

import sys
from dataclasses import asdict

import rich_click as click
from rich.console import Console

from arsenale.settings import Settings
from arsenale.terminal.json_answer import json_option, print_json


@click.command()
@json_option
def gate(as_json: bool) -> None:
    """Check the seed files, and the batches that ARSENALE_FIGURES names, without building.

    Prints every problem with its file, line and column, what was found, what was expected, and how to mend
    it. Exits with 1 where there is one.
    """
    from arsenale.contracts import check_seeds  # noqa: PLC0415 - Pandera takes half a second

    settings = Settings.of_project()
    report = check_seeds(settings.seeds, figures=settings.figures)
    if as_json:
        print_json({"rows": report.rows, "problems": [asdict(one) for one in report.problems]})
        sys.exit(1 if report.problems else 0)
    report.raise_problems()
    said = f"{sum(report.rows.values())} rows in {len(report.rows)} seed files"
    if report.batches:
        said += f", {sum(batch.rows for batch in report.batches):,} figures in {len(report.batches)} batches"
    Console(stderr=True).print(f"[green]✓[/] {said}")
