"""SIGKILL in every phase of a build, with readers looping: what they see is one whole release, old or new."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.building import Project, kill_group, new_project, wait_for_step

PHASES = ("documents", "captured_seeds", "models", "audit", "release")
"""The steps of the job, in their order."""

ALIASES = "party_aliases.csv"
READERS = 5
KILLS = 20
"""In each phase, in the long form."""

READER = """
import json, sys, time
from pathlib import Path
from arsenale.releases.reader import connect
from arsenale.settings import Settings

settings = Settings(home=Path(), warehouse=Path(sys.argv[1]), documents=None)
stop = Path(sys.argv[2])
# Every build adds an alias: a mixture of two releases would show in the counts.
QUERY = '''
    select
        (select release_id from dim_release),
        (select count(*) from dim_party_alias),
        (select count(*) from raw.party_aliases)
'''
reads, seen, errors = 0, set(), []
while not stop.exists():
    try:
        with connect(settings, threads=1) as reader:
            seen.update(reader.sql(QUERY).fetchall())
        reads += 1
    except Exception as error:
        errors.append(repr(error))
    time.sleep(0.4)
print(json.dumps({"reads": reads, "seen": sorted(seen), "errors": errors}))
"""


@contextmanager
def readers(project: Project, folder: Path) -> Iterator[list[dict[str, Any]]]:
    """Have five processes read the published file again and again; what they saw is there after the block."""
    stop = folder / "stop"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(project.warehouse), str(stop)],
            env=project.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    reports: list[dict[str, Any]] = []
    try:
        yield reports
    finally:
        stop.touch()
        reports.extend(json.loads(process.communicate(timeout=60)[0]) for process in processes)


def kill_in(project: Project, phase: str, delay: float) -> None:
    """Start a build, and kill it and all that it started some time after a phase has begun."""
    before = project.runs()
    build = project.start("build")
    wait_for_step(project, build, phase, before)
    time.sleep(delay)
    kill_group(build)


def trial(project: Project, folder: Path, phases: list[tuple[str, float]]) -> list[str]:
    """Kill a build in each phase, then build once more; return what went wrong.

    Each build would publish something new, so that a half of it could be seen.
    """
    wrong: list[str] = []
    expected = {(project.release_id(), aliases(project))}
    with readers(project, folder) as reports:
        for number, (phase, delay) in enumerate(phases):
            with (project.home / "seeds" / ALIASES).open("a", encoding="utf-8") as seed:
                seed.write(f"alias {number} {folder.name},TUR\n")
            old = project.release_id()
            kill_in(project, phase, delay)
            if project.release_id() != old:
                if phase != "release":
                    wrong.append(f"killed in {phase}, and yet {project.release_id()} was published")
                expected.add((project.release_id(), aliases(project)))
        done = project.arsenale("build")
        if done.returncode:
            wrong.append(f"the build after the kills failed: {done.stderr}")
        expected.add((project.release_id(), aliases(project)))
    for report in reports:
        wrong.extend(f"a reader failed: {error}" for error in report["errors"])
        wrong.extend(
            f"a reader saw {release}, {published}, {captured}"
            for release, published, captured in report["seen"]
            if (release, published) not in expected or published != captured
        )
        if not report["reads"]:
            wrong.append("a reader never read")
    return wrong


def aliases(project: Project) -> int:
    """Return how many aliases the seed has."""
    return len((project.home / "seeds" / ALIASES).read_text(encoding="utf-8").splitlines()) - 1


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of the test's own, built once."""
    project = new_project(tmp_path)
    done = project.arsenale("build", "--quiet")
    assert done.returncode == 0, done.stderr
    return project


@pytest.mark.failure(3)
def test_killed_builds_are_not_seen_and_the_next_one_needs_no_clean_up(
    project: Project, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    record_property("trials", 3)
    assert trial(project, tmp_path, [("captured_seeds", 0), ("models", 1), ("release", 0.1)]) == []
    leftovers = [path.name for path in (project.warehouse / "releases").iterdir() if path.name[0] == "."]
    assert leftovers == []
    # The newest two folders of dead builds stay for inspection, and go as others come.
    assert len([path for path in (project.warehouse / "builds").iterdir() if path.is_dir()]) <= 2


@pytest.mark.failure(3)
@pytest.mark.slow
def test_kills_at_random_moments_of_every_phase(
    project: Project,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    record_property("trials", len(PHASES) * KILLS)
    chance = random.Random(20261122)
    table = []
    for phase in PHASES:
        # The models take seconds, the other steps less than one.
        longest = 4.0 if phase == "models" else 0.4
        folder = tmp_path / phase
        folder.mkdir()
        kills = [(phase, chance.uniform(0, longest)) for _ in range(KILLS)]
        table.append((phase, len(kills), trial(project, folder, kills)))
    with capsys.disabled():
        sys.stdout.write(f"\n{'SIGKILL in':16} {'trials':>6} {'failures':>8}\n")
        for phase, trials, wrong in table:
            sys.stdout.write(f"{phase:16} {trials:6} {len(wrong):8}\n")
    assert [line for _, _, wrong in table for line in wrong] == []
