"""A disk that is full, or fills while a build runs: one line that says so, and the release that was there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.building import Project, new_project, wait_for_step

DISK_MB = 600


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose warehouse is on a small disk of its own, built once."""
    folder = tmp_path_factory.mktemp("disk")
    project = new_project(folder)
    project.warehouse.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "arsenale-test", str(project.warehouse)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    try:
        done = project.arsenale("build", "--quiet")
        assert done.returncode == 0, done.stderr
        yield project
    finally:
        subprocess.run(["umount", "-l", str(project.warehouse)], check=True)


def fill(disk: Path, leaving: int) -> Path:
    """Take all room of a disk but some bytes, while others write there too."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while (free := shutil.disk_usage(disk).free - leaving) > 0:
            file.write(bytes(min(free, 2**20)))
    return ballast


def has_one_line(said: str) -> None:
    """Hold the error to a line, its detail and what to do."""
    assert said.startswith("✗ "), said
    assert "Traceback" not in said
    assert "releases prune" in said.splitlines()[-1]


@pytest.mark.failure(19)
def test_a_disk_without_room_for_a_build_is_said_before_anything_is_written(project: Project) -> None:
    content = project.content()
    ballast = fill(project.warehouse, 64 * 2**20)
    try:
        done = project.arsenale("build", "--quiet", "--rebuild")
    finally:
        ballast.unlink()
    assert done.returncode == 1
    has_one_line(done.stderr)
    assert "MB free, and a build needs 256 MB" in done.stderr
    assert project.content() == content


@pytest.mark.failure(19)
@pytest.mark.slow
@pytest.mark.parametrize("step", ["captured_seeds", "models", "release"])
def test_a_disk_that_fills_during_a_build_is_said_and_the_next_build_succeeds(
    project: Project, step: str
) -> None:
    content = project.content()
    before = project.runs()
    # With something new to say, so that there is a release to write.
    with project.edited("party_aliases.csv", lambda seed: f"{seed}another name,TUR\n"):
        build = project.start("build", "--quiet")
        wait_for_step(project, build, step, before)
        ballast = fill(project.warehouse, 0)
        try:
            _, said = build.communicate()
        finally:
            ballast.unlink()
    assert build.returncode == 1, said
    has_one_line(said)
    # Publishing looks first, and says what it lacks; whoever was writing already says that it could not.
    assert "is on a full disk: nothing was published" in said or "MB free, and a release needs" in said
    assert project.content() == content
    done = project.arsenale("build", "--quiet", "--rebuild")
    assert done.returncode == 0, done.stderr
    assert project.content() == content
