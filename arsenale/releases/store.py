"""The published releases on disk, `warehouse/releases/<id>/`, and `warehouse/current`, a link to one."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from arsenale.errors import ArsenaleError
from arsenale.files import fsync
from arsenale.settings import DATABASE_NAME, Settings

RELEASES_NAME = "releases"
STAGING_SUFFIX = ".tmp"


@dataclass(frozen=True)
class Release:
    """A complete release.

    Attributes:
        folder: Its real folder, which never changes once it has this name.
    """

    folder: Path

    @property
    def release_id(self) -> str:
        """The id: UTC date and the first characters of the logical hash."""
        return self.folder.name

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.folder / DATABASE_NAME


def linked_release(settings: Settings) -> Release | None:
    """Return what `current` links to, there or not, or None where nothing was published yet."""
    link = settings.warehouse / "current"
    try:
        target = link.readlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArsenaleError(
            f"{link} is no link to a release ({error.strerror})", remedy="move it away, then `arsenale build`"
        ) from error
    return Release(settings.warehouse.absolute() / target)


def current_release(settings: Settings) -> Release | None:
    """Return the current release, resolved once, or None where nothing was published yet.

    Raises:
        ArsenaleError: `current` is no link, or links to a release that is not there.
    """
    release = linked_release(settings)
    if release and not release.database.is_file():
        raise ArsenaleError(
            f"the current release is {release.release_id}, and {release.database} does not exist",
            remedy="`arsenale releases list`, then `arsenale releases rollback ID` to one that is there",
        )
    return release


def as_of_settings(settings: Settings, day: date) -> Settings:
    """Return the settings with the warehouse as it stood on a day: beside the releases, with its own."""
    return replace(settings, warehouse=settings.warehouse / "as-of" / f"{day}")


def require_current(settings: Settings) -> Release:
    """Return the current release, or say how to get one."""
    release = current_release(settings)
    if release is None:
        raise ArsenaleError(
            f"no release yet in {settings.warehouse}",
            remedy="`make build` builds and publishes one; ARSENALE_WAREHOUSE names another warehouse",
        )
    return release


def find_release(settings: Settings, release_id: str) -> Release:
    """Return the release of that id, or of the only id that begins so.

    Raises:
        ArsenaleError: There is none, or more than one.
    """
    matches = [r for r in list_releases(settings) if r.release_id.startswith(release_id)]
    exact = [r for r in matches if r.release_id == release_id]
    if len(exact or matches) != 1:
        found = "no release" if not matches else f"{len(matches)} releases"
        raise ArsenaleError(
            f"{found} of the id {release_id!r} in {releases_folder(settings)}",
            details=[r.release_id for r in matches or list_releases(settings)],
            remedy="`arsenale releases list` shows them all",
        )
    return (exact or matches)[0]


def list_releases(settings: Settings) -> list[Release]:
    """Return all complete releases, by id."""
    folder = releases_folder(settings)
    if not folder.is_dir():
        return []
    return [Release(path) for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] != "."]


def releases_folder(settings: Settings) -> Path:
    """Return the folder of all releases."""
    return settings.warehouse.absolute() / RELEASES_NAME


def point_current_at(release: Release, settings: Settings) -> None:
    """Flip `current` to the release, in one step that survives a power cut.

    The link is relative, so a warehouse can be moved or mounted elsewhere. A link cannot be overwritten
    in place: a second one is made beside it and renamed over it.
    """
    link = settings.warehouse / "current"
    temporary = settings.warehouse / f".current{STAGING_SUFFIX}"
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(Path(RELEASES_NAME) / release.release_id)
    temporary.replace(link)
    fsync(settings.warehouse)


def sweep(settings: Settings) -> None:
    """Remove what a killed publish left behind. The caller holds the build lock."""
    for leftover in releases_folder(settings).glob(f".*{STAGING_SUFFIX}"):
        remove_tree(leftover)


def seal(folder: Path) -> None:
    """Make a complete tree durable and read-only."""
    for parent, _, names in os.walk(folder, topdown=False):
        for path in (Path(parent) / name for name in names):
            fsync(path)
            path.chmod(0o444)
        fsync(Path(parent))
        Path(parent).chmod(0o555)


def remove_tree(folder: Path) -> None:
    """Remove a folder, sealed or not."""
    for parent, _, _ in os.walk(folder):
        Path(parent).chmod(0o755)
    shutil.rmtree(folder)
