"""Going back to a release, keeping one for good, forgetting old ones. Each takes the build lock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from arsenale.errors import ArsenaleError, one_line_errors
from arsenale.files import fsync
from arsenale.releases.lock import build_lock
from arsenale.releases.manifest import read_manifest
from arsenale.releases.store import (
    STAGING_SUFFIX,
    Release,
    find_release,
    linked_release,
    list_releases,
    point_current_at,
    releases_folder,
    remove_tree,
    require_current,
    sweep,
)
from arsenale.releases.verify import require_verified
from arsenale.settings import Settings

KEPT_NAME = "kept"
"""Marks stand beside the releases and not in them: a release never changes."""


def rollback(settings: Settings, release_id: str | None = None) -> Release:
    """Make an earlier release current: one flip of the link, whoever is reading.

    Args:
        settings: Where the warehouse is.
        release_id: Which; without it the one that came before the current one.

    Raises:
        ArsenaleError: There is no such release, its files are not what was published, or a build is running.
    """
    with build_lock(settings, "arsenale releases rollback"):
        release = find_release(settings, release_id or _previous_id(settings))
        require_verified(release, content=False)
        with one_line_errors(f"make {release.release_id} current"):
            point_current_at(release, settings)
    return release


def keep(settings: Settings, release_id: str, reason: str = "") -> Release:
    """Mark a release, such as one that was cited, so that it is never pruned.

    Raises:
        ArsenaleError: There is no such release, the mark cannot be written, or a build or prune is running,
            which has read the marks already.
    """
    with build_lock(settings, "arsenale releases keep"):
        release = find_release(settings, release_id)
        mark = _marks(settings) / release.release_id
        with one_line_errors(f"write {mark}"):
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_text(f"{datetime.now(UTC):%Y-%m-%d} {reason}".strip() + "\n", encoding="utf-8")
            fsync(mark)
            fsync(mark.parent)
    return release


def kept(settings: Settings) -> dict[str, str]:
    """Return the marks: day and reason by release id."""
    folder = _marks(settings)
    if not folder.is_dir():
        return {}
    return {mark.name: mark.read_text(encoding="utf-8").strip() for mark in folder.iterdir()}


def overview(settings: Settings) -> list[dict[str, Any]]:
    """Return one line per release, the oldest first: what names it, and whether it is current or kept."""
    current, marks = linked_release(settings), kept(settings)
    lines = []
    for release in reversed(_by_age(settings)):
        manifest = _manifest(release)
        lines.append(
            {
                "release_id": release.release_id,
                "built_at": manifest.get("built_at", "damaged"),
                "git_commit": manifest.get("git_commit", ""),
                "figures": manifest.get("tables", {}).get("fct_figure", {}).get("rows"),
                "current": release == current,
                "kept": marks.get(release.release_id),
            }
        )
    return lines


def prune(settings: Settings, newest: int) -> list[Release]:
    """Remove all releases but the newest, the current one and those marked to be kept.

    A release leaves its name in one step before its files go, so that none is ever seen in part.

    Args:
        settings: Where the warehouse is.
        newest: How many of the newest to leave.

    Returns:
        The removed ones.
    """
    with build_lock(settings, "arsenale releases prune"):
        sweep(settings)
        spared = {*kept(settings), *(r.release_id for r in _by_age(settings)[:newest])}
        if current := linked_release(settings):
            spared.add(current.release_id)
        old = [release for release in list_releases(settings) if release.release_id not in spared]
        with one_line_errors(f"remove from {releases_folder(settings)}"):
            for release in old:
                leaving = releases_folder(settings) / f".{release.release_id}{STAGING_SUFFIX}"
                release.folder.rename(leaving)
                remove_tree(leaving)
    return old


def _by_age(settings: Settings) -> list[Release]:
    """Return the newest first; ids of one day sort by their hash, so the manifest's time decides."""
    return sorted(list_releases(settings), key=lambda r: (_manifest(r).get("built_at", ""), r.release_id))[
        ::-1
    ]


def _manifest(release: Release) -> dict[str, Any]:
    """Return the manifest; one that is damaged says nothing, and its release counts as the oldest."""
    try:
        return read_manifest(release)
    except ArsenaleError:
        return {}


def _previous_id(settings: Settings) -> str:
    current = require_current(settings)
    previous = read_manifest(current)["previous_release"]
    if previous is None:
        raise ArsenaleError(
            f"{current.release_id} is the first release: nothing to go back to",
            remedy="`arsenale releases list` shows all; `arsenale releases rollback ID` takes any of them",
        )
    return str(previous)


def _marks(settings: Settings) -> Path:
    return settings.warehouse / KEPT_NAME
