"""A server as deploy/ describes it: the processes of its units, and what can be asked of them."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.building import BIN, PATIENCE, ROOT, Project

UNITS = ROOT / "deploy" / "systemd"
INSTALLED = "/srv/arsenale/.venv/bin/"

RUNS = """{ runsOrError(limit: 50) { ... on Runs { results {
    runId status startTime endTime tags { key value } } } } }"""
LAUNCH = """mutation { launchRun(executionParams: {
    selector: {repositoryLocationName: "arsenale", repositoryName: "__repository__", jobName: "build"},
    mode: "default"}) { __typename ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message } } }"""
PIDS = """query ($run: ID!) { runOrError(runId: $run) { ... on Run { eventConnection {
    events { ... on MessageEvent { message } } } } } }"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def settings_of_the_server() -> dict[str, str]:
    """Return what deploy/arsenale.env sets, as systemd reads it."""
    lines = (ROOT / "deploy" / "arsenale.env").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: shlex.split(text)[0] if text else "" for name, _, text in pairs}


@dataclass
class Server:
    """The processes, and what they share.

    Attributes:
        project: What is built.
        folder: For the socket and the logs; short, for the kernel's sake.
        environment: What differs from the shipped settings.
    """

    project: Project
    folder: Path
    environment: dict[str, str | None] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def all_settings(self) -> dict[str, str]:
        shipped: dict[str, str | None] = {
            **settings_of_the_server(),
            "ARSENALE_HOME": str(self.project.home),
            "ARSENALE_WAREHOUSE": str(self.project.warehouse),
            "ARSENALE_CODE_SOCKET": str(self.folder / "code.sock"),
            "ARSENALE_POSTGRES": None,
            **self.environment,
        }
        return self.project.environment(**shipped)

    def start(self, *units: str) -> None:
        for unit in units or ("arsenale-code", "arsenale-daemon", "arsenale-web"):
            text = (UNITS / f"{unit}.service").read_text(encoding="utf-8")
            (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
            words = shlex.split(line.replace(INSTALLED, f"{BIN}/"))
            if "--port" in words:
                port = self.ports.setdefault(unit, free_port())
                words[words.index("--port") + 1] = str(port)
            with (self.folder / f"{unit}.log").open("ab") as log:
                self.processes[unit] = subprocess.Popen(
                    words,
                    cwd=self.project.home,
                    env=self.all_settings(),
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def kill(self, unit: str, number: signal.Signals = signal.SIGKILL) -> float:
        """End a unit with all that it started, as systemd does, and return how long it took."""
        begin = time.monotonic()
        process = self.processes.pop(unit)
        os.killpg(process.pid, number)
        process.wait(PATIENCE)
        if number is signal.SIGTERM:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return time.monotonic() - begin

    def stop(self) -> None:
        for unit in list(self.processes):
            self.kill(unit)

    def log(self, unit: str) -> str:
        return (self.folder / f"{unit}.log").read_text(encoding="utf-8", errors="replace")

    def ask(
        self, query: str, unit: str = "arsenale-web", variables: object = None, **headers: str
    ) -> dict[str, Any]:
        """POST a GraphQL query, and return the whole answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports[unit]}/graphql",
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer: dict[str, Any] = json.load(response)
            return answer

    def runs(self) -> list[dict[str, Any]]:
        """Return all runs, the newest first."""
        found: list[dict[str, Any]] = self.ask(RUNS)["data"]["runsOrError"]["results"]
        return found

    def launch(self) -> str:
        """Press the button that builds, and return the run's id."""
        answer = self.ask(LAUNCH)["data"]["launchRun"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return str(answer["run"]["runId"])

    def status(self, run_id: str) -> str:
        return str(next(run["status"] for run in self.runs() if run["runId"] == run_id))

    def worker(self, run_id: str) -> int:
        """Return the process that executes a run, once it has said so."""
        pids: list[str] = []

        def said() -> bool:
            run = self.ask(PIDS, variables={"run": run_id})["data"]["runOrError"]
            messages = " ".join(one.get("message") or "" for one in run["eventConnection"]["events"])
            pids[:] = re.findall(r"Executing steps in process \(pid: (\d+)\)", messages)
            return bool(pids)

        self.wait("a worker", said)
        return int(pids[-1])

    def answers(self, unit: str = "arsenale-web") -> bool:
        """Return whether the pages show the definitions."""
        query = "{ repositoriesOrError { ... on RepositoryConnection { nodes { name } } } }"
        try:
            return bool(self.ask(query, unit)["data"]["repositoriesOrError"].get("nodes"))
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False

    def wait(self, what: str, happens: Callable[[], object], seconds: float = PATIENCE) -> float:
        """Wait for something, and return how long it took.

        Raises:
            AssertionError: It does not happen; with the ends of the logs.
        """
        begin = time.monotonic()
        while not happens():
            if time.monotonic() - begin > seconds:
                logs = "\n".join(f"--- {unit}\n{self.log(unit)[-3000:]}" for unit in self.processes)
                raise AssertionError(f"{what}: not within {seconds:.0f} s\n{logs}")
            time.sleep(0.5)
        return time.monotonic() - begin
