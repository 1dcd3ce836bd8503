"""The command `arsenale bi`. What it does is imported when it runs."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from arsenale.settings import Settings


@click.group()
def bi() -> None:
    """Give a BI tool what it needs to read the releases; docs/connect.md tells of each tool."""


@bi.command()
@click.option(
    "--out", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The ZIP to write."
)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where Superset finds the file, if it runs elsewhere; without it, warehouse/current here.",
)
def superset(out: Path, database: Path | None) -> None:
    """Zip the dashboard for Superset, with this machine's URI and the release's descriptions.

    \b
    arsenale bi superset --out dashboard.zip
    superset import-dashboards --path dashboard.zip --username admin
    """
    from arsenale.bi.superset import write_bundle  # noqa: PLC0415
    from arsenale.releases.reader import connect  # noqa: PLC0415

    settings = Settings.from_environment()
    with connect(settings) as connection:
        charts = write_bundle(
            settings.home / "bi" / "superset", connection, database or settings.current_database, out
        )
    click.echo(f"{out}: {len(charts)} charts")
