"""dbt in a process of its own, started ahead of its turn.

Importing dbt and parsing the project takes longer than building the models. So a build starts this process
first, which does both while Dagster is imported and the seeds pass the gate, and then waits for one line: the
arguments of the one command that it will run. A closed pipe instead of a line means that none will come.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from arsenale.settings import Settings
from orchestration.dbt_process import dbt_environment
from orchestration.project import parse_arguments, parsing

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest


@contextmanager
def dbt_ahead(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Have the process: it reads its command from standard input, and writes dbt's events as JSON lines."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "orchestration.dbt_ahead"],
        cwd=settings.home,
        env=dbt_environment(settings) | {"DBT_LOG_FORMAT": "json", "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        # It has ended, unless nobody told it what to run, or nobody listens any more.
        process.kill()
        process.wait()


def command_dbt(process: subprocess.Popen[bytes], arguments: list[str]) -> None:
    """Say what to run."""
    if process.stdin is None:
        raise RuntimeError("dbt was started without a pipe")
    # Where it has ended already, its output says why.
    with suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(json.dumps(arguments).encode() + b"\n")


def main() -> int:
    """Parse, wait for the line, run it."""
    settings = Settings.from_environment()
    # Whoever needs a manifest that is being made waits for the folder; one that is current stays as it is.
    with parsing(settings) as is_current:
        manifest = None if is_current else _parsed(settings)
    manifest = manifest or _parsed(settings, "--no-write-json")
    line = sys.stdin.readline()
    return _run(json.loads(line), manifest) if line else 0


def _parsed(settings: Settings, *options: str) -> Manifest:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 - three seconds, which begin once the folder is held

    result = dbtRunner().invoke([*parse_arguments(settings), *options])
    if not result.success:
        sys.exit(1)
    return cast("Manifest", result.result)


def _run(arguments: list[str], manifest: Manifest) -> int:
    from dbt.cli.main import dbtRunner  # noqa: PLC0415

    return 0 if dbtRunner(manifest=manifest).invoke(arguments).success else 1


if __name__ == "__main__":
    sys.exit(main())
