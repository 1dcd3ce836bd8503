"""The server of deploy/, with its real daemon, webserver and storage: it builds, it says so, it survives."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlencode

import pytest

from arsenale.alerts.journal import read_journal
from arsenale.settings import Settings
from orchestration.retries import RETRY_TAG
from tests.alerts.receivers import Receiver, mail_server, webhook
from tests.building import BIN, new_project, with_cell
from tests.ops.postgres import postgresql
from tests.ops.server import Server

pytestmark = pytest.mark.slow

ALIASES = "party_aliases.csv"
SILENT_AFTER = 75
"""Two looks of the watch, and some patience."""

NOTICED_AND_BUILT = 60
DIES_WITHIN = 60
"""Seconds from a worker's death to its run's: the poll of the monitor, four times."""


def busy() -> float:
    """How much slower than alone this machine is: a limit in seconds is meant for one that has time."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@contextmanager
def a_server(storage: str) -> Iterator[tuple[Server, Receiver, Receiver]]:
    """Start a server that has published its first release, with somebody who listens to its alerts."""
    folder = Path(tempfile.mkdtemp(prefix="arsenale-server-", dir="/tmp"))
    database = postgresql() if storage == "postgresql" else nullcontext()
    try:
        with mail_server() as mails, webhook() as posts, database as address:
            environment: dict[str, str | None] = {
                "ARSENALE_POSTGRES": address,
                "ARSENALE_SILENT_AFTER_SECONDS": str(SILENT_AFTER),
                "ARSENALE_ALERT_SMTP": f"smtp://127.0.0.1:{mails.port}",
                "ARSENALE_ALERT_TO": "keeper@example.org",
                "ARSENALE_ALERT_WEBHOOK": f"http://127.0.0.1:{posts.port}",
            }
            server = Server(new_project(folder), folder, environment)
            server.start()
            try:
                server.wait("the pages", server.answers)
                # Nothing was ever built: the first look at the inputs asks for a build.
                server.wait("the first release", server.project.release_id)
                server.wait("the first run", lambda: server.runs()[0]["status"] == "SUCCESS")
                yield server, mails, posts
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[tuple[Server, Receiver, Receiver]]:
    with a_server("sqlite") as started:
        yield started


def healthy(server: Server) -> bool:
    return server.project.run([str(BIN / "arsenale"), "health"], **ours(server)).returncode == 0


def status_of_retry(server: Server, run_id: str) -> str | None:
    """Return how far the run is that was asked for because another died."""
    tag = {"key": RETRY_TAG, "value": run_id}
    return next((run["status"] for run in server.runs() if tag in run["tags"]), None)


def looked_at(server: Server) -> list[str]:
    """Return the runs that the watch has looked at."""
    return read_journal(Settings(Path(), server.project.warehouse, None)).builds


def ours(server: Server) -> dict[str, str | None]:
    return {name: text for name, text in server.all_settings().items() if name.startswith("ARSENALE_")}


def edits_are_built_and_failures_told(
    server: Server, mails: Receiver, posts: Receiver, say: Callable[[str], None]
) -> None:
    seed = server.project.home / "seeds" / ALIASES
    before = server.project.release_id()
    slower = busy()
    with seed.open("a", encoding="utf-8") as file:
        file.write("la Penisola,ITA\n")
    took = server.wait("the edited seed", lambda: server.project.release_id() != before)
    say(f"a seed edit is published after {took:.0f} s, at {slower:.1f} times the load of the machine")
    assert took < NOTICED_AND_BUILT * slower
    server.wait("the run of the edit", lambda: server.runs()[0]["status"] == "SUCCESS")
    tags = {tag["key"]: tag["value"] for tag in server.runs()[0]["tags"]}
    assert tags["arsenale/changed"] == f"seeds/{ALIASES} changed"
    server.wait("good health", lambda: healthy(server))

    published = server.project.release_id()
    with server.project.edited(ALIASES, with_cell("party_id", lambda _: "ATLANTIS")):
        server.wait("the failure", lambda: server.runs()[0]["status"] == "FAILURE")
        server.wait("the alert", lambda: posts.got and mails.got)
        failed = server.runs()[0]["runId"]
        # A second failure in a row is the same incident, which the watch has seen and kept for itself.
        again = server.launch()
        server.wait("the second failure", lambda: server.status(again) == "FAILURE")
        server.wait("the watch", lambda: again in looked_at(server))
        assert not healthy(server)
    assert server.project.release_id() == published
    server.wait("the run of the mended seed", lambda: server.runs()[0]["status"] == "SUCCESS")
    server.wait("the recovery", lambda: len(posts.got) > 1 and len(mails.got) > 1)
    assert [post["kind"] for post in posts.got] == ["failure", "recovery"]
    assert len(mails.got) == 2
    failure = posts.got[0]
    assert failure["link"] == f"https://arsenale.example.org/runs/{failed}"
    # The failing check and the row, with file, line and column.
    assert any("contracts" in line for line in failure["findings"]), failure
    assert any(f"{ALIASES}:2:party_id" in line and "ATLANTIS" in line for line in failure["findings"])
    assert failure["remedy"]
    assert f"runs/{failed}" in mails.got[0].get_content()
    assert "ALERT failure" in server.log("arsenale-code")
    server.wait("good health again", lambda: healthy(server))


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def out(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return out


def test_edits_are_built_and_failures_told_on_sqlite(
    on_sqlite: tuple[Server, Receiver, Receiver], say: Callable[[str], None]
) -> None:
    edits_are_built_and_failures_told(*on_sqlite, say)


def test_edits_are_built_and_failures_told_on_postgresql(say: Callable[[str], None]) -> None:
    with a_server("postgresql") as started:
        edits_are_built_and_failures_told(*started, say)
        assert not (started[0].project.warehouse / "dagster" / "history").exists()


def test_a_killed_worker_is_noticed_told_once_and_its_build_tried_again(
    on_sqlite: tuple[Server, Receiver, Receiver], say: Callable[[str], None]
) -> None:
    server, _, posts = on_sqlite
    told = len(posts.got)
    run = server.launch()
    os.kill(server.worker(run), signal.SIGKILL)
    took = server.wait("the run's end", lambda: server.status(run) == "FAILURE", DIES_WITHIN * busy())
    say(f"a run whose worker was killed is marked failed after {took:.0f} s")
    server.wait("the retry", lambda: status_of_retry(server, run) == "SUCCESS")
    server.wait("the recovery", lambda: len(posts.got) >= told + 2)
    assert [post["kind"] for post in posts.got[told:]] == ["failure", "recovery"]
    assert "the process of the run died" in posts.got[told]["subject"]


def test_killed_with_the_server_of_its_definitions_a_run_is_marked_failed_all_the_same(
    on_sqlite: tuple[Server, Receiver, Receiver], say: Callable[[str], None]
) -> None:
    server, _, posts = on_sqlite
    told = len(posts.got)
    run = server.launch()
    server.worker(run)
    server.kill("arsenale-code")
    server.start("arsenale-code")
    took = server.wait("the run's end", lambda: server.status(run) == "FAILURE", DIES_WITHIN * busy())
    say(f"a run that died with the code server is marked failed after {took:.0f} s")
    server.wait("the retry", lambda: status_of_retry(server, run) == "SUCCESS")
    server.wait("the recovery", lambda: len(posts.got) >= told + 2)
    assert [post["kind"] for post in posts.got[told:]] == ["failure", "recovery"]


def test_a_build_outlives_the_daemon_and_health_fails_until_it_is_back(
    on_sqlite: tuple[Server, Receiver, Receiver], say: Callable[[str], None]
) -> None:
    server, _, posts = on_sqlite
    server.wait("good health", lambda: healthy(server))
    told = len(posts.got)
    run = server.launch()
    server.worker(run)
    server.kill("arsenale-daemon")
    took = server.wait("ill health", lambda: not healthy(server), SILENT_AFTER + 30)
    say(f"`arsenale health` fails {took:.0f} s after the daemon's death; its limit is {SILENT_AFTER} s")
    line = server.project.run([str(BIN / "arsenale"), "health"], **ours(server)).stdout
    assert line.startswith("unhealthy: daemon: Dagster's daemon looked "), line
    server.wait("the run", lambda: server.status(run) == "SUCCESS")
    server.start("arsenale-daemon")
    took = server.wait("good health", lambda: healthy(server))
    say(f"it passes {took:.0f} s after the daemon's start")
    assert posts.got[told:] == []


def test_a_build_outlives_the_webserver(on_sqlite: tuple[Server, Receiver, Receiver]) -> None:
    server, _, posts = on_sqlite
    told = len(posts.got)
    run = server.launch()
    server.worker(run)
    server.kill("arsenale-web")
    server.start("arsenale-web")
    server.wait("the pages", server.answers)
    server.wait("the run", lambda: server.status(run) == "SUCCESS")
    run = server.launch()
    server.wait("the next run", lambda: server.status(run) == "SUCCESS")
    assert posts.got[told:] == []


def test_a_request_of_another_site_or_to_the_public_view_starts_nothing(
    on_sqlite: tuple[Server, Receiver, Receiver],
) -> None:
    from tests.ops.server import LAUNCH  # noqa: PLC0415

    server = on_sqlite[0]
    before = len(server.runs())
    for headers in (
        {"Host": "evil.example"},
        {"Host": f"evil.example:{server.ports['arsenale-web']}"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            server.ask(LAUNCH, **headers)
    # Dagster itself would take a link, which a page of another site can show as a picture.
    link = f"http://127.0.0.1:{server.ports['arsenale-web']}/graphql?{urlencode({'query': LAUNCH})}"
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(link, timeout=60)
    server.start("arsenale-web-public")
    server.wait("the public view", lambda: server.answers("arsenale-web-public"))
    answer = server.ask(LAUNCH, "arsenale-web-public", Host="figures.example.org")
    assert answer["data"]["launchRun"]["__typename"] == "UnauthorizedError", answer
    assert len(server.runs()) == before
    # Neither answers on another address than the loopback's.
    for unit in ("arsenale-web", "arsenale-web-public"):
        assert addresses_of(server.ports[unit]) == {"0100007F"}
    # The name under which the proxy shows the pages is a name of theirs.
    assert server.ask("{ version }", Host="arsenale.example.org", Origin="https://arsenale.example.org")[
        "data"
    ]


def addresses_of(port: int) -> set[str]:
    """Return the local addresses, as the kernel writes them, on which something listens to a port."""
    listening, found = "0A", set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
            address, _, state = line.split()[1:4]
            if state == listening and int(address.rpartition(":")[2], 16) == port:
                found.add(address.rpartition(":")[0])
    return found


def test_every_unit_ends_within_seconds_when_it_is_asked_to(
    on_sqlite: tuple[Server, Receiver, Receiver], say: Callable[[str], None]
) -> None:
    server = on_sqlite[0]
    took = {unit: server.kill(unit, signal.SIGTERM) for unit in list(server.processes)}
    say("; ".join(f"{unit} ended {seconds:.1f} s after SIGTERM" for unit, seconds in took.items()))
    # The units' TimeoutStopSec.
    assert max(took.values()) < 20
