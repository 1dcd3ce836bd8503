"""What a release says about itself, `MANIFEST.json`, with the digest of every file; and the digest of that.

    MANIFEST.json.sha256  →  MANIFEST.json  →  every other file of the folder

`sha256sum -c MANIFEST.json.sha256` checks the first link, `arsenale releases verify` all of them. The
release's id ends in the first characters of the logical hash, so whoever cites an id has cited the
content too.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import Any

from arsenale.errors import ArsenaleError
from arsenale.files import sha256_of
from arsenale.releases.logical_hash import LogicalHash
from arsenale.releases.revisions import Revision
from arsenale.releases.store import Release, releases_folder
from arsenale.settings import DOCUMENTS_LISTED_AT_MOST, Settings

MANIFEST_NAME = "MANIFEST.json"
DIGEST_NAME = "MANIFEST.json.sha256"
COUNTED = ("dim_document", "fct_figure", "fct_event", "fct_deal")
"""Tables whose rows say how much a release holds."""

TOOLS = ("arsenale", "dagster", "dbt-core", "dbt-duckdb", "duckdb", "pandera", "polars", "pyarrow")


@dataclass(frozen=True)
class Passages:
    """What a build compared with the source documents; a build may have none, or a part of them, at hand.

    Attributes:
        reread: Ids of the documents whose passages were read again.
        not_reread: Ids of the others.
        compared: How many passages were compared, all of them as the seeds say.
    """

    reread: tuple[str, ...]
    not_reread: tuple[str, ...]
    compared: int


@dataclass(frozen=True)
class Provenance:
    """What the build that publishes knows and the database does not.

    Attributes:
        git_commit: The commit of the project, with a mark of the caller's where the tree was not clean.
        checks: The names of the checks that ran and passed; a build with a failed check never gets here.
        passages: Which documents were read again; None where nothing is known of it.
        as_of: The day after which nothing was published that reference data are taken from; None for all.
        lock_file: `requirements.lock`, or None.
        revisions: What `seeds/revisions.csv` says; None lets every change of published values pass.
        pages_from: The digest of what the pages are made of beside the data; None where there are none.
        pages: A folder; what stands under it goes into the release as it is. It says nothing that the data
            does not say: the release's name and logical hash are those of the data alone.
    """

    git_commit: str
    checks: tuple[str, ...] = ()
    passages: Passages | None = None
    as_of: date | None = None
    lock_file: Path | None = None
    revisions: Sequence[Revision] | None = None
    pages_from: str | None = None
    pages: Path | None = None


@dataclass(frozen=True)
class Imprint:
    """What a release is known by, wherever it is named: in its file, its papers and its folder.

    Attributes:
        release_id: UTC date and the first characters of the logical hash.
        schema_version: The public schema's, as `dim_release` of the build states it.
        built_at: UTC, without a time zone, to the second.
        logical: What it says, as digests.
    """

    release_id: str
    schema_version: str
    built_at: datetime
    logical: LogicalHash

    @property
    def lists_documents(self) -> bool:
        """Whether the papers name each document; of a corpus they only say how many it has."""
        return self.logical.tables["dim_document"].rows <= DOCUMENTS_LISTED_AT_MOST


def release_of(
    settings: Settings, built_at: datetime, logical: LogicalHash, pages_from: str | None
) -> Release:
    """Return the release that says this with these pages, there already or not.

    Its id is its day, UTC, and the first characters of what it says; a number follows where a release of
    that day says the same with other pages.

    Raises:
        ArsenaleError: A release of that name is there, and its manifest cannot be read.
    """
    name = f"{built_at.astimezone(UTC):%Y-%m-%d}-{logical.sha256[:8]}"
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(
        release
        for release in (Release(releases_folder(settings) / name) for name in names)
        if not release.folder.exists() or read_manifest(release).get("pages_from") == pages_from
    )


def write_manifest(
    folder: Path,
    imprint: Imprint,
    provenance: Provenance,
    documents: dict[str, str],
    previous: Release | None,
) -> None:
    """Write the manifest of a folder that holds everything else, and its digest.

    Args:
        folder: The release's folder.
        imprint: What names the release.
        provenance: What its build says of itself.
        documents: The SHA-256 of each source document, by id; none of a corpus.
        previous: The release before.
    """
    logical = imprint.logical
    content = {
        "release_id": imprint.release_id,
        "schema_version": imprint.schema_version,
        "built_at": f"{imprint.built_at.isoformat()}Z",
        "git_commit": provenance.git_commit,
        "previous_release": previous.release_id if previous else None,
        "logical_hash": logical.sha256,
        "tables": {name: {"rows": t.rows, "sha256": t.sha256} for name, t in sorted(logical.tables.items())},
        "documents": documents,
        "as_of": f"{provenance.as_of}" if provenance.as_of else None,
        "checks_passed": sorted(provenance.checks),
        "passages": asdict(provenance.passages) if provenance.passages else None,
        "pages_from": provenance.pages_from,
        "lock_file_sha256": sha256_of(provenance.lock_file) if provenance.lock_file else None,
        "tools": tool_versions(),
        "files": {name: sha256_of(folder / name) for name in files_of(folder)},
    }
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")
    (folder / DIGEST_NAME).write_text(digest_line(folder), encoding="utf-8")


def read_manifest(release: Release) -> dict[str, Any]:
    """Return the manifest.

    Raises:
        ArsenaleError: It is missing or no JSON object.
    """
    path = release.folder / MANIFEST_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise TypeError("not an object")
    except (OSError, ValueError, TypeError) as error:
        raise ArsenaleError(
            f"cannot read {path}: {error}",
            remedy="`arsenale releases rollback` to one that verifies",
        ) from error
    return content


def summary(manifest: Mapping[str, Any]) -> str:
    """Return in one line what a reader of the release finds: `5 documents, 620 figures, … in 26 tables`."""
    tables = manifest["tables"]
    counted = (f"{tables[name]['rows']:,} {name.partition('_')[2]}s" for name in COUNTED)
    return f"{', '.join(counted)} in {len(tables)} tables"


def digest_line(folder: Path) -> str:
    """Return what `sha256sum MANIFEST.json` prints in that folder."""
    return f"{sha256_of(folder / MANIFEST_NAME)}  {MANIFEST_NAME}\n"


def files_of(folder: Path) -> list[str]:
    """Return the paths, relative to the folder, of all that is in it and is no folder, in one order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not _is_folder(path))


def tool_versions() -> dict[str, str]:
    """Return the versions of Python and of the tools that are installed, without importing them."""
    versions = {"python": platform.python_version()}
    for tool in TOOLS:
        try:
            versions[tool] = metadata.version(tool)
        except metadata.PackageNotFoundError:
            continue
    return versions


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
