"""The site, an asset of each release, and who renders it as a resource of a run."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from arsenale.settings import Settings
from orchestration.owners import OWNERS
from orchestration.site_ahead import SiteAhead, site_ahead

SITE = dg.AssetKey("site")


def site_spec(deps: list[dg.AssetKey]) -> dg.AssetSpec:
    """Return the asset, which stands on every model."""
    return dg.AssetSpec(
        SITE,
        deps=deps,
        group_name="release",
        owners=OWNERS,
        kinds={"html"},
        description="What people read: `warehouse/current/site/index.html`, static pages in two languages.",
        # A dry run makes none.
        skippable=True,
    )


@dg.resource(description="Who renders the site, started when the run begins.")
def site_of_the_run(_context: dg.InitResourceContext) -> Iterator[SiteAhead]:
    """Have a process for the length of the run."""
    with site_ahead(Settings.from_environment()) as site:
        yield site
