"""Many builds at once: one publishes at a time, the others leave in a line or wait for their turn."""

from __future__ import annotations

import re

from arsenale.releases.lock import EXIT_BUSY
from tests.building import Project, built_project, wait_until

BUSY = re.compile(
    r"✗ another build is running: arsenale build \(process (\d+)\), "
    r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
)


def test_of_ten_builds_one_builds_and_the_others_name_it_and_leave() -> None:
    project: Project = built_project()
    runs, release = project.runs(), project.release_id()
    builds = [project.start("build", "--rebuild") for _ in range(10)]
    ended = [(build, build.communicate()[1]) for build in builds]
    assert sorted(build.returncode for build in builds) == [0] + [EXIT_BUSY] * 9
    winner = next(build for build in builds if build.returncode == 0)
    for build, errors in ended:
        assert "Traceback" not in errors
        if build is not winner:
            busy, remedy = errors.splitlines()
            found = BUSY.fullmatch(busy)
            assert found is not None, busy
            assert int(found[1]) == winner.pid
            assert "wait for it to end" in remedy
    assert len(project.runs() - runs) == 1
    assert project.release_id() == release


def test_a_build_that_waits_says_so_and_then_builds() -> None:
    project = built_project()
    first = project.start("build", "--rebuild", "--quiet")
    lock = project.warehouse / "build.lock"
    wait_until(lambda: lock.exists() and str(first.pid) in lock.read_text(encoding="utf-8"), first)
    second = project.arsenale("build", "--wait", "600")
    assert first.wait() == 0
    assert second.returncode == 0
    assert f"another build is running: arsenale build (process {first.pid})" in second.stderr
    assert "nothing changed" in second.stderr
