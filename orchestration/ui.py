"""The command `ui`: Dagster's pages on this machine, with the processes behind them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import rich_click as click

from arsenale.errors import ArsenaleError
from orchestration.servers import code_command, daemon_command, port_option, settle, web_command

GRACE_SECONDS = 5.0
POLL_SECONDS = 0.2
START_SECONDS = 180.0


@click.command()
@port_option
def ui(port: int) -> None:
    """Open the Dagster UI on this machine: lineage, checks, runs, and the button that builds.

    Listens on 127.0.0.1 alone, for the UI has no login. Nothing is built by itself, unless it is switched on
    there, or ARSENALE_UNATTENDED=1 says so. Ctrl-C ends it, and a build that it runs.
    """
    _refuse_taken(port)
    signal.signal(signal.SIGTERM, _stop)
    with tempfile.TemporaryDirectory(prefix="arsenale-") as folder:
        code = settle(Path(folder))
        with suppress(KeyboardInterrupt), _running(code_command(code)) as definitions:
            _wait_for(code, definitions)
            with _running(daemon_command()) as daemon, _running(web_command(port)) as web:
                click.echo(f"http://127.0.0.1:{port}  (Ctrl-C ends it)")
                processes = {"code": definitions, "daemon": daemon, "web": web}
                while all(process.poll() is None for process in processes.values()):
                    time.sleep(POLL_SECONDS)
                ended = ", ".join(name for name, process in processes.items() if process.poll() is not None)
                raise ArsenaleError(f"ui: ended by itself: {ended}", remedy="what it printed says why")


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Have a process with all that it starts; both are gone after the block, asked first and then not."""
    process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own interpreter's programs
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(code: Path, definitions: subprocess.Popen[bytes]) -> None:
    """Wait until the definitions can be asked for; whoever asked before would see none for a minute."""
    deadline = time.monotonic() + START_SECONDS
    while definitions.poll() is None and time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(code)) == 0:
                return
        time.sleep(POLL_SECONDS)
    raise ArsenaleError("ui: the definitions cannot be loaded", remedy="what was printed above says why")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise ArsenaleError(
                f"port {port} is taken, perhaps by another `arsenale ui`", remedy="--port names another one"
            )


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt
