"""The private folder that one build works in: its database, its pages, its logs, its scratch space.

Readers never look here. The folder of a build that succeeded goes with it; that of a build that failed or
was killed stays for inspection until newer ones push it out, which happens at the start of a build, under
the lock.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from arsenale.errors import one_line_errors
from arsenale.releases.space import require_space
from arsenale.releases.store import remove_tree
from arsenale.settings import DATABASE_NAME, Settings

BUILDS_NAME = "builds"
FAILED_BUILDS_KEPT = 2

SPACE_AT_LEAST = 256 * 2**20
SPACE_PER_BYTE = 40
"""Bytes for each of the current release's database, in which blocks are small and nothing is intermediate. A
first build of the five documents, whose database has 5.7 MB, took 74 MB at its peak, and what publishing asks
for comes on top (2026-11-22)."""


@dataclass(frozen=True)
class Build:
    """One build's private folder.

    Attributes:
        build_id: UTC time and process, so that names sort by time.
        folder: The folder, which exists.
    """

    build_id: str
    folder: Path

    @property
    def database(self) -> Path:
        """The private database; named like the published one, since on DuckDB 1.x views store that name."""
        return self.folder / DATABASE_NAME

    @property
    def logs(self) -> Path:
        """Where the tools of this build write their logs and artefacts."""
        return self.folder / "logs"

    @property
    def pages(self) -> Path:
        """What is to read in a browser: whatever stands under it goes into the release as it is."""
        return self.folder / "pages"


@contextmanager
def private_build(settings: Settings) -> Iterator[Build]:
    """Work in a fresh private folder, which is removed on success and kept on failure.

    The caller holds the build lock.
    """
    build = start_build(settings)
    yield build
    remove_tree(build.folder)


def start_build(settings: Settings) -> Build:
    """Make a fresh private folder, and remove those of dead builds but the newest two.

    The caller holds the build lock, so every other folder here belongs to a build that is over.

    Raises:
        ArsenaleError: The folder cannot be made, or the disk has too little room for a build.
    """
    builds = settings.warehouse / BUILDS_NAME
    build_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{os.getpid()}"
    build = Build(build_id, builds / build_id)
    with one_line_errors(f"build in {builds}"):
        builds.mkdir(parents=True, exist_ok=True)
        dead = sorted(path for path in builds.iterdir() if path.is_dir())
        for folder in dead[:-FAILED_BUILDS_KEPT]:
            remove_tree(folder)
        current = settings.current_database
        published = current.stat().st_size if current.exists() else 0
        require_space(builds, max(SPACE_AT_LEAST, SPACE_PER_BYTE * published), "a build")
        build.logs.mkdir(parents=True)
        build.pages.mkdir()
    return build
