"""What happens to readers and to the next publish when a publish is killed, crowded, or out of disk."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from arsenale.engine import open_engine
from arsenale.errors import ArsenaleError
from arsenale.releases import draft
from arsenale.releases.builds import start_build
from arsenale.releases.engine import attach
from arsenale.releases.export import export_tables
from arsenale.releases.history import keep, rollback
from arsenale.releases.lock import build_lock
from arsenale.releases.logical_hash import hash_file
from arsenale.releases.publish import STEPS, publish
from arsenale.releases.reader import connect
from arsenale.releases.store import current_release, list_releases, releases_folder
from arsenale.releases.verify import verify

from .conftest import RUN, TODAY, Warehouse, make_database

PUBLISH = """
import os, signal, sys
from pathlib import Path
from arsenale.releases.manifest import Provenance
from arsenale.releases.publish import publish
from arsenale.settings import Settings

private, warehouse, fatal = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(step):
    if step == fatal:
        os.kill(os.getpid(), signal.SIGKILL)

publish(private, Settings(warehouse.parent, warehouse, None), Provenance("c"), on_step=die)
if fatal == "after":
    os.kill(os.getpid(), signal.SIGKILL)
"""


class Readers:
    """Threads that open the current release again and again, and note what they see."""

    def __init__(self, warehouse: Warehouse, count: int) -> None:
        self.warehouse = warehouse
        self.seen: set[tuple[str, int]] = set()
        self.errors: list[Exception] = []
        self.reads = 0
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.loop) for _ in range(count)]

    def loop(self) -> None:
        while not self.stop.wait(0.01):
            try:
                with connect(self.warehouse.settings, threads=1) as connection:
                    sql = "select release_id, (select age_days from rpt_freshness) from dim_release"
                    self.seen.update(connection.execute(sql).fetchall())
                self.reads += 1
            except Exception as error:
                self.errors.append(error)

    def __enter__(self) -> Readers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.failure(3)
@pytest.mark.parametrize("step", [*STEPS, "after"])
def test_a_publish_killed_at_any_step_is_not_seen_and_needs_no_clean_up(
    warehouse: Warehouse, step: str
) -> None:
    old = warehouse.publish(now=TODAY - timedelta(days=1)).release
    make_database(warehouse.private, "update rpt_freshness set age_days = 13")
    with Readers(warehouse, 1) as readers:
        child = subprocess.run(
            [sys.executable, "-c", PUBLISH, str(warehouse.private), str(warehouse.settings.warehouse), step],
            check=False,
            capture_output=True,
        )
        assert child.returncode == -signal.SIGKILL, child.stderr
    assert readers.errors == []
    current = current_release(warehouse.settings)
    assert current is not None
    assert (current != old) == (step == "after")
    assert readers.seen <= {(old.release_id, 12), (current.release_id, 13)}
    assert verify(current) == []
    published = publish(warehouse.private, warehouse.settings, RUN)
    assert published.is_new == (step != "after")
    assert hash_file(published.release.database) == hash_file(warehouse.private)
    assert verify(published.release) == []
    assert len(list_releases(warehouse.settings)) == 2
    assert not list(releases_folder(warehouse.settings).glob(".*"))


@pytest.mark.failure(3)
@pytest.mark.slow
def test_a_publish_killed_at_random_moments_is_not_seen(
    warehouse: Warehouse, record_property: Callable[[str, object], None]
) -> None:
    record_property("trials", 40)
    warehouse.publish()

    def start(trial: int) -> subprocess.Popen[bytes]:
        make_database(warehouse.private, f"update rpt_freshness set age_days = {trial}")
        program = [sys.executable, "-c", PUBLISH]
        return subprocess.Popen(
            [*program, str(warehouse.private), str(warehouse.settings.warehouse), "never"]
        )

    undisturbed = start(-1)
    began = time.monotonic()
    assert undisturbed.wait() == 0
    whole = time.monotonic() - began
    killed = 0
    for trial in range(40):
        with Readers(warehouse, 1) as readers:
            child = start(trial)
            time.sleep(whole * trial / 40)
            child.kill()
            killed += child.wait() != 0
        assert readers.errors == []
        current = current_release(warehouse.settings)
        assert current is not None
        assert verify(current) == []
    # Later ones may have come to their end, as some publish faster than the first.
    assert killed > 20


@pytest.mark.failure(9)
def test_five_readers_hold_the_file_during_twenty_publishes(
    warehouse: Warehouse, record_property: Callable[[str, object], None]
) -> None:
    record_property("trials", 20)
    first = warehouse.publish("update rpt_freshness set age_days = 0").release
    held = [connect(warehouse.settings, release=first, threads=1) for _ in range(5)]
    published = {first.release_id: 0}
    with Readers(warehouse, 2) as readers:
        for age in range(1, 21):
            release = warehouse.publish(f"update rpt_freshness set age_days = {age}").release
            published[release.release_id] = age
    assert readers.errors == []
    assert readers.reads > 20
    assert readers.seen <= set(published.items())
    for connection in held:
        assert connection.execute("select age_days from rpt_freshness").fetchone() == (0,)


@pytest.fixture
def _no_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a full disk be met on the way, and small ones be written to."""
    monkeypatch.setattr(draft, "SPACE_AT_LEAST", 0)
    monkeypatch.setattr(draft, "SPACE_PER_BYTE", 0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "arsenale-test", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.failure(19)
@pytest.mark.usefixtures("_no_forecast")
@pytest.mark.parametrize("forecast", [True, False], ids=["said before", "met on the way"])
def test_a_full_disk_is_one_line_and_leaves_the_current_release(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forecast: bool
) -> None:
    warehouse = Warehouse(small_disk)
    warehouse.private = tmp_path / "private" / "arsenale.duckdb"
    first = warehouse.publish().release
    monkeypatch.setattr(draft, "SPACE_PER_BYTE", int(forecast))
    # Texts that do not compress, several times the disk.
    grow = (
        "create table fct_big as select md5(range::varchar) || md5((-range)::varchar) as t from range(300000)"
    )
    with pytest.raises(ArsenaleError) as caught:
        warehouse.publish(grow)
    assert str(warehouse.settings.warehouse) in caught.value.message
    assert "\n" not in caught.value.message
    assert ("MB free" in caught.value.message) == forecast
    assert current_release(warehouse.settings) == first
    assert verify(first) == []
    assert not list(releases_folder(warehouse.settings).glob(".*"))


@pytest.mark.failure(19)
@pytest.mark.usefixtures("_no_forecast")
def test_a_disk_that_fills_at_any_size_leaves_the_current_release(
    small_disk: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    warehouse = Warehouse(small_disk)
    warehouse.private = tmp_path / "private" / "arsenale.duckdb"
    first = warehouse.publish().release
    ballast = small_disk / "ballast"
    failures = 0
    for free in range(0, 6_000_000, 40_000):
        ballast.unlink(missing_ok=True)
        usage = shutil.disk_usage(small_disk)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, usage.free - free))
        try:
            warehouse.publish(f"update rpt_freshness set age_days = {free}")
        except ArsenaleError:
            failures += 1
            assert current_release(warehouse.settings) == first
            assert not list(releases_folder(warehouse.settings).glob(".*"))
        else:
            break
    record_property("trials", failures)
    assert failures > 3
    current = current_release(warehouse.settings)
    assert current is not None
    assert verify(current) == []


@pytest.mark.failure(19)
@pytest.mark.usefixtures("_no_forecast")
def test_a_target_that_is_read_only_is_one_line(small_disk: Path, tmp_path: Path) -> None:
    warehouse = Warehouse(small_disk)
    warehouse.private = tmp_path / "private" / "arsenale.duckdb"
    first = warehouse.publish().release
    second = warehouse.publish("delete from rpt_freshness", now=TODAY + timedelta(days=1)).release
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    settings = warehouse.settings
    attempts: list[Callable[[], object]] = [
        lambda: warehouse.publish("update rpt_freshness set age_days = 1"),
        lambda: build_lock(settings).__enter__(),
        lambda: start_build(settings),
        lambda: rollback(settings),
        lambda: keep(settings, first.release_id),
    ]
    for attempt in attempts:
        with pytest.raises(ArsenaleError, match="Read-only file system") as caught:
            attempt()
        assert str(settings.warehouse) in caught.value.message
        assert "\n" not in caught.value.message
    assert current_release(settings) == second
    with connect(settings) as connection:
        assert connection.execute("select count(*) from fct_figure").fetchone() == (3,)


def test_a_private_database_that_is_still_written_is_named(warehouse: Warehouse) -> None:
    make_database(warehouse.private)
    hold = (
        "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", hold, str(warehouse.private)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    assert writer.stdout.readline() == "open\n"
    with pytest.raises(ArsenaleError, match=f"cannot open {warehouse.private}"):
        publish(warehouse.private, warehouse.settings, RUN)
    writer.kill()
    writer.wait()


def test_the_private_database_is_only_read(warehouse: Warehouse) -> None:
    warehouse.publish()
    before = warehouse.private.read_bytes()
    publish(warehouse.private, warehouse.settings, RUN)
    assert warehouse.private.read_bytes() == before
    assert [path.name for path in warehouse.private.parent.iterdir()] == ["arsenale.duckdb"]


@pytest.mark.failure(14)
@pytest.mark.parametrize(("variable", "value"), [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "it_IT.UTF-8")])
def test_exports_have_the_same_bytes_on_any_day_and_anywhere(
    warehouse: Warehouse, tmp_path: Path, variable: str, value: str
) -> None:
    here = warehouse.publish(
        "create table fct_many as select range as id, 'x' || range as t from range(200000)"
    )
    there = tmp_path / "there" / "warehouse"
    subprocess.run(
        [sys.executable, "-c", PUBLISH, str(warehouse.private), str(there), "never"],
        check=True,
        env={**os.environ, variable: value},
    )
    (copy,) = (there / "releases").iterdir()
    assert copy.name[-8:] == here.release.release_id[-8:]
    for kind in ("csv", "parquet"):
        for path in (here.release.folder / kind).iterdir():
            assert path.read_bytes() == (copy / kind / path.name).read_bytes(), path.name


@pytest.mark.failure(14)
def test_exports_have_the_same_bytes_for_any_number_of_threads(warehouse: Warehouse, tmp_path: Path) -> None:
    make_database(
        warehouse.private,
        "create table fct_many as select hash(range)::varchar as id, range % 7 as n from range(400000)",
    )
    written = []
    for threads in (1, 8):
        folder = tmp_path / f"threads-{threads}"
        folder.mkdir()
        with open_engine() as connection:
            connection.execute(f"set threads = {threads}")
            attach(connection, warehouse.private, "a")
            export_tables(connection, "a", folder)
        written.append({path.name: path.read_bytes() for path in sorted(folder.glob("*/*"))})
    assert written[0] == written[1]


def test_duckdb_itself_opens_the_file_without_settings(warehouse: Warehouse) -> None:
    release = warehouse.publish().release
    with duckdb.connect(release.database, read_only=True) as connection:
        assert connection.execute("select count(*) from fct_figure").fetchone() == (3,)
