"""Whether a release is what it was when it was published."""

from __future__ import annotations

from typing import Any

from arsenale.errors import ArsenaleError
from arsenale.files import sha256_of
from arsenale.releases.logical_hash import hash_file
from arsenale.releases.manifest import (
    DIGEST_NAME,
    MANIFEST_NAME,
    digest_line,
    files_of,
    read_manifest,
)
from arsenale.releases.store import Release


def verify(release: Release, *, content: bool = True) -> list[str]:
    """Return what is wrong with a release, one finding each; nothing is good news.

    Args:
        release: The release.
        content: Whether to hash the database's rows again, besides every file's bytes.
    """
    try:
        manifest = read_manifest(release)
        findings = [*_manifest(release, manifest), *_files(release, manifest)]
        if content and not findings:
            findings += _content(release, manifest)
    except ArsenaleError as error:
        return [error.message]
    except OSError as error:
        return [f"{error.filename}: {error.strerror}"]
    except (KeyError, TypeError, AttributeError) as error:
        return [f"{MANIFEST_NAME} lacks what a manifest has: {error}"]
    return findings


def require_verified(release: Release, *, content: bool = True) -> None:
    """Refuse a release that is not what it was.

    Raises:
        ArsenaleError: With every finding.
    """
    findings = verify(release, content=content)
    if findings:
        raise ArsenaleError(
            f"{release.folder} is not what was published: {len(findings)} findings",
            details=findings,
            remedy="`arsenale releases rollback ID` to one that verifies, and move this folder away",
        )


def _manifest(release: Release, manifest: dict[str, Any]) -> list[str]:
    findings = []
    digest = release.folder / DIGEST_NAME
    if not digest.is_file():
        findings.append(f"missing: {DIGEST_NAME}")
    elif digest.read_bytes() != digest_line(release.folder).encode():
        findings.append(f"changed: {MANIFEST_NAME} or {DIGEST_NAME}, which holds its digest")
    if manifest["release_id"] != release.release_id:
        findings.append(f"{MANIFEST_NAME} is that of release {manifest['release_id']}")
    if release.release_id.split("-")[3:4] != [manifest["logical_hash"][:8]]:
        findings.append(f"{MANIFEST_NAME}: the logical hash is not the one in the release's name")
    return findings


def _files(release: Release, manifest: dict[str, Any]) -> list[str]:
    expected: dict[str, str] = manifest["files"]
    found = set(files_of(release.folder)) - {MANIFEST_NAME, DIGEST_NAME}
    findings = [f"missing: {name}" for name in sorted(expected.keys() - found)]
    findings += [f"extra: {name}" for name in sorted(found - expected.keys())]
    for name in sorted(found & expected.keys()):
        path = release.folder / name
        if path.is_symlink() or not path.is_file():
            findings.append(f"no regular file: {name}")
        elif sha256_of(path) != expected[name]:
            findings.append(f"changed: {name}")
    return findings


def _content(release: Release, manifest: dict[str, Any]) -> list[str]:
    logical = hash_file(release.database)
    findings = [
        f"{name}: its rows are not those that were published"
        for name, table in logical.tables.items()
        if manifest["tables"].get(name) != {"rows": table.rows, "sha256": table.sha256}
    ]
    if logical.sha256 != manifest["logical_hash"]:
        findings.append("the logical hash is not the one that was published")
    return findings
