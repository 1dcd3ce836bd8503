"""The three processes behind the UI, each as `arsenale serve NAME` runs it, on this machine alone.

| process | what it does | when it is restarted |
| --- | --- | --- |
| code | holds the definitions, looks for the sensors, starts the runs | running builds end with it |
| daemon | the clock: schedules, sensors, the monitor of runs | it goes on where it stopped |
| web | the pages | nothing is lost |
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import rich_click as click

from arsenale.errors import ArsenaleError
from orchestration.instance import dagster_home, prepare_storage

SOCKET_VARIABLE = "ARSENALE_CODE_SOCKET"
LONGEST_SOCKET = 100
"""Bytes of a Unix socket's path that fit into the kernel's structure, with some to spare."""

START_SECONDS = 180.0
POLL_SECONDS = 0.2

WORKSPACE = Path(__file__).with_name("workspace.yaml")
LOCATION = "arsenale"
PORT = 3000

port_option = click.option(
    "--port", type=click.IntRange(1, 65535), default=PORT, show_default=True, help="Port on 127.0.0.1."
)


@click.group()
def serve() -> None:
    """Run one of the three processes of a server; `arsenale ui` runs all of them for one person.

    The units in deploy/systemd/ call these. They agree on a socket, ARSENALE_CODE_SOCKET, and on everything
    that the environment names for `arsenale build`.
    """


@serve.command()
def code() -> None:
    """Hold the definitions and run the builds."""
    _become(code_command(settle()))


@serve.command()
def daemon() -> None:
    """Watch the clock, the inputs and the runs."""
    wait_for_code(settle())
    _become(daemon_command())


@serve.command()
@port_option
@click.option("--read-only", is_flag=True, help="Show everything and start nothing: the public view.")
def web(port: int, read_only: bool) -> None:
    """Show the pages, on 127.0.0.1 alone."""
    wait_for_code(settle())
    _become(web_command(port, read_only=read_only))


def settle(folder: Path | None = None) -> Path:
    """Fix where Dagster's memory and the socket of the definitions are, and return the socket.

    Args:
        folder: Where the socket goes if nothing names it; Dagster's own folder without it.

    Raises:
        ArsenaleError: The socket's path is too long for the kernel.
    """
    home = dagster_home()
    os.environ["DO_NOT_TRACK"] = "1"
    path = Path(os.environ.setdefault(SOCKET_VARIABLE, str((folder or home) / "code.sock")))
    if len(os.fsencode(path)) > LONGEST_SOCKET:
        raise ArsenaleError(
            f"{path} is too long a name for a socket", remedy=f"name a shorter one in {SOCKET_VARIABLE}"
        )
    prepare_storage()
    return path


def wait_for_code(path: Path, holds: Callable[[], bool] = lambda: True) -> bool:
    """Wait until the definitions can be asked for: whoever asks before shows none, for up to a minute.

    Args:
        path: Their socket.
        holds: Asked now and then; False ends the waiting.

    Returns:
        Whether they can be asked for.
    """
    deadline = time.monotonic() + START_SECONDS
    while holds() and time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                return True
        time.sleep(POLL_SECONDS)
    return False


def code_command(path: Path) -> list[str]:
    """Return the command that holds the definitions; it takes them anew when the UI asks for that."""
    module = ["--module-name", "orchestration.definitions", "--location-name", LOCATION]
    # A socket of a server that was killed is still there, and would be in the way.
    path.unlink(missing_ok=True)
    return [_beside("dagster"), "code-server", "start", "--socket", str(path), *module]


def daemon_command() -> list[str]:
    """Return the command of the clock."""
    return [_beside("dagster-daemon"), "run", "--workspace", str(WORKSPACE)]


def web_command(port: int, *, read_only: bool = False) -> list[str]:
    """Return the command of the pages."""
    mode = ["--read-only"] if read_only else []
    return [sys.executable, "-P", "-m", "orchestration.webserver", "--port", str(port), *mode]


def _beside(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _become(command: list[str]) -> None:
    os.execv(command[0], command)  # noqa: S606 - our own interpreter's programs
