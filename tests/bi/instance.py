"""A Superset of a test's own: an environment, an empty instance, a server on this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.environments import environment

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "superset-requirements.txt"
PATIENCE = 600
USER = "admin"
PASSWORD = "of an instance on this machine that ends with the test"


@dataclass(frozen=True)
class Superset:
    """A running instance.

    Attributes:
        home: Its state, and the log of its server.
        address: Where it answers.
    """

    home: Path
    address: str

    def post(self, path: str, content: dict[str, Any], token: str = "") -> tuple[int, dict[str, Any]]:
        """Send JSON to the API, and return the status and the answer."""
        headers = {"content-type": "application/json"} | (
            {"authorization": f"Bearer {token}"} if token else {}
        )
        request = urllib.request.Request(f"{self.address}{path}", json.dumps(content).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def token(self) -> str:
        """Log in."""
        _, answer = self.post(
            "/api/v1/security/login", {"username": USER, "password": PASSWORD, "provider": "db"}
        )
        token: str = answer["access_token"]
        return token

    def ask(self, sql: str, token: str) -> tuple[int, dict[str, Any]]:
        """Run SQL in SQL Lab."""
        return self.post(
            "/api/v1/sqllab/execute/",
            {"database_id": 1, "sql": sql, "runAsync": False, "schema": "main"},
            token,
        )


@contextmanager
def running(home: Path, bundle: Path) -> Iterator[Superset]:
    """Set up an empty instance, import a bundle into it, and serve it until the block ends."""
    commands = environment("superset-6.1.0", "-r", str(REQUIREMENTS)).parent
    variables = {
        "PATH": f"{commands}:{os.environ['PATH']}",
        "HOME": str(home),
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"),
        "FLASK_APP": "superset",
        "SCARF_ANALYTICS": "false",
    }
    person = ["--username", USER, "--firstname", "A", "--lastname", "B", "--email", "a@example.org"]
    for command in (
        ["db", "upgrade"],
        ["fab", "create-admin", *person, "--password", PASSWORD],
        ["init"],
        ["import-dashboards", "--path", str(bundle), "--username", USER],
    ):
        done = subprocess.run(
            [commands / "superset", *command],
            cwd=home,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"superset {command[0]}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [
        "-w",
        "2",
        "-k",
        "sync",
        "--timeout",
        "120",
        "-b",
        f"127.0.0.1:{port}",
        "superset.app:create_app()",
    ]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [commands / "gunicorn", *serve],
            cwd=home,
            env=variables,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    superset = Superset(home, f"http://127.0.0.1:{port}")
    try:
        _wait_for(superset, server)
        yield superset
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(superset: Superset, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{superset.address}/health", timeout=5).close()
        except (urllib.error.URLError, TimeoutError):
            assert server.poll() is None, "Superset ended: see server.log"
            assert time.monotonic() < deadline, "Superset does not answer"
            time.sleep(0.5)
        else:
            return
