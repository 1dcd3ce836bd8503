"""The command `ui`: Dagster's pages on this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import rich_click as click


@click.command()
@click.option("--port", default=3000, show_default=True, help="Port on 127.0.0.1.")
def ui(port: int) -> None:
    """Open the Dagster UI on this machine: lineage, checks, runs, and the button that builds.

    Listens on 127.0.0.1 alone: the UI has no login.
    """
    from orchestration.instance import dagster_home  # noqa: PLC0415

    home = dagster_home()
    command = Path(sys.executable).with_name("dagster")
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ["DO_NOT_TRACK"] = "1"
    workspace = Path(__file__).with_name("workspace.yaml")
    arguments = [str(command), "dev", "-w", str(workspace), "-h", "127.0.0.1", "-p", str(port)]
    os.execv(command, arguments)  # noqa: S606 - our own interpreter's dagster
