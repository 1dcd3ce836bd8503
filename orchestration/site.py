"""The site, an asset of each release: rendered in a process of its own while the release is written.

The process is started ahead and told what to render when dbt is done; the release waits for it just before it
takes the pages in.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import dagster as dg

from arsenale.errors import ArsenaleError
from arsenale.releases.builds import Build
from arsenale.settings import Settings
from arsenale.site.ahead import FOLDER, Order
from orchestration.docs import put_docs
from orchestration.owners import OWNERS

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


class SiteAhead:
    """The process that renders, from its start to its answer.

    Attributes:
        built_at: When the release will say that it was made, UTC: its pages name it before it is.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take over the process."""
        self._process = process
        self.built_at = datetime.now(UTC)

    def begin(self, build: Build) -> None:
        """Say what to render, now that its database is finished."""
        # First: the site leads to what it finds beside it.
        put_docs(build.pages)
        order = Order(str(build.folder), str(build.pages / FOLDER), self.built_at.isoformat())
        # Where it has ended already, its output says why.
        if self._process.stdin and not self._process.stdin.closed:
            with suppress(BrokenPipeError), self._process.stdin as pipe:
                pipe.write(order.line())

    def finish(self) -> int:
        """Wait for the pages, and return how many figures and events have their place on them.

        Raises:
            ArsenaleError: They could not be made.
        """
        self._process.stdin = None
        out, said = self._process.communicate()
        if self._process.returncode:
            lines = said.decode(errors="replace").splitlines() or ["it said nothing"]
            raise ArsenaleError("the site could not be rendered; nothing was published", details=lines[-20:])
        return int(out)


@contextmanager
def site_ahead(settings: Settings) -> Iterator[SiteAhead]:
    """Have the process for the length of a run."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "arsenale.site.ahead"],
        cwd=settings.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield SiteAhead(process)
    finally:
        # It has ended, unless nobody told it what to render, or the release said what the last one says.
        process.kill()
        process.wait()
