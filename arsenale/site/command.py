"""The command `arsenale site`. What it does is imported when it runs."""

from __future__ import annotations

import os
from pathlib import Path

import rich_click as click

from arsenale.settings import REPORT_TO_VARIABLE


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write; without it warehouse/site.",
)
@click.option("--release", "release_id", metavar="ID", help="Another release than the current one.")
@click.option(
    "--with-passages",
    is_flag=True,
    help="Print the sentences too, from ARSENALE_DOCUMENTS: for your own reading, not ours to publish.",
)
def site(out: Path | None, release_id: str | None, with_passages: bool) -> None:
    """Write a release as pages to read, in one folder that needs no server and no network.

    Every release holds its own site: open warehouse/current/site/index.html. This writes one that stands
    alone, with what is to download beside it, of any release, or with the passages.

    \b
    arsenale site --out ~/arsenale-site
    ARSENALE_DOCUMENTS=... arsenale site --with-passages
    """
    from arsenale.releases.store import find_release, require_current  # noqa: PLC0415
    from arsenale.settings import Settings  # noqa: PLC0415
    from arsenale.site.render import render_alone  # noqa: PLC0415

    settings = Settings.from_environment()
    release = find_release(settings, release_id) if release_id else require_current(settings)
    folder = (out or settings.warehouse / "site").absolute()
    count = render_alone(
        release,
        folder,
        settings=settings,
        passages=with_passages,
        report_to=os.environ.get(REPORT_TO_VARIABLE, ""),
    )
    click.echo(f"{folder / 'index.html'}: {count} figures and events of release {release.release_id}")
