"""What the last build read and came to: where the next would read the same, there is nothing to build.

Only the command line looks here. It remembers a build that succeeded, by one digest of all that a build
depends on (`arsenale.inputs`).
"""

from __future__ import annotations

import json
from typing import Any

from arsenale.files import replaced
from arsenale.inputs import inputs_digest
from arsenale.releases.confirmation import confirm
from arsenale.releases.store import current_release
from arsenale.releases.verify import verify
from arsenale.settings import Settings

FILE_NAME = "last-build.json"

Report = dict[str, dict[str, Any]]


def last_report(settings: Settings, inputs: str) -> Report | None:
    """Return what the last build said, where it read the same and its release is current and intact."""
    try:
        last = json.loads((settings.warehouse / FILE_NAME).read_bytes())
    except (OSError, ValueError):
        return None
    current = current_release(settings)
    if last.get("inputs") != inputs or current is None or verify(current, content=False):
        return None
    report: Report = last["report"]
    if report["release"]["release"] != current.release_id:
        return None
    confirm(settings, current)
    return report | {"release": report["release"] | {"new": False}}


def remember_build(settings: Settings, inputs: str, report: Report) -> None:
    """Keep what a build said, unless something was edited while it ran."""
    if inputs_digest(settings) != inputs:
        return
    with replaced(settings.warehouse / FILE_NAME) as draft:
        draft.write_text(json.dumps({"inputs": inputs, "report": report}, default=str), encoding="utf-8")
