"""The three processes behind the UI, each as `arsenale serve NAME` runs it, on this machine alone.

| process | what it does | when it is restarted |
| --- | --- | --- |
| code | holds the definitions, looks for the sensors, starts the runs | running builds end with it |
| daemon | the clock: schedules, sensors, the monitor of runs | it goes on where it stopped |
| web | the pages | nothing is lost |
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import rich_click as click

from arsenale.errors import ArsenaleError
from orchestration.instance import dagster_home

SOCKET_VARIABLE = "ARSENALE_CODE_SOCKET"
LONGEST_SOCKET = 100
"""Bytes of a Unix socket's path that fit into the kernel's structure, with some to spare."""

WORKSPACE = Path(__file__).with_name("workspace.yaml")
LOCATION = "arsenale"
PORT = 3000

port_option = click.option("--port", default=PORT, show_default=True, help="Port on 127.0.0.1.")


@click.group()
def serve() -> None:
    r"""Run one of the three processes of a server; `arsenale ui` runs all of them for one person.

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
    settle()
    _become(daemon_command())


@serve.command()
@port_option
@click.option("--read-only", is_flag=True, help="Show everything and start nothing: the public view.")
def web(port: int, read_only: bool) -> None:
    """Show the pages, on 127.0.0.1 alone."""
    settle()
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
    socket = Path(os.environ.setdefault(SOCKET_VARIABLE, str((folder or home) / "code.sock")))
    if len(os.fsencode(socket)) > LONGEST_SOCKET:
        raise ArsenaleError(
            f"{socket} is too long a name for a socket", remedy=f"name a shorter one in {SOCKET_VARIABLE}"
        )
    return socket


def code_command(socket: Path) -> list[str]:
    """Return the command that holds the definitions; it takes them anew when the UI asks for that."""
    module = ["--module-name", "orchestration.definitions", "--location-name", LOCATION]
    # A socket of a server that was killed is still there, and would be in the way.
    socket.unlink(missing_ok=True)
    return [_beside("dagster"), "code-server", "start", "--socket", str(socket), *module]


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
