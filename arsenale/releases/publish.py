"""From an audited private database to the release that everyone reads: all or nothing.

The order is what makes it safe. Everything is written beside the releases, in a folder that no reader
looks at; made durable; renamed in one step; and only then does the link `current` move, in one step.
Killed anywhere before that, readers keep the release they had, and the next publish sweeps what was left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from arsenale.engine import open_engine
from arsenale.errors import one_line_errors
from arsenale.releases.comparison import compare
from arsenale.releases.confirmation import confirm
from arsenale.releases.draft import Draft
from arsenale.releases.engine import attach, require_closed, schema_version
from arsenale.releases.logical_hash import LogicalHash, logical_hash
from arsenale.releases.manifest import Imprint, Provenance, read_manifest, release_of
from arsenale.releases.revisions import refusal
from arsenale.releases.store import Release, current_release, point_current_at, sweep
from arsenale.releases.verify import require_verified, verify
from arsenale.settings import Settings

STEPS = ("check", "copy", "export", "describe", "enclose", "seal", "rename", "flip")
"""What `on_step` is told before each step."""


@dataclass(frozen=True)
class Publication:
    """What publishing came to.

    Attributes:
        release: The current release.
        is_new: Whether this call made it current; False where the current one says the same already.
    """

    release: Release
    is_new: bool


def publish(
    private_database: Path,
    settings: Settings,
    provenance: Provenance,
    *,
    now: datetime | None = None,
    on_step: Callable[[str], None] = lambda _step: None,
) -> Publication:
    """Publish what the database says, unless the current release says the same.

    The caller holds the build lock and has ended whatever wrote the database.

    Args:
        private_database: The audited database; it is only read.
        settings: Where the warehouse is.
        provenance: What the release says about its build.
        now: The release's date, UTC; the clock's without it.
        on_step: Called with the name of each of STEPS before it begins.

    Raises:
        ArsenaleError: The database cannot be published, or a disk said no; `current` is as it was.
    """
    with one_line_errors(f"publish to {settings.warehouse}", (OSError, duckdb.Error)):
        sweep(settings)
        on_step("check")
        require_closed(private_database)
        publication = _publish(private_database, settings, provenance, now or datetime.now(UTC), on_step)
        confirm(settings, publication.release, now)
    return publication


def _publish(
    private_database: Path,
    settings: Settings,
    provenance: Provenance,
    now: datetime,
    on_step: Callable[[str], None],
) -> Publication:
    with open_engine(private_database.parent) as connection:
        attach(connection, private_database, "private")
        logical = logical_hash(connection, "private")
        previous = current_release(settings)
        if previous and says_the_same(previous, logical, provenance.pages_from):
            return Publication(previous, is_new=False)
        comparison = compare(previous, connection, provenance.revisions)
        if provenance.revisions is not None and comparison.unexplained:
            raise refusal(comparison.unexplained)
        built_at = now.astimezone(UTC).replace(microsecond=0, tzinfo=None)
        release = release_of(settings, now, logical, provenance.pages_from)
        imprint = Imprint(release.release_id, schema_version(connection, "private"), built_at, logical)
        # It exists where it was rolled back today, or where a publish was killed just before its flip.
        if release.folder.exists():
            require_verified(release)
        else:
            draft = Draft(connection, settings, provenance, imprint, previous, comparison)
            draft.write(private_database, on_step)
        on_step("flip")
        point_current_at(release, settings)
    return Publication(release, is_new=True)


def says_the_same(release: Release, logical: LogicalHash, pages_from: str | None) -> bool:
    """Return whether the release says just this on such pages, and is intact: a damaged one is replaced."""
    if verify(release, content=False):
        return False
    manifest = read_manifest(release)
    return manifest["logical_hash"] == logical.sha256 and manifest.get("pages_from") == pages_from
