"""The command `build`. What it does stands elsewhere; here it is called and shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from arsenale.contracts import refuse_disabled_validation
from arsenale.inputs import inputs_digest
from arsenale.releases.last_build import last_report, remember_build
from arsenale.releases.lock import build_lock
from arsenale.releases.space import full_disk_named
from arsenale.settings import Settings
from arsenale.site.ahead import FOLDER
from orchestration.dbt_ahead import dbt_ahead
from orchestration.project import load_manifest

if TYPE_CHECKING:
    from orchestration.outcome import BuildOutcome


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Print what was built as one JSON object.")
@click.option(
    "--dry-run", is_flag=True, help="Show what the release would change, as Markdown, and publish nothing."
)
@click.option(
    "--wait", default=0.0, metavar="SECONDS", help="Wait for another build to end instead of leaving."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Build it as it stood on a day, beside the releases, for `arsenale query --as-of`.",
)
@click.option("--rebuild", is_flag=True, help="Build even where nothing has changed since the last build.")
def build(  # noqa: PLR0913, PLR0917 - click hands over every option as a parameter
    quiet: bool, as_json: bool, dry_run: bool, wait: float, as_of: datetime | None, rebuild: bool
) -> None:
    """Build the warehouse from the seeds and publish it.

    Gates the seeds, builds and tests every model in a private database, audits it, and publishes it whole:
    readers see the complete new release, or the one before. Where `ARSENALE_DOCUMENTS` names the folder of
    the source documents, every passage is re-read.

    A value that was published changes only with a reason in seeds/revisions.csv. --dry-run shows every
    change with its reason, and exits with 1 where one is lacking.
    """
    refuse_disabled_validation()
    # The event listener writes to the terminal while Dagster catches this process's own output.
    terminal = Console(file=os.fdopen(os.dup(2), "w"), quiet=quiet or as_json)
    settings = Settings.of_project()
    if as_of is not None:
        if dry_run or as_json or rebuild:
            raise click.UsageError("--as-of goes with --quiet and --wait alone")
        from orchestration.as_of import build_as_of  # noqa: PLC0415 - Dagster takes three seconds

        with terminal.status(f"building as of {as_of:%Y-%m-%d}"):
            release = build_as_of(settings, as_of.date(), wait_seconds=wait)
        terminal.print(f"[green]✓[/] {_shown(release.database)}, beside the releases", highlight=False)
        return
    with build_lock(settings, "arsenale build", wait_seconds=wait, on_wait=terminal.print):
        inputs = inputs_digest(settings)
        report = None if rebuild or dry_run else last_report(settings, inputs)
        if report is None:
            with full_disk_named(settings.warehouse):
                with dbt_ahead(settings) as dbt:
                    outcome = _run(dbt, terminal, dry_run=dry_run)
                outcome.raise_failure()
                report = outcome.metadata
                if not dry_run:
                    remember_build(settings, inputs, report)
    if as_json:
        click.echo(json.dumps(report, default=str))
    elif dry_run:
        click.echo(report["release"]["diff"], nl=False)
    else:
        _show(report, terminal)
    if dry_run and report["release"]["without a reason"]:
        sys.exit(1)


def _run(dbt: subprocess.Popen[bytes], terminal: Console, *, dry_run: bool) -> BuildOutcome:
    """Run the job, showing how far each step is."""
    with terminal.status("starting"):
        from orchestration.build_room import BuildRoom  # noqa: PLC0415 - Dagster takes three seconds
        from orchestration.dbt import Dbt  # noqa: PLC0415
        from orchestration.run import STEPS, run_build  # noqa: PLC0415
    with Progress(
        SpinnerColumn(finished_text="[green]✓[/]"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=terminal,
    ) as progress:
        kinds = [node["resource_type"] for node in load_manifest()["nodes"].values()]
        # One more than there are nodes: only the end of the step says that nothing failed.
        totals = {"models": 1 + sum(kind in ("seed", "model", "test") for kind in kinds)}
        tasks = {
            step: progress.add_task(name, start=False, total=totals.get(step)) for step, name in STEPS.items()
        }

        def on_progress(step: str, event: str) -> None:
            if step not in tasks:
                return
            if event == "start":
                progress.start_task(tasks[step])
            elif event == "end":
                done = progress.tasks[tasks[step]].completed
                progress.update(tasks[step], total=done or 1, completed=done or 1)
            else:
                progress.advance(tasks[step])

        room = BuildRoom(is_locked=True, dry_run=dry_run)
        return run_build(room, Dbt(dbt), on_progress)


def _show(metadata: dict[str, dict[str, object]], terminal: Console) -> None:
    """Print what the release holds, where it is, and what nobody looked at."""
    release, documents = metadata["release"], metadata["documents"]
    settings = Settings.from_environment()
    verb = "published" if release["new"] else "nothing changed: current is still"
    terminal.print(f"\n[bold]{verb} {release['release']}[/]  ({release['checks passed']} checks passed)")
    terminal.print(f"  {release['holds']}", highlight=False)
    shown = (settings.current_database, settings.current_database.parent / FOLDER / "index.html")
    terminal.print(*(f"  {_shown(file)}" for file in shown if file.is_file()), sep="\n", highlight=False)
    reread, others = documents["passages re-read"], documents["not re-read"]
    terminal.print(f"  passages re-read: {reread}; not re-read: {others}")
    terminal.print('  next: arsenale query "from rpt_spending_by_year_and_service"', highlight=False)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
