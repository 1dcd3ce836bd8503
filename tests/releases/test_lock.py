from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from arsenale.errors import ArsenaleError
from arsenale.releases.lock import EXIT_BUSY, build_lock
from arsenale.settings import Settings

HOLD = """
import sys, time
from pathlib import Path
from arsenale.releases.lock import build_lock
from arsenale.settings import Settings
folder = Path(sys.argv[1])
with build_lock(Settings(folder, folder, None), "the first build"):
    print("held", flush=True)
    time.sleep(60)
"""

HOLD_AND_DIE = """
import os, signal, subprocess, sys
from pathlib import Path
from arsenale.releases.lock import build_lock
from arsenale.settings import Settings
folder = Path(sys.argv[1])
with build_lock(Settings(folder, folder, None)):
    orphan = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(30)"], stdout=subprocess.DEVNULL, close_fds=False
    )
    print(orphan.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""

BUILD = """
import sys, time
from pathlib import Path
from arsenale.errors import ArsenaleError
from arsenale.releases.lock import build_lock
from arsenale.settings import Settings
folder = Path(sys.argv[1])
try:
    with build_lock(Settings(folder, folder, None), f"build {sys.argv[2]}", wait_seconds=float(sys.argv[3])):
        inside = folder / "inside"
        inside.touch(exist_ok=False)
        time.sleep(0.05)
        inside.unlink()
        with (folder / "built").open("a") as built:
            built.write(sys.argv[2] + "\\n")
except ArsenaleError as error:
    print(error.message)
    sys.exit(error.exit_code)
"""


def python(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, warehouse=tmp_path, documents=None)


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    process = python(HOLD, str(tmp_path))
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.failure(11)
def test_a_second_build_leaves_in_one_line_that_names_the_holder(
    settings: Settings, holder: subprocess.Popen[str]
) -> None:
    with pytest.raises(ArsenaleError) as caught, build_lock(settings):
        pass
    assert caught.value.exit_code == EXIT_BUSY
    assert re.fullmatch(
        rf"another build is running: the first build \(process {holder.pid}\), since \d{{4}}-.*\+00:00",
        caught.value.message,
    )


@pytest.mark.failure(11)
def test_a_killed_build_leaves_no_lock(settings: Settings, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with build_lock(settings):
        pass


def test_waiting_is_announced_once_and_ends_when_the_lock_is_free(
    settings: Settings, holder: subprocess.Popen[str]
) -> None:
    lines: list[str] = []

    def note(line: str) -> None:
        lines.append(line)
        holder.kill()

    with build_lock(settings, wait_seconds=10, on_wait=note):
        assert len(lines) == 1
        assert "the first build" in lines[0]


def test_a_program_that_outlives_the_build_that_started_it_keeps_no_lock(settings: Settings) -> None:
    build = python(HOLD_AND_DIE, str(settings.warehouse))
    assert build.stdout
    orphan = int(build.stdout.readline())
    assert build.wait() == -signal.SIGKILL
    with build_lock(settings, wait_seconds=2):
        os.kill(orphan, signal.SIGKILL)


def test_the_same_process_cannot_build_twice_at_once(settings: Settings) -> None:
    with (
        build_lock(settings),
        pytest.raises(ArsenaleError, match=f"process {os.getpid()}"),
        build_lock(settings),
    ):
        pass


def test_a_holder_that_has_not_written_its_name_yet_is_still_one(settings: Settings) -> None:
    with build_lock(settings):
        (settings.warehouse / "build.lock").write_text("")
        with pytest.raises(ArsenaleError, match="not yet known"), build_lock(settings):
            pass


@pytest.mark.failure(11)
@pytest.mark.parametrize("wait", ["0", "60"], ids=["leaving", "waiting"])
def test_of_ten_builds_at_once_one_works_at_a_time(tmp_path: Path, wait: str) -> None:
    started = time.monotonic()
    builds = [python(BUILD, str(tmp_path), str(number), wait) for number in range(10)]
    outputs = [build.communicate() for build in builds]
    assert {error for _, error in outputs} == {""}
    built = (tmp_path / "built").read_text().split()
    left = [build for build in builds if build.returncode == EXIT_BUSY]
    assert len(built) + len(left) == len(builds)
    assert len(set(built)) == len(built)
    assert wait == "0" or not left
    assert all(
        out.startswith("another build is running") and out.count("\n") == 1 for out, _ in outputs if out
    )
    assert time.monotonic() - started < 60
