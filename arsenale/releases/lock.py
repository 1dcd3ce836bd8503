"""One build at a time, through whatever door: an operating-system lock that dies with its holder."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from arsenale.errors import ArsenaleError, one_line_errors
from arsenale.settings import Settings

LOCK_NAME = "build.lock"
EXIT_BUSY = 75
"""sysexits.h EX_TEMPFAIL: nothing is wrong, try again later."""

POLL_SECONDS = 0.2
NAMING_SECONDS = 2.0


@dataclass(frozen=True)
class Holder:
    """Who holds the lock.

    Attributes:
        pid: Its process.
        name: What it calls itself, such as "arsenale build".
        since: When it took the lock, UTC, ISO 8601.
    """

    pid: int
    name: str
    since: str

    def __str__(self) -> str:
        """Return one phrase for an error line."""
        return f"{self.name} (process {self.pid}), since {self.since}"


@contextmanager
def build_lock(
    settings: Settings,
    holder: str = "arsenale build",
    *,
    wait_seconds: float = 0,
    on_wait: Callable[[str], None] = lambda _line: None,
) -> Iterator[None]:
    """Hold the warehouse's build lock.

    The kernel frees the lock when the process ends, however it ends, so the file is never removed:
    removing it would let a third build lock a new file of the same name while the second still waits on
    the old one.

    The descriptor is closed in programs that this process starts (PEP 446): a dbt that outlives a killed
    build keeps no lock.

    Args:
        settings: Where the warehouse is.
        holder: What the next build is told about this one.
        wait_seconds: How long to wait for another build to end; 0 leaves at once.
        on_wait: Called once, with one line, before waiting.

    Raises:
        ArsenaleError: Another build holds the lock (exit code 75).
    """
    path = settings.warehouse / LOCK_NAME
    with one_line_errors(f"lock {path}"):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, path, wait_seconds, on_wait)
        _write(descriptor, Holder(os.getpid(), holder, datetime.now(UTC).isoformat(timespec="seconds")))
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
            # Explicitly: a program that is just being started holds the descriptor for an instant longer.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, path: Path, wait_seconds: float, on_wait: Callable[[str], None]) -> None:
    deadline = time.monotonic() + wait_seconds
    # A holder writes its name an instant after it has the lock; on a busy machine an instant can be long.
    named_by = time.monotonic() + NAMING_SECONDS
    announced = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(path)
            if holder is None and time.monotonic() < named_by:
                time.sleep(POLL_SECONDS)
                continue
            line = f"another build is running: {holder or 'holder not yet known'}"
            if time.monotonic() >= deadline:
                raise ArsenaleError(
                    line, remedy="wait for it to end, or end that process", exit_code=EXIT_BUSY
                ) from None
        else:
            return
        if not announced:
            on_wait(line)
            announced = True
        time.sleep(POLL_SECONDS)


def _write(descriptor: int, holder: Holder) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)


def _read(path: Path) -> Holder | None:
    # Between another build's lock and its name in the file lies an instant in which the file is empty.
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None
