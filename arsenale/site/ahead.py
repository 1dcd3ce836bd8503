"""The site in a process of its own, started ahead of its turn.

Starting the drawing program and reading the templates takes as long as writing the pages. So a build starts
this process first, which does both while the models are built, and then waits for one line: what to render.
It renders on a core that the rest of the build leaves idle. A closed pipe instead of a line means that there
is nothing to render.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from arsenale.errors import ArsenaleError

FOLDER = "site"
"""Where the site stands in a release."""


@dataclass(frozen=True)
class Order:
    """What to render.

    Attributes:
        build: The private folder of a build, with its finished database.
        folder: Where to put the site.
        built_at: When the release will say that it was made: UTC, ISO 8601.
    """

    build: str
    folder: str
    built_at: str

    def line(self) -> bytes:
        """Return it as the process reads it."""
        return json.dumps(asdict(self)).encode() + b"\n"


def main() -> int:
    """Prepare, wait for the line, render; say on standard error what stood in the way."""
    # Whoever sends an order needs none of these.
    from arsenale.site.render import render  # noqa: F401, PLC0415
    from arsenale.site.write import prepare  # noqa: PLC0415

    prepare()
    line = sys.stdin.readline()
    if not line:
        return 0
    try:
        print(_render(Order(**json.loads(line))))  # noqa: T201 - its answer
    except ArsenaleError as error:
        print(error.message, *error.details, sep="\n", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _render(order: Order) -> int:
    """Render, and return how many figures and events have their place: none where there is no site."""
    from arsenale.inputs import pages_digest  # noqa: PLC0415
    from arsenale.releases.logical_hash import hash_file  # noqa: PLC0415
    from arsenale.releases.manifest import release_of  # noqa: PLC0415
    from arsenale.releases.store import Release, current_release  # noqa: PLC0415
    from arsenale.settings import DOCUMENTS_LISTED_AT_MOST, REPORT_TO_VARIABLE, Settings  # noqa: PLC0415
    from arsenale.site.render import count_documents, render  # noqa: PLC0415

    settings = Settings.from_environment()
    database = Release(Path(order.build))
    if count_documents(database, settings) > DOCUMENTS_LISTED_AT_MOST:
        return 0
    built_at, logical = datetime.fromisoformat(order.built_at), hash_file(database.database)
    return render(
        database,
        Path(order.folder),
        settings=settings,
        release_id=release_of(settings, built_at, logical, pages_digest(settings)).release_id,
        previous=current_release(settings),
        report_to=os.environ.get(REPORT_TO_VARIABLE, ""),
    )


if __name__ == "__main__":
    sys.exit(main())
