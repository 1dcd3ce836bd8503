"""A project and a warehouse of a test's own, and the commands as a person types them, in processes."""

from __future__ import annotations

import atexit
import csv
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from arsenale.releases.logical_hash import hash_file
from arsenale.releases.store import remove_tree

ROOT = Path(__file__).parent.parent
"""The repository that is tested."""

PROJECT = (
    "seeds",
    "models",
    "macros",
    "analyses",
    "tests/dbt",
    "dbt_project.yml",
    "profiles.yml",
    "requirements.lock",
)
"""What a build reads of it."""

BIN = Path(sys.executable).parent
PATIENCE = 300
"""Seconds after which a build hangs: twenty times as long as it takes."""


@dataclass(frozen=True)
class Project:
    """A copy of the project, and its warehouse.

    Attributes:
        home: The copy.
        warehouse: Where it publishes.
    """

    home: Path
    warehouse: Path

    @property
    def database(self) -> Path:
        """The published file."""
        return self.warehouse / "current" / "arsenale.duckdb"

    def environment(self, **changes: str | None) -> dict[str, str]:
        """Return the environment of a command: without documents or traces of the caller's Dagster."""
        kept = {
            name: text
            for name, text in os.environ.items()
            if not name.startswith(("ARSENALE_", "DAGSTER_", "DBT_", "PANDERA_", "COVERAGE_"))
        }
        ours = {
            "ARSENALE_HOME": str(self.home),
            "ARSENALE_WAREHOUSE": str(self.warehouse),
            "PYTHONPATH": str(ROOT),
            "DO_NOT_TRACK": "1",
            "COLUMNS": "200",
            **changes,
        }
        return kept | {name: text for name, text in ours.items() if text is not None}

    def arsenale(self, *arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
        """Run `arsenale`, and wait for it."""
        return self.run([str(BIN / "arsenale"), *arguments], **changes)

    def run(self, command: list[str], **changes: str | None) -> subprocess.CompletedProcess[str]:
        """Run any command on the project, and wait for it."""
        return subprocess.run(
            command,
            cwd=self.home,
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def start(self, *arguments: str, **changes: str | None) -> subprocess.Popen[str]:
        """Start `arsenale` in a process group of its own."""
        return subprocess.Popen(
            [str(BIN / "arsenale"), *arguments],
            cwd=self.home,
            env=self.environment(**changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def release_id(self) -> str | None:
        """Return the id of the published release."""
        link = self.warehouse / "current"
        return link.readlink().name if link.is_symlink() else None

    def content(self) -> str:
        """Return the logical hash of what readers see."""
        return hash_file(self.database).sha256

    @contextmanager
    def edited(self, seed: str, edit: Callable[[str], str]) -> Iterator[None]:
        """Have a seed changed for a while.

        Raises:
            ValueError: If the edit changes nothing, which would test nothing.
        """
        file = self.home / "seeds" / seed
        before = file.read_text(encoding="utf-8")
        after = edit(before)
        if after == before:
            raise ValueError(f"the edit leaves {seed} as it is")
        file.write_text(after, encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(before, encoding="utf-8")

    def steps_started(self) -> set[str]:
        """Return the steps of the newest run that have begun, as Dagster's event log has them."""
        runs = self.warehouse / "dagster" / "history" / "runs"
        logs = [log for log in runs.glob("*.db") if log.name != "index.db"]
        if not logs:
            return set()
        newest = max(logs, key=lambda log: log.stat().st_mtime_ns)
        try:
            with closing(sqlite3.connect(f"file:{newest}?mode=ro", uri=True)) as connection:
                sql = "select step_key from event_logs where dagster_event_type = 'STEP_START'"
                return {step for (step,) in connection.execute(sql)}
        except sqlite3.OperationalError:
            # The file exists an instant before its tables do.
            return set()

    def runs(self) -> set[str]:
        """Return the ids of all runs that Dagster knows."""
        runs = self.warehouse / "dagster" / "history" / "runs"
        return {log.stem for log in runs.glob("*.db")} - {"index"}


def new_project(folder: Path) -> Project:
    """Copy the project into a folder."""
    home = folder / "home"
    for name in PROJECT:
        source, target = ROOT / name, home / name
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return Project(home, folder / "warehouse")


@cache
def built_project() -> Project:
    """Return a project that was built once; tests that share it leave it as they found it."""
    folder = Path(tempfile.mkdtemp(prefix="arsenale-tests-"))
    atexit.register(remove_tree, folder)
    project = new_project(folder)
    done = project.arsenale("build", "--json")
    if done.returncode:
        raise RuntimeError(f"the project does not build:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    (project.home / "report.json").write_text(json.dumps(report), encoding="utf-8")
    return project


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait for something that a process does.

    Raises:
        RuntimeError: If the process ends before, or hangs.
    """
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if process.poll() is not None:
            raise RuntimeError(f"the build ended before its time:\n{process.communicate()[1]}")
        if time.monotonic() > deadline:
            raise RuntimeError("the build hangs")
        time.sleep(0.005)


def wait_for_step(project: Project, process: subprocess.Popen[str], step: str, before: set[str]) -> None:
    """Wait until a step of a run that is none of those before has begun."""
    wait_until(lambda: bool(project.runs() - before) and step in project.steps_started(), process)


def dbt_processes_of(parent: int) -> list[int]:
    """Return the processes of dbt that a process has started."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if b"dbt_ahead" in Path(f"/proc/{child}/cmdline").read_bytes()]


def kill_group(process: subprocess.Popen[str]) -> None:
    """SIGKILL a process and all that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def with_cell(column: str, change: Callable[[str], str], row: int = 0) -> Callable[[str], str]:
    """Return an edit of one cell of a seed, rows counted from the first below the header."""

    def edit(seed: str) -> str:
        header, *rows = csv.reader(io.StringIO(seed))
        cell = header.index(column)
        rows[row][cell] = change(rows[row][cell])
        edited = io.StringIO(newline="")
        csv.writer(edited, lineterminator="\n").writerows([header, *rows])
        return edited.getvalue()

    return edit
