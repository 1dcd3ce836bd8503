"""The parts of the orchestration, each alone and in this process."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from dagster._core.events import DagsterEvent, DagsterEventType
from dagster._core.events.log import EventLogEntry

from arsenale.documents.seed_rows import RefusedRowsError
from arsenale.errors import ArsenaleError
from arsenale.settings import Settings
from orchestration import project as dbt_project
from orchestration import provenance
from orchestration.dbt_ahead import command_dbt, dbt_ahead
from orchestration.event_log import ENGINES_KEPT, KeptConnectionsEventLog
from orchestration.failing_rows import with_rows
from orchestration.instance import dagster_home
from orchestration.outcome import BuildOutcome, note, plain


def checked(unique_id: str) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=False, asset_key="model", check_name="a_test", metadata={"unique_id": unique_id}
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "arsenale.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create table t as select range as key, 'row ' || range as name from range(30)")
    return file


def test_a_failed_dbt_test_shows_its_first_rows(tmp_path: Path, database: Path) -> None:
    results = tmp_path / "run_results.json"
    results.write_text(
        json.dumps({"results": [{"unique_id": "test.t", "compiled_code": "select * from t order by key"}]}),
        encoding="utf-8",
    )
    (result,) = with_rows([checked("test.t")], results, database)
    assert not result.passed
    assert result.description == "key '0', name 'row 0'\nkey '1', name 'row 1'\nkey '2', name 'row 2'"
    rows = result.metadata["rows"]
    assert isinstance(rows, dg.TableMetadataValue)
    assert len(rows.records) == 20


def test_a_dbt_test_whose_query_fails_shows_the_error(tmp_path: Path, database: Path) -> None:
    results = tmp_path / "run_results.json"
    results.write_text(
        json.dumps({"results": [{"unique_id": "test.t", "compiled_code": "select * from nowhere"}]}),
        encoding="utf-8",
    )
    (result,) = with_rows([checked("test.t")], results, database)
    assert "nowhere" in str(result.description)


def test_where_no_dbt_test_failed_nothing_is_opened(tmp_path: Path) -> None:
    assert list(with_rows([], tmp_path / "none.json", tmp_path / "none.duckdb")) == []


@pytest.mark.parametrize(
    ("status", "kept"), [("fail", False), ("skipped", False), ("error", False), ("pass", True)]
)
def test_a_release_needs_every_node_built_and_every_test_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str, kept: bool
) -> None:
    nodes = {
        "model.arsenale.m": {"resource_type": "model"},
        "test.arsenale.t": {"resource_type": "test"},
        "operation.arsenale.o": {"resource_type": "operation"},
    }
    monkeypatch.setattr(provenance, "load_manifest", lambda: {"nodes": nodes})
    results = tmp_path / "run_results.json"
    rows = [
        {"unique_id": "model.arsenale.m", "status": "success"},
        {"unique_id": "test.arsenale.t", "status": status},
    ]
    results.write_text(json.dumps({"results": rows}), encoding="utf-8")
    if kept:
        assert provenance.passed_checks(results) == ("test.arsenale.t",)
        return
    with pytest.raises(ArsenaleError, match="1 of 2 nodes were not built or did not pass") as refused:
        provenance.passed_checks(results)
    assert refused.value.details == ["test.arsenale.t"]


def test_a_release_needs_a_run_of_dbt(tmp_path: Path) -> None:
    with pytest.raises(ArsenaleError, match="dbt has not run in this build"):
        provenance.passed_checks(tmp_path / "run_results.json")


def test_the_commit_is_unknown_outside_of_git(tmp_path: Path) -> None:
    assert provenance.git_commit(tmp_path) == "unknown"


def test_a_commit_is_marked_where_the_tree_differs_from_it(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True, capture_output=True)

    git("init", "--quiet")
    (tmp_path / "seed").write_text("1", encoding="utf-8")
    git("add", ".")
    git("commit", "--quiet", "--no-gpg-sign", "-m", "one")
    commit = provenance.git_commit(tmp_path)
    assert len(commit) == 40
    (tmp_path / "seed").write_text("2", encoding="utf-8")
    assert provenance.git_commit(tmp_path) == f"{commit}-dirty"


@pytest.fixture
def small_project(tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    (home / "models").mkdir(parents=True)
    (home / "models" / "one.sql").write_text("select 1 as one", encoding="utf-8")
    return Settings(home=home, warehouse=tmp_path / "warehouse", documents=None)


def test_a_project_is_parsed_again_when_its_content_changes_and_not_when_it_is_touched(
    small_project: Settings,
) -> None:
    model = small_project.home / "models" / "one.sql"
    with dbt_project.parsing(small_project) as is_current:
        assert not is_current
    model.touch()
    with dbt_project.parsing(small_project) as is_current:
        assert is_current
    model.write_text("select 2 as one", encoding="utf-8")
    with dbt_project.parsing(small_project) as is_current:
        assert not is_current


def test_a_manifest_whose_parsing_failed_is_not_taken_for_current(small_project: Settings) -> None:
    with pytest.raises(RuntimeError, match="broken"), dbt_project.parsing(small_project):
        raise RuntimeError("broken")
    with dbt_project.parsing(small_project) as is_current:
        assert not is_current


def test_a_dbt_that_is_never_told_what_to_run_goes_with_its_block(small_project: Settings) -> None:
    with dbt_ahead(small_project) as process:
        assert process.poll() is None
    assert process.returncode is not None


def test_commanding_a_dbt_that_has_ended_is_no_error(small_project: Settings) -> None:
    with dbt_ahead(small_project) as process:
        process.kill()
        process.wait()
        command_dbt(process, ["build"])


def test_dagster_keeps_its_history_in_the_warehouse_with_the_shipped_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(tmp_path))
    home = dagster_home()
    assert home == tmp_path / "dagster"
    assert "telemetry" in (home / "dagster.yaml").read_text(encoding="utf-8")


def test_a_home_that_was_named_keeps_its_own_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert dagster_home() == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_the_event_log_keeps_few_files_open_and_loses_nothing(tmp_path: Path) -> None:
    log = KeptConnectionsEventLog(str(tmp_path))
    runs = [f"run-{number}" for number in range(ENGINES_KEPT + 3)]
    for run in runs:
        log.store_event(
            EventLogEntry(
                error_info=None,
                level=20,
                user_message="",
                run_id=run,
                timestamp=1.0,
                dagster_event=DagsterEvent(
                    event_type_value=DagsterEventType.STEP_START.value, job_name="build", message="began"
                ),
            )
        )
    assert len(log._engines) <= ENGINES_KEPT
    assert [len(log.get_logs_for_run(run)) for run in runs] == [1] * len(runs)
    log.dispose()
    assert log._engines == {}


def test_failed_checks_are_told_before_what_they_stopped() -> None:
    outcome = BuildOutcome(
        run_id="r", failed_checks=[("a: b", "row 1\nrow 2")], checks=9, error=ArsenaleError("dbt exited")
    )
    with pytest.raises(ArsenaleError, match="1 of 9 checks failed; nothing was published") as failed:
        outcome.raise_failure()
    assert failed.value.details == ["a: b", "  row 1", "  row 2"]


def test_without_a_failed_check_the_error_itself_is_told() -> None:
    with pytest.raises(ArsenaleError, match="dbt exited"):
        BuildOutcome(run_id="r", error=ArsenaleError("dbt exited")).raise_failure()
    BuildOutcome(run_id="r").raise_failure()


@pytest.mark.parametrize(
    "error",
    [
        ArsenaleError("it broke"),
        ArsenaleError("it broke", ["row 1", "  found: 7"], "mend it: here"),
        ArsenaleError("it broke", remedy="mend it"),
        RefusedRowsError("it broke", ["row 1"], "mend it"),
    ],
)
def test_an_error_keeps_its_shape_on_its_way_through_a_run(error: ArsenaleError) -> None:
    @dg.op
    def fails() -> None:
        try:
            raise error
        except ArsenaleError as cause:
            raise RuntimeError("around it") from cause

    @dg.job
    def run() -> None:
        fails()

    outcome = BuildOutcome(run_id="11111111-1111-1111-1111-111111111111")
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_event_listener(outcome.run_id, lambda entry: note(entry, outcome, lambda *_: None))
        run.execute_in_process(instance=instance, run_id=outcome.run_id, raise_on_error=False)
    told = outcome.failure()
    assert told is not None
    assert (told.message, told.details, told.remedy) == (error.message, error.details, error.remedy)


def test_what_is_no_error_of_ours_is_told_by_its_own_words(tmp_path: Path) -> None:
    @dg.job
    def run() -> None:
        dg.op(name="fails")(lambda: (tmp_path / "none").read_text(encoding="utf-8"))()

    outcome = BuildOutcome(run_id="22222222-2222-2222-2222-222222222222")
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_event_listener(outcome.run_id, lambda entry: note(entry, outcome, lambda *_: None))
        run.execute_in_process(instance=instance, run_id=outcome.run_id, raise_on_error=False)
    assert "No such file or directory" in str(outcome.failure())


def test_a_table_of_metadata_is_rows_in_json() -> None:
    table = dg.TableMetadataValue(
        records=[dg.TableRecord({"seed": "figures", "rows": 3})],
        schema=dg.TableSchema([dg.TableColumn("seed"), dg.TableColumn("rows")]),
    )
    assert json.loads(json.dumps(plain(table))) == [{"seed": "figures", "rows": 3}]
    assert plain(dg.MetadataValue.int(3)) == 3
