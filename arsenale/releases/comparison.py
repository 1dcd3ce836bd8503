"""What publishing would change: the difference to the current release, and which changes lack a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from arsenale.engine import open_engine
from arsenale.errors import one_line_errors
from arsenale.releases.changes import as_markdown, lacking_reasons
from arsenale.releases.consequences import consequences
from arsenale.releases.diff import TableDiff, diff
from arsenale.releases.engine import attach, require_closed
from arsenale.releases.manifest import read_manifest
from arsenale.releases.revisions import Reasons, Revision, Unexplained, unexplained
from arsenale.releases.store import Release, current_release
from arsenale.settings import Settings


@dataclass(frozen=True)
class Comparison:
    """What publishing would change.

    Attributes:
        changes: The difference to the current release; none where nothing was published yet.
        reasons: Why published values change.
        unexplained: The changes that have no reason.
    """

    changes: Sequence[TableDiff]
    reasons: Reasons
    unexplained: Sequence[Unexplained]


def compare(
    previous: Release | None, connection: duckdb.DuckDBPyConnection, revisions: Sequence[Revision] | None
) -> Comparison:
    """Compare "private" with the release before."""
    if previous is None:
        return Comparison([], Reasons(), [])
    attach(connection, previous.database, "previous")
    changes = diff(connection, "previous", "private")
    inherited = consequences(connection, "previous", "private", changes)
    connection.execute("detach previous")
    reasons = Reasons(revisions or (), built_on(previous), inherited)
    return Comparison(changes, reasons, unexplained(changes, reasons))


@dataclass(frozen=True)
class Preview:
    """What publishing would do.

    Attributes:
        markdown: The difference to the current release, for a person.
        unexplained: The changes that would stop the release.
    """

    markdown: str
    unexplained: Sequence[Unexplained]


def preview(private_database: Path, settings: Settings, revisions: Sequence[Revision] | None) -> Preview:
    """Compare the database with the current release, and publish nothing.

    Raises:
        ArsenaleError: The database or the current release cannot be read.
    """
    with (
        one_line_errors(f"compare with {settings.warehouse}", (OSError, duckdb.Error)),
        open_engine(private_database.parent) as connection,
    ):
        require_closed(private_database)
        attach(connection, private_database, "private")
        previous = current_release(settings)
        comparison = compare(previous, connection, revisions)
    since = f"since {previous.release_id}" if previous else "the first release"
    text = as_markdown(comparison.changes, f"Not published, {since}", comparison.reasons)
    if comparison.unexplained:
        text += f"\n{lacking_reasons(comparison.unexplained)}"
    return Preview(text, comparison.unexplained)


def built_on(release: Release) -> date:
    """Return the day, UTC, on which a release was made."""
    return datetime.fromisoformat(read_manifest(release)["built_at"]).date()
