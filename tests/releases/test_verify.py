from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from arsenale.errors import ArsenaleError
from arsenale.releases.manifest import digest_line, files_of
from arsenale.releases.store import Release
from arsenale.releases.verify import require_verified, verify

from .conftest import TODAY, Warehouse


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return Warehouse(tmp_path_factory.mktemp("verify")).publish().release


@pytest.fixture
def copy(published: Release, tmp_path: Path) -> Release:
    """A release of the same name that a test may tamper with."""
    folder = tmp_path / published.release_id
    shutil.copytree(published.folder, folder)
    for parent, _, names in os.walk(folder):
        for path in (Path(parent), *(Path(parent) / name for name in names)):
            path.chmod(0o755)
    return Release(folder)


def test_a_release_verifies(published: Release) -> None:
    assert verify(published) == []
    require_verified(published)


def test_the_manifest_can_be_checked_without_arsenale(published: Release) -> None:
    subprocess.run(
        ["sha256sum", "-c", "MANIFEST.json.sha256"], cwd=published.folder, check=True, capture_output=True
    )


@pytest.mark.failure(19)
def test_one_flipped_byte_in_any_file_is_found(
    copy: Release, record_property: Callable[[str, object], None]
) -> None:
    rng = random.Random(19)
    record_property("trials", 7 * len(files_of(copy.folder)))
    for name in files_of(copy.folder):
        path = copy.folder / name
        original = path.read_bytes()
        for _ in range(7):
            flipped = bytearray(original)
            flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
            path.write_bytes(flipped)
            assert verify(copy), name
        path.write_bytes(original)
    assert verify(copy) == []


@pytest.mark.failure(25)
def test_any_missing_file_is_found(copy: Release, record_property: Callable[[str, object], None]) -> None:
    record_property("trials", len(files_of(copy.folder)))
    for name in files_of(copy.folder):
        aside = copy.folder.parent / "aside"
        (copy.folder / name).rename(aside)
        assert verify(copy), name
        aside.rename(copy.folder / name)
    assert verify(copy) == []


def _rewrite(release: Release, **changes: object) -> None:
    """Change the manifest and its digest, as someone would who knows how they hang together."""
    path = release.folder / "MANIFEST.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    (release.folder / "MANIFEST.json.sha256").write_text(digest_line(release.folder))


def _replace_by_link(release: Release) -> None:
    database = release.database.rename(release.folder.parent / "elsewhere")
    release.database.symlink_to(database)


TAMPERED: dict[str, tuple[Callable[[Release], object], str]] = {
    "extra file": (lambda r: (r.folder / "extra").touch(), "extra: extra"),
    "extra file below": (lambda r: (r.folder / "csv" / "x.csv").touch(), "extra: csv/x.csv"),
    "a database's log": (lambda r: (r.folder / "arsenale.duckdb.wal").touch(), "extra: arsenale.duckdb.wal"),
    "a link in a file's place": (_replace_by_link, "no regular file: arsenale.duckdb"),
    "a pipe": (lambda r: os.mkfifo(r.folder / "pipe"), "extra: pipe"),
    "another name": (lambda r: _rewrite(r, release_id="2026-01-01-0"), "is that of release 2026-01-01-0"),
    "another hash": (lambda r: _rewrite(r, logical_hash="0" * 64), "not the one in the release's name"),
    "other rows": (lambda r: _rewrite(r, tables={}), "fct_figure: its rows are not those"),
    "no files": (lambda r: _rewrite(r, files=None), "lacks what a manifest has"),
    "no JSON": (lambda r: (r.folder / "MANIFEST.json").write_text("{"), "cannot read"),
    "no object": (lambda r: (r.folder / "MANIFEST.json").write_text("[]"), "cannot read"),
}  # fmt: skip


@pytest.mark.failure(25)
@pytest.mark.parametrize(("tamper", "finding"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_found_and_named(
    copy: Release, tamper: Callable[[Release], object], finding: str
) -> None:
    tamper(copy)
    assert any(finding in found for found in verify(copy)), verify(copy)
    with pytest.raises(ArsenaleError, match="is not what was published"):
        require_verified(copy)


def test_a_damaged_release_is_replaced_by_a_later_one_and_never_in_silence(warehouse: Warehouse) -> None:
    damaged = warehouse.publish().release
    csv = damaged.folder / "csv" / "fct_figure.csv"
    csv.chmod(0o644)
    csv.write_text("x")
    with pytest.raises(ArsenaleError, match="is not what was published"):
        warehouse.publish()
    later = warehouse.publish(now=TODAY + timedelta(days=1))
    assert later.is_new
    assert verify(later.release) == []
