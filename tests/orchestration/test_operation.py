"""What runs by itself, each part alone: sensors, the launcher, what Dagster forgets, the pages' own site."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.storage.tags import RUN_FAILURE_REASON_TAG

from arsenale.column_lineage import Column, column_lineage
from arsenale.inputs import changed_inputs, input_digests
from arsenale.processes import is_alive
from arsenale.reference.exchange_rates import newest_quote
from arsenale.settings import Settings
from orchestration import lineage, retention, row_counts, sensors
from orchestration.alerts import ended_builds
from orchestration.gate import CAPTURED_SEEDS
from orchestration.instance import dagster_home
from orchestration.jobs import DRY_RUN_TAG, JOB, daily_build
from orchestration.release import RELEASE
from orchestration.retention import DAYS_KEPT, forget_runs
from orchestration.retries import RETRY_TAG, died_builds
from orchestration.run_launcher import WatchedRunLauncher
from orchestration.webserver import hosts_from, is_asked_by_link, is_ours
from tests.building import ROOT
from tests.releases.conftest import Warehouse

RUNS_KEPT = 3


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two seeds, a document, and a Dagster of its own."""
    for file, text in (("seeds/a.csv", "x\n1\n"), ("seeds/b.csv", "y\n2\n"), ("documents/d.txt", "text")):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    monkeypatch.setenv("ARSENALE_HOME", str(tmp_path))
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("ARSENALE_DOCUMENTS", str(tmp_path / "documents"))
    for name in ("DAGSTER_HOME", "ARSENALE_POSTGRES"):
        # Set and deleted: what a test sets itself is then taken back.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(sensors, "SETTLING_SECONDS", 0.0)
    return tmp_path


def looked(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
    context = dg.build_sensor_context(cursor=cursor)
    found = sensors.edited_inputs(context)
    assert isinstance(found, dg.SensorResult | dg.SkipReason)
    return found


def requested(cursor: str | None) -> tuple[str, str]:
    """Return what a look says has changed, and its cursor."""
    found = looked(cursor)
    assert isinstance(found, dg.SensorResult)
    assert found.run_requests
    return found.run_requests[0].tags["arsenale/changed"], str(found.cursor)


def test_an_edit_is_noticed_by_its_content_and_named(home: Path) -> None:
    said, cursor = requested(None)
    assert said == "first look"
    (home / "seeds" / "a.csv").touch()
    assert isinstance(looked(cursor), dg.SkipReason)
    (home / "seeds" / "a.csv").write_text("x\n3\n", encoding="utf-8")
    (home / "documents" / "d.txt").unlink()
    said, cursor = requested(cursor)
    assert said == "documents/d.txt removed, seeds/a.csv changed"
    # Changed back is changed, too.
    (home / "seeds" / "a.csv").write_text("x\n1\n", encoding="utf-8")
    assert requested(cursor)[0] == "seeds/a.csv changed"


def test_files_that_are_being_written_are_looked_at_later(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_seconds: float) -> None:
        (home / "seeds" / "a.csv").write_text("x\nhalf", encoding="utf-8")

    monkeypatch.setattr(time, "sleep", write)
    assert isinstance(looked(None), dg.SkipReason)


def test_many_changed_files_are_counted(home: Path) -> None:
    before = input_digests(Settings.from_environment())
    for number in range(8):
        (home / "seeds" / f"new{number}.csv").write_text("z", encoding="utf-8")
    assert len(changed_inputs(before, input_digests(Settings.from_environment()))) == 8
    assert requested('{"seeds/a.csv": ""}')[0].endswith("and 6 more")


def test_a_document_that_is_no_plain_file_is_something_else_than_before(home: Path) -> None:
    before = input_digests(Settings.from_environment())
    (home / "documents" / "d.txt").unlink()
    os.mkfifo(home / "documents" / "d.txt")
    assert changed_inputs(before, input_digests(Settings.from_environment())) == ["documents/d.txt changed"]


def test_the_newest_rate_is_told_without_a_build(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARSENALE_RATES_OLD_AFTER_DAYS", "100000")
    found = sensors.exchange_rates_age()
    assert isinstance(found, dg.SkipReason)
    assert str(found.skip_message) == f"the exchange rates end on {newest_quote()}"
    monkeypatch.setenv("ARSENALE_RATES_OLD_AFTER_DAYS", "0.001")
    assert "too old" in str(sensors.exchange_rates_age().skip_message)  # type: ignore[union-attr]


@pytest.mark.parametrize(("unattended", "status"), [("1", "RUNNING"), ("", "STOPPED")])
def test_builds_start_by_themselves_only_where_the_environment_says_so(unattended: str, status: str) -> None:
    code = (
        "from orchestration.jobs import daily_build; from orchestration.sensors import edited_inputs\n"
        "from orchestration.alerts import alerts\n"
        "print(*(one.default_status.value for one in (daily_build, edited_inputs, alerts)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "ARSENALE_UNATTENDED": unattended},
        capture_output=True,
        text=True,
        check=True,
    )
    # Whoever watches, watches always.
    assert done.stdout.split() == [status, status, "RUNNING"]


def test_the_daily_build_runs_once_a_day_when_clocks_change() -> None:
    from dagster._utils.schedules import cron_string_iterator  # noqa: PLC0415

    for saturday in (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)):
        cron, zone = str(daily_build.cron_schedule), str(daily_build.execution_timezone)
        ticks = cron_string_iterator(saturday.timestamp(), cron, zone)
        expected = [(saturday + timedelta(days=days)).day for days in range(3)]
        assert [(tick.day, tick.hour) for tick in (next(ticks) for _ in range(3))] == [
            (day, 6) for day in expected
        ]
    # An hour that a change of clocks leaves out, or has twice, is met once all the same.
    for evening in (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 10, 24, 21, tzinfo=UTC)):
        ticks = cron_string_iterator(evening.timestamp(), "30 2 * * *", "Europe/Rome")
        assert [next(ticks).day for _ in range(2)] == [evening.day + 1, evening.day + 2]


@pytest.fixture
def instance(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    dagster_home()
    monkeypatch.setattr(retention, "RUNS_KEPT", RUNS_KEPT)
    with dg.DagsterInstance.get() as opened:
        yield opened


def an_ended_run(
    instance: dg.DagsterInstance, *, at: datetime, status: str = "SUCCESS", **fields: object
) -> str:
    """Put a run into the storage, as if it had been."""
    from dagster._core.test_utils import create_run_for_test, freeze_time  # noqa: PLC0415

    with freeze_time(at):
        run = create_run_for_test(instance, job_name=JOB, **fields)  # type: ignore[arg-type]
        instance.report_run_failed(run, "it died") if status == "FAILURE" else _succeed(instance, run)
    return run.run_id


def _succeed(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    from dagster._core.events import DagsterEvent, DagsterEventType  # noqa: PLC0415

    event = DagsterEvent(DagsterEventType.RUN_SUCCESS.value, JOB, message="done")
    instance.report_dagster_event(event, run.run_id)


def test_only_whole_builds_are_told_of(instance: dg.DagsterInstance) -> None:
    now = datetime.now(UTC)
    whole = an_ended_run(instance, at=now, status="FAILURE")
    chosen = an_ended_run(instance, at=now, asset_selection=frozenset({CAPTURED_SEEDS, RELEASE}))
    an_ended_run(instance, at=now, asset_selection=frozenset({CAPTURED_SEEDS}))
    an_ended_run(instance, at=now, tags={DRY_RUN_TAG: "true"})
    builds = {build.build_id: build for build in ended_builds(instance)}
    assert builds.keys() == {whole, chosen}
    assert builds[chosen].succeeded
    assert builds[whole].link == f"http://127.0.0.1:3000/runs/{whole}"
    error = builds[whole].why()
    assert "the process of the run died" in error.message
    assert "it died" in " ".join(error.details)


def test_old_runs_are_forgotten_with_all_that_they_left(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    settings = Settings.from_environment()
    now = datetime.now(UTC)
    old = now - timedelta(days=DAYS_KEPT + 1)
    leaving = [an_ended_run(instance, at=old) for _ in range(3)]
    staying = [an_ended_run(instance, at=old + timedelta(hours=1)) for _ in range(RUNS_KEPT)]
    logs = Path(instance.storage_directory()) / leaving[0] / "compute_logs"
    logs.mkdir(parents=True)
    assert forget_runs(instance, settings, now) == 3
    assert forget_runs(instance, settings, now) == 0
    assert {record.dagster_run.run_id for record in instance.get_run_records()} == set(staying)
    assert not logs.exists()
    events = settings.warehouse / "dagster" / "history" / "runs"
    assert {file.name for run in leaving for file in events.glob(f"{run}*")} == set()


def test_the_run_that_published_a_release_is_kept_as_long_as_the_release(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    warehouse = Warehouse(tmp_path)
    published = warehouse.publish().release.release_id
    now = datetime.now(UTC)
    old = now - timedelta(days=DAYS_KEPT + 1)
    runs = {}
    for release in (published, "2020-01-01-pruned00"):
        runs[release] = an_ended_run(instance, at=old)
        said = dg.AssetMaterialization(RELEASE, metadata={"release": release})
        event = dg.DagsterEvent(
            "ASSET_MATERIALIZATION",
            JOB,
            event_specific_data=_materialized(said),
            step_key="release",
        )
        instance.report_dagster_event(event, runs[release])
    for _ in range(RUNS_KEPT):
        an_ended_run(instance, at=old + timedelta(hours=1))
    assert forget_runs(instance, warehouse.settings, now) == 1
    assert instance.get_run_by_id(runs[published])
    assert not instance.get_run_by_id(runs["2020-01-01-pruned00"])


def _materialized(said: dg.AssetMaterialization) -> object:
    from dagster._core.events import StepMaterializationData  # noqa: PLC0415

    return StepMaterializationData(said)


def test_a_build_that_died_is_asked_for_once_more_and_one_whose_check_failed_is_not(
    instance: dg.DagsterInstance,
) -> None:
    def requested() -> dg.RunRequest | dg.SkipReason:
        found = died_builds(dg.build_sensor_context(instance=instance))
        assert isinstance(found, dg.RunRequest | dg.SkipReason)
        return found

    now = datetime.now(UTC)
    assert isinstance(requested(), dg.SkipReason)
    died = an_ended_run(instance, at=now, status="FAILURE")
    request = requested()
    assert isinstance(request, dg.RunRequest)
    # Dagster takes a key once.
    assert (request.run_key, request.tags[RETRY_TAG]) == (died, died)
    an_ended_run(instance, at=now, status="FAILURE", tags=dict(request.tags))
    assert isinstance(requested(), dg.SkipReason), "a retry that died, too"
    an_ended_run(instance, at=now, status="FAILURE", tags={RUN_FAILURE_REASON_TAG: "STEP_FAILURE"})
    assert isinstance(requested(), dg.SkipReason)
    an_ended_run(instance, at=now, status="FAILURE", asset_selection=frozenset({CAPTURED_SEEDS}))
    assert isinstance(requested(), dg.SkipReason)


def test_a_process_is_known_by_its_id_and_the_time_at_which_it_was_there() -> None:
    now = time.time()
    assert is_alive(os.getpid(), now)
    # One that began later has the number of one that is gone.
    assert not is_alive(os.getpid(), now - 24 * 3600 * 365)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert is_alive(child.pid, time.time())
    child.kill()
    deadline = time.monotonic() + 10
    while is_alive(child.pid, time.time()) and time.monotonic() < deadline:
        time.sleep(0.01)
    # Dead, and nobody has asked for its end yet.
    assert not is_alive(child.pid, time.time())
    child.wait()
    assert not is_alive(child.pid, time.time())


def test_a_run_whose_process_is_gone_is_found(instance: dg.DagsterInstance) -> None:
    from dagster._core.events import EngineEventData  # noqa: PLC0415
    from dagster._core.test_utils import create_run_for_test  # noqa: PLC0415

    launcher = instance.run_launcher
    assert isinstance(launcher, WatchedRunLauncher)
    run = create_run_for_test(instance, job_name=JOB)
    assert launcher.check_run_worker_health(run).status.value == "RUNNING"
    instance.report_engine_event("here", run, EngineEventData.in_process(os.getpid()))
    assert launcher.check_run_worker_health(run).status.value == "RUNNING"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    instance.report_engine_event("here", run, EngineEventData.in_process(gone.pid))
    health = launcher.check_run_worker_health(run)
    assert (health.status.value, health.msg) == ("FAILED", f"process {gone.pid} is not there any more")


def test_the_shipped_settings_bound_and_watch_everything(home: Path) -> None:
    settings = yaml.safe_load((dagster_home() / "dagster.yaml").read_text(encoding="utf-8"))
    assert settings["telemetry"] == {"enabled": False}
    monitoring = settings["run_monitoring"]
    for limit in (
        "start_timeout",
        "cancel_timeout",
        "max_runtime",
        "poll_interval",
        "free_slots_after_run_end",
    ):
        assert monitoring[f"{limit}_seconds"] > 0
    assert monitoring["enabled"] is True
    assert monitoring["max_resume_run_attempts"] == 0
    assert "run_retries" not in settings
    for kind in ("schedule", "sensor"):
        assert all(days > 0 for days in settings["retention"][kind]["purge_after_days"].values())
    assert settings["event_log_storage"]["class"] == "KeptConnectionsEventLog"


def test_with_a_postgresql_the_settings_name_it_and_do_not_hold_its_password(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARSENALE_POSTGRES", "postgresql://user:s3cret@host/name")
    text = (dagster_home() / "dagster.yaml").read_text(encoding="utf-8")
    assert "s3cret" not in text
    settings = yaml.safe_load(text)
    assert settings["storage"] == {"postgres": {"postgres_url": {"env": "ARSENALE_POSTGRES"}}}
    assert "event_log_storage" not in settings
    # The driver that dagster-postgres brings is not the one that SQLAlchemy would take.
    assert os.environ["ARSENALE_POSTGRES"] == "postgresql+psycopg2://user:s3cret@host/name"


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"host": "127.0.0.1:3000"}, True),
        ({"host": "localhost"}, True),
        ({"host": "LOCALHOST:3000", "origin": "http://localhost:3000"}, True),
        ({"host": "figures.example.org", "origin": "https://figures.example.org"}, True),
        ({"host": "figures.example.org:443", "origin": "https://figures.example.org"}, True),
        ({"host": "figures.example.org:8443", "origin": "https://figures.example.org:8443"}, True),
        # Another program of this machine shows pages on a port of its own.
        ({"host": "127.0.0.1:3000", "origin": "http://127.0.0.1:8000"}, False),
        ({"host": "127.0.0.1:3000", "origin": "http://127.0.0.1"}, False),
        ({"host": "127.0.0.1:3000", "origin": "http://localhost:3000"}, False),
        ({"host": "127.0.0.1:3000", "origin": "ftp://127.0.0.1:3000"}, False),
        ({"host": "127.0.0.1:3000", "origin": "http://127.0.0.1:99999"}, False),
        ({"host": "evil.example"}, False),
        ({"host": "127.0.0.1.evil.example"}, False),
        ({"host": "127.0.0.1@evil.example"}, False),
        ({"host": "127.0.0.1:3000", "origin": "https://evil.example"}, False),
        ({"host": "127.0.0.1:3000", "origin": "null"}, False),
        ({"host": "["}, False),
        ({}, False),
    ],
)
def test_only_requests_of_this_site_are_answered(headers: dict[str, str], ours: bool) -> None:
    hosts = hosts_from({"ARSENALE_UI_HOSTS": " Figures.example.org , "})
    assert is_ours(headers, hosts) is ours


@pytest.mark.parametrize(
    ("method", "path", "query", "refused"),
    [
        ("GET", "/graphql", b"query=mutation", True),
        ("HEAD", "/prefix/graphql/", b"query=mutation", True),
        ("POST", "/graphql", b"", False),
        ("GET", "/graphql", b"", False),
        ("GET", "/runs", b"q=status", False),
    ],
)
def test_nothing_is_asked_by_a_link(method: str, path: str, query: bytes, refused: bool) -> None:
    scope = {"type": "http", "method": method, "path": path, "query_string": query}
    assert is_asked_by_link(scope) is refused


def test_no_shipped_file_listens_to_other_machines() -> None:
    shipped = [*(ROOT / "deploy").rglob("*"), *(ROOT / "orchestration").glob("*")]
    texts = {
        file.name: file.read_text(encoding="utf-8")
        for file in shipped
        if file.is_file() and file.suffix != ".pyc"
    }
    assert len(texts) > 20
    for name, text in texts.items():
        assert "0.0.0.0" not in text, name
        assert "[::]:300" not in text, name
    units = [text for name, text in texts.items() if name.endswith(".service")]
    assert sum("--read-only" in text for text in units) == 1


SQL = """
with joined as (
    select f.key, f.value * r.rate as converted from main.facts as f join main.rates as r using (day)
)
select key as fact_id, converted, 1 as one from joined
"""
FACTS = {("main", "facts"): ("key", "value", "day"), ("main", "rates"): ("day", "rate")}


def test_a_column_is_followed_to_the_tables_it_comes_from() -> None:
    assert column_lineage(SQL, FACTS) == {
        "fact_id": [Column("main", "facts", "key")],
        "converted": [Column("main", "facts", "value"), Column("main", "rates", "rate")],
        "one": [],
    }


@pytest.mark.parametrize("sql", ["selec nothing", "create table t as select 1", ""])
def test_what_cannot_be_followed_has_no_lineage(sql: str) -> None:
    assert column_lineage(sql, FACTS) is None


def test_lineage_is_read_once_and_then_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"schema": "main", "resource_type": "seed", "columns": {"key": {}}}
    model = {
        "schema": "main",
        "alias": "m",
        "resource_type": "model",
        "columns": {},
        "original_file_path": "m.sql",
        "depends_on": {"nodes": ["seed.t"]},
    }
    nodes = {"seed.t": {**table, "alias": "t"}, "model.m": model}
    monkeypatch.setattr(lineage, "load_manifest", lambda: {"nodes": nodes, "sources": {}})
    (home / "m.sql").write_text("select key as k from main.t", encoding="utf-8")
    (home / "warehouse" / "dbt").mkdir(parents=True)
    keys = {"seed.t": dg.AssetKey("t"), "model.m": dg.AssetKey("m")}

    def of(*, kept_only: bool) -> dg.TableColumnLineage | None:
        found = lineage.ColumnLineage(keys, home, kept_only=kept_only)
        shown = found.of("model.m")
        found.keep()
        if shown:
            tables = found.as_table(shown).values()
            rows = [record.data for table in tables for record in table.records]
            # For the pages: a report of the command line needs no page of lineage.
            assert rows == ([] if kept_only else [{"column": "k", "comes from": "t.key"}])
        return shown

    assert of(kept_only=True) is None
    shown = of(kept_only=False)
    assert shown == dg.TableColumnLineage({"k": [dg.TableColumnDep(dg.AssetKey("t"), "key")]})
    monkeypatch.setattr(lineage, "column_lineage", lambda *_: pytest.fail("read again"))
    assert of(kept_only=True) == of(kept_only=False) == shown


def test_every_table_that_dbt_built_is_counted(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415

    file = tmp_path / "built.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table t as from range(7); create table other as from range(3)")
        connection.execute("create view v as from t")
    nodes = {name: {"schema": "main", "alias": name} for name in ("t", "v")}
    keys = {name: dg.AssetKey(name) for name in nodes}
    counted = {one.asset_key: one.metadata for one in row_counts.row_counts(file, nodes, keys)}
    assert {key.to_user_string(): found["dagster/row_count"].value for key, found in counted.items()} == {
        "t": 7
    }


def test_a_release_that_nobody_confirms_fails_its_check_once_and_passes_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration.freshness import freshness  # noqa: PLC0415

    warehouse = Warehouse(home)
    assert isinstance(freshness(dg.build_sensor_context()), dg.SkipReason)
    warehouse.publish(now=datetime.now(UTC) - timedelta(days=3))
    found = freshness(dg.build_sensor_context())
    assert isinstance(found, dg.SensorResult)
    assert [event.passed for event in found.asset_events] == [False]  # type: ignore[union-attr]
    assert isinstance(freshness(dg.build_sensor_context(cursor=found.cursor)), dg.SkipReason)
    warehouse.publish(now=datetime.now(UTC))
    found = freshness(dg.build_sensor_context(cursor=found.cursor))
    assert isinstance(found, dg.SensorResult)
    assert [event.passed for event in found.asset_events] == [True]  # type: ignore[union-attr]
