"""When a build came to the current release last.

A release never changes, and a build that comes to the same content publishes none. So the age of a release
does not say whether it is still what the seeds say: this does. The mark stands beside the releases.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from arsenale.files import replaced
from arsenale.releases.manifest import read_manifest
from arsenale.releases.store import Release
from arsenale.settings import Settings

CONFIRMATION_NAME = "confirmed.json"


def confirm(settings: Settings, release: Release, now: datetime | None = None) -> None:
    """Note that a build has just come to this release."""
    moment = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    mark = {"release_id": release.release_id, "confirmed_at": moment}
    with replaced(settings.warehouse / CONFIRMATION_NAME) as draft:
        draft.write_text(json.dumps(mark), encoding="utf-8")


def confirmed_at(settings: Settings, release: Release) -> datetime:
    """Return when a build came to this release last, UTC; at the latest, when it was made.

    Raises:
        ArsenaleError: Its manifest cannot be read.
    """
    try:
        mark = json.loads((settings.warehouse / CONFIRMATION_NAME).read_bytes())
        if mark["release_id"] == release.release_id:
            return datetime.fromisoformat(mark["confirmed_at"])
    except (OSError, ValueError, TypeError, KeyError):
        # No mark, or none that can be read: the release itself has a date.
        pass
    return datetime.fromisoformat(read_manifest(release)["built_at"]).astimezone(UTC)
