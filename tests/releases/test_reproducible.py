"""The same content gives the same release: same hash, Parquet and CSV, wherever and however it is made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.building import BIN, ROOT, new_project

from .conftest import make_database

PUBLISH = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from arsenale import engine
from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.settings import Settings

private, warehouse, threads, day = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
engine.NO_SURPRISES["threads"] = threads
now = datetime(2026, 11, day, tzinfo=UTC)
publish(private, Settings(warehouse, warehouse, None), Provenance("c"), now=now)
"""

MANY_ROWS = """
insert into rpt_freshness select md5(range::varchar), hash(range) % 1000 from range(300000)
"""
"""More than DuckDB gives to one thread, in no order; their table has no key."""


@dataclass(frozen=True)
class Surroundings:
    """What may differ between two builds of the same content."""

    threads: int
    day: int
    time_zone: str
    language: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TZ": self.time_zone,
            "LANG": self.language,
            "LC_ALL": self.language,
            "PYTHONHASHSEED": str(self.day),
        }


HERE = Surroundings(threads=1, day=22, time_zone="UTC", language="C")
THERE = Surroundings(threads=8, day=23, time_zone="Pacific/Chatham", language="tr_TR.UTF-8")


def exports(warehouse: Path) -> dict[str, bytes]:
    current = warehouse / "current"
    return {
        path.relative_to(current).as_posix(): path.read_bytes()
        for folder in ("parquet", "csv")
        for path in (current / folder).iterdir()
    }


def manifest(warehouse: Path) -> dict[str, Any]:
    return json.loads((warehouse / "current" / "MANIFEST.json").read_text(encoding="utf-8"))


def assert_alike(one: Path, other: Path) -> None:
    for what in ("logical_hash", "tables", "documents", "checks_passed"):
        assert manifest(one)[what] == manifest(other)[what], what
    assert exports(one).keys() == exports(other).keys()
    assert [name for name, content in exports(one).items() if content != exports(other)[name]] == []


def test_publishing_elsewhere_on_another_day_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, surroundings in (("here", HERE), ("there", THERE)):
        private = make_database(tmp_path / name / "arsenale.duckdb", MANY_ROWS)
        command = [sys.executable, "-c", PUBLISH, str(private), str(tmp_path / name / "warehouse")]
        subprocess.run(
            [*command, str(surroundings.threads), str(surroundings.day)],
            env={**os.environ, **surroundings.environment, "PYTHONPATH": str(ROOT)},
            check=True,
        )
    assert_alike(tmp_path / "here" / "warehouse", tmp_path / "there" / "warehouse")
    assert len(exports(tmp_path / "here" / "warehouse")) == 10


@pytest.mark.slow
def test_building_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two whole builds, by dbt and DuckDB on one thread, and on eight."""
    warehouses = []
    for name, surroundings in (("here", HERE), ("a longer way off", THERE)):
        project = new_project(tmp_path / name)
        profile = project.home / "profiles.yml"
        text = profile.read_text(encoding="utf-8")
        number = f"threads: {surroundings.threads}"
        assert "threads: 2\n" in text
        assert "settings:\n" in text
        text = text.replace("threads: 2\n", f"{number}\n").replace(
            "settings:\n", f"settings:\n        {number}\n"
        )
        profile.write_text(text, encoding="utf-8")
        one_core = ["taskset", "-c", "0"] if surroundings.threads == 1 and shutil.which("taskset") else []
        done = project.run([*one_core, str(BIN / "arsenale"), "build", "--quiet"], **surroundings.environment)
        assert done.returncode == 0, done.stderr
        warehouses.append(project.warehouse)
    assert_alike(*warehouses)
    assert len(exports(warehouses[0])) > 40
