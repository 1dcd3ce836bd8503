"""Many builds at once, through every door: each publishes in its turn, or leaves in a line."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from arsenale.releases.lock import EXIT_BUSY
from tests.building import BIN, Project, built_project, wait_until

BUSY = re.compile(
    r"another build is running: (arsenale build|Dagster|dbt) \(process (\d+)\), "
    r"since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00"
)
DBT_FAILED = 2
DOORS = {
    "arsenale build": [str(BIN / "arsenale"), "build", "--rebuild"],
    "Dagster": [str(BIN / "dagster"), "job", "execute", "-m", "orchestration.definitions", "-j", "build"],
    "dbt": [str(BIN / "dbt"), "--no-use-colors", "build"],
}
"""What is started through each door. Dagster's run waits for its turn; the others say why not, and leave."""

CROWD = ["arsenale build"] * 7 + ["Dagster"] + ["dbt"] * 2


@pytest.mark.failure(11)
def test_of_ten_builds_through_three_doors_each_builds_in_turn_or_names_the_one_that_does(
    record_property: Callable[[str, object], None],
) -> None:
    record_property("trials", len(CROWD))
    project: Project = built_project()
    project.run([sys.executable, "-m", "arsenale.reference.exchange_rates"]).check_returncode()
    runs, release = project.runs(), project.release_id()
    home = str(project.warehouse / "dagster")
    begun = time.monotonic()
    builds = [
        (
            door,
            subprocess.Popen(
                DOORS[door],
                cwd=project.home,
                env=project.environment(DAGSTER_HOME=home),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            ),
        )
        for door in CROWD
    ]
    assert time.monotonic() - begun < 1
    ended = [(door, build.pid, build.communicate()[0], build.returncode) for door, build in builds]
    ran = [(door, process) for door, process, _, code in ended if code == 0]
    for door, _, said, code in ended:
        assert "Traceback" not in said, said
        if code:
            assert (door, code) in {("arsenale build", EXIT_BUSY), ("dbt", DBT_FAILED)}, said
            found = BUSY.search(said)
            assert found is not None, said
            assert (found[1], int(found[2])) in ran
            assert "wait for it to end" in said
    assert [door for door, _ in ran].count("Dagster") == CROWD.count("Dagster")
    # A bare dbt publishes nothing, and leaves no run.
    assert len(project.runs() - runs) == len([door for door, _ in ran if door != "dbt"])
    assert project.release_id() == release


@pytest.mark.failure(11)
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
