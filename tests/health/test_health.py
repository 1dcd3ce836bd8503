"""`arsenale health`: what it finds, without anything that runs."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from arsenale.alerts.journal import journal
from arsenale.alerts.message import Message
from arsenale.alerts.watch import EndedBuild, watch
from arsenale.errors import ArsenaleError
from arsenale.health import health
from arsenale.health.command import health as command
from arsenale.limits import Limits
from arsenale.releases.store import current_release
from tests.releases.conftest import TODAY, Warehouse

LIMITS = Limits()
NOW = TODAY + timedelta(hours=1)


class Silent:
    name = "silent"

    def send(self, message: Message) -> None:
        """Take it."""


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A release, and a watch that has just looked."""
    warehouse = Warehouse(tmp_path)
    warehouse.publish()
    watch(warehouse.settings, LIMITS, [build(succeeded=True)], [Silent()], NOW)
    return warehouse


def build(*, succeeded: bool, number: int = 1) -> EndedBuild:
    return EndedBuild(f"run-{number}", NOW, succeeded, "", lambda: ArsenaleError("failed"))


def wrong(warehouse: Warehouse, now: datetime = NOW, *, watched: bool = True) -> dict[str, str]:
    found = health(warehouse.settings, LIMITS, now, watched=watched)
    return {finding.check: finding.says for finding in found if not finding.passed}


def test_all_is_well(warehouse: Warehouse) -> None:
    assert wrong(warehouse) == {}
    checks = [finding.check for finding in health(warehouse.settings, LIMITS, NOW)]
    assert checks == ["release", "verification", "daemon", "last run", "alerts"]


def test_a_daemon_that_is_silent_is_found_within_its_limit(warehouse: Warehouse) -> None:
    assert wrong(warehouse, NOW + LIMITS.silent_after) == {}
    late = NOW + LIMITS.silent_after + timedelta(seconds=1)
    assert wrong(warehouse, late) == {"daemon": "Dagster's daemon looked 5 min ago, limit 5 min"}
    assert wrong(warehouse, late, watched=False) == {}


def test_a_release_that_no_build_confirms_is_found(warehouse: Warehouse) -> None:
    found = wrong(warehouse, TODAY + LIMITS.stale_after + timedelta(minutes=1), watched=False)
    assert list(found) == ["release"]
    assert "limit 30 h" in found["release"]


def test_a_file_of_the_release_that_was_changed_is_found(warehouse: Warehouse) -> None:
    release = current_release(warehouse.settings)
    assert release
    file = release.folder / "CITATION.cff"
    file.chmod(0o644)
    file.write_text("something else", encoding="utf-8")
    assert wrong(warehouse) == {"verification": "changed: CITATION.cff"}


def test_a_failed_run_is_found_until_one_succeeds(warehouse: Warehouse) -> None:
    watch(warehouse.settings, LIMITS, [build(succeeded=False, number=2)], [Silent()], NOW)
    assert wrong(warehouse) == {"last run": "run-2 failed at 2026-11-22 11:30 UTC"}
    watch(warehouse.settings, LIMITS, [build(succeeded=True, number=3)], [Silent()], NOW)
    assert wrong(warehouse) == {}


def test_an_alert_that_could_not_be_sent_is_found(warehouse: Warehouse) -> None:
    with journal(warehouse.settings) as state:
        state.says(Message("build", "failure", "it failed"), NOW, [Silent()])
    assert "1 alerts could not be sent: silent: 'it failed'" in wrong(warehouse)["alerts"]


def test_a_clock_that_was_set_back_is_found(warehouse: Warehouse) -> None:
    assert "the clock was set back" in wrong(warehouse, NOW - timedelta(hours=2))["daemon"]


def test_where_nothing_is_every_check_says_so_and_none_stops(tmp_path: Path) -> None:
    found = wrong(Warehouse(tmp_path))
    assert list(found) == ["release", "verification", "daemon"]
    assert "no release yet" in found["release"]


def test_a_damaged_journal_is_found(warehouse: Warehouse) -> None:
    (warehouse.settings.warehouse / "alerts.json").write_text("{", encoding="utf-8")
    assert "cannot read" in wrong(warehouse)["daemon"]


@pytest.fixture
def run(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("ARSENALE_WAREHOUSE", str(warehouse.settings.warehouse))
    for name in ("ARSENALE_ALERT_SMTP", "ARSENALE_ALERT_TO", "ARSENALE_ALERT_WEBHOOK"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


def test_the_command_says_it_in_one_line_and_its_exit_code(run: CliRunner, warehouse: Warehouse) -> None:
    # Long after the release's day: the clock is the real one here.
    watch(warehouse.settings, LIMITS, [], [Silent()], datetime.now(UTC))
    warehouse.publish(now=datetime.now(UTC))
    well = run.invoke(command)
    assert (well.exit_code, well.output.count("\n")) == (0, 1), well.output
    assert well.output.startswith("healthy: ")
    watch(warehouse.settings, LIMITS, [], [Silent()], datetime.now(UTC) - timedelta(hours=1))
    ill = run.invoke(command)
    assert (ill.exit_code, ill.output.count("\n")) == (1, 1)
    assert ill.output.startswith("unhealthy: daemon: Dagster's daemon looked 60 min ago")
    report = json.loads(run.invoke(command, ["--json"]).output)
    assert report["healthy"] is False
    assert [check["check"] for check in report["checks"] if not check["passed"]] == ["daemon"]


def test_an_alert_is_sent_when_it_begins_to_fail_and_when_that_ends(
    run: CliRunner, warehouse: Warehouse
) -> None:
    warehouse.publish(now=datetime.now(UTC))
    watch(warehouse.settings, LIMITS, [], [Silent()], datetime.now(UTC) - timedelta(hours=1))
    said = [run.invoke(command, ["--alert"]).output for _ in range(2)]
    assert [text.count("ALERT failure") for text in said] == [1, 0]
    watch(warehouse.settings, LIMITS, [], [Silent()], datetime.now(UTC))
    said = [run.invoke(command, ["--alert"]).output for _ in range(2)]
    assert [text.count("ALERT recovery") for text in said] == [1, 0]


def test_a_limit_that_is_no_number_is_refused() -> None:
    for text in ("soon", "-1", "0", "inf", "1_0"):
        with pytest.raises(ArsenaleError, match="ARSENALE_STALE_AFTER_HOURS: found"):
            Limits.from_environment({"ARSENALE_STALE_AFTER_HOURS": text})
    assert Limits.from_environment({"ARSENALE_STALE_AFTER_HOURS": "1.5"}).stale_after == timedelta(minutes=90)


def test_it_needs_neither_dagster_nor_dbt() -> None:
    import subprocess  # noqa: PLC0415

    code = (
        "import sys; sys.argv = ['arsenale', 'health', '--json']\n"
        "from orchestration.command_line import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([name for name in ('dagster', 'dbt', 'polars', 'pandera') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout
