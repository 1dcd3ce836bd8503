"""The command `ui`: Dagster's pages on this machine, with the processes behind them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import rich_click as click

from arsenale.errors import ArsenaleError
from orchestration.servers import (
    code_command,
    daemon_command,
    port_option,
    settle,
    wait_for_code,
    web_command,
)

GRACE_SECONDS = 5.0
POLL_SECONDS = 0.2


@click.command()
@port_option
def ui(port: int) -> None:
    """Open the Dagster UI on this machine: lineage, checks, runs, and the button that builds.

    Listens on 127.0.0.1 alone, for the UI has no login. Nothing is built by itself, unless it is switched on
    there, or ARSENALE_UNATTENDED=1 says so. Ctrl-C ends it, and a build that it runs.
    """
    _refuse_taken(port)
    signal.signal(signal.SIGTERM, _stop)
    with tempfile.TemporaryDirectory(prefix="arsenale-") as folder, _stopped_in_the_end() as processes:
        code = settle(Path(folder))
        processes["code"] = _start(code_command(code))
        if not wait_for_code(code, lambda: processes["code"].poll() is None):
            raise ArsenaleError(
                "ui: the definitions cannot be loaded", remedy="what was printed above says why"
            )
        processes["daemon"] = _start(daemon_command())
        processes["web"] = _start(web_command(port))
        click.echo(f"http://127.0.0.1:{port}  (Ctrl-C ends it)")
        while all(process.poll() is None for process in processes.values()):
            time.sleep(POLL_SECONDS)
        ended = ", ".join(name for name, process in processes.items() if process.poll() is not None)
        raise ArsenaleError(f"ui: ended by itself: {ended}", remedy="what it printed says why")


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that what it starts can be ended with it."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own interpreter's programs


@contextmanager
def _stopped_in_the_end() -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Have processes, which all end with the block: asked together, and after a while not asked any more."""
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        with suppress(KeyboardInterrupt):
            yield processes
    finally:
        _signal(processes.values(), signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        _signal(processes.values(), signal.SIGKILL)
        for process in processes.values():
            process.wait()


def _signal(processes: Iterable[subprocess.Popen[bytes]], number: signal.Signals) -> None:
    for process in processes:
        # A group outlives its first process: a build that runs ends with the definitions.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise ArsenaleError(
                f"port {port} is taken, perhaps by another `arsenale ui`", remedy="--port names another one"
            )


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
