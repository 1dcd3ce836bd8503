"""A pager in front of a long answer, where a person sits at a terminal; else standard output as it is."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

CHOPPED = "RSX"
"""Options of `less`: colours, long lines run out to the right instead of wrapping, and stay on the screen."""

WHOLE = "FRX"
"""As above, but wrapped, and left at once where one screen holds it all."""


@contextmanager
def paged(options: str) -> Iterator[IO[str]]:
    """Yield a stream that the pager shows, as it is written; leaving the pager early is no error.

    `PAGER` names another pager than `less`, and `LESS` other options.

    Args:
        options: Of `less`.
    """
    command = pager()
    if command is None:
        yield sys.stdout
        return
    environment = {"LESS": options, **os.environ}
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, env=environment) as process:  # noqa: S603
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        with suppress(BrokenPipeError):
            yield process.stdin
        with suppress(BrokenPipeError):
            process.stdin.close()
        # Ctrl-C is the pager's to answer: it stops a search there, and must not leave the pager behind.
        while process.poll() is None:
            with suppress(KeyboardInterrupt):
                process.wait()


def pager() -> list[str] | None:
    """Return the command of the pager; None without one, or where nobody looks."""
    if not sys.stdout.isatty():
        return None
    command = shlex.split(os.environ.get("PAGER") or "less")
    return command if command and shutil.which(command[0]) else None
