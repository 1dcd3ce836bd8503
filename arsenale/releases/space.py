"""Room on the disk: asked for before anything is written, and named where it ran out on the way."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arsenale.errors import ArsenaleError

FULL = 4 * 2**20
"""Bytes. A disk with less is full: what failed on it asked for a file's next piece, not for one byte."""

FULL_IN_WORDS = (os.strerror(errno.ENOSPC), "disk is full")
"""What the operating system says, and SQLite."""

REMEDY = "free some space; `arsenale releases prune --keep N` removes old releases"


def require_space(folder: Path, needed: int, what: str) -> None:
    """Refuse to begin what the disk cannot hold.

    Args:
        folder: Any folder of the disk, which exists.
        needed: Bytes.
        what: Who needs them, such as "a release".

    Raises:
        ArsenaleError: With the folder, what is free and what is needed.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ArsenaleError(
            f"{folder} has {free / 2**20:,.0f} MB free, and {what} needs {needed / 2**20:,.0f} MB",
            remedy=REMEDY,
        )


@contextmanager
def full_disk_named(folder: Path) -> Iterator[None]:
    """Say that the disk is full where it is, whatever a tool said that found it so.

    Raises:
        ArsenaleError: With the folder; what the tool said is the detail.
    """
    try:
        yield
    except Exception as error:
        said = str(error).strip()
        # What failed may have given back what it had taken: then only its words tell.
        if shutil.disk_usage(folder).free >= FULL and not any(words in said for words in FULL_IN_WORDS):
            raise
        said = said.partition("\n")[0]
        raise ArsenaleError(
            f"{folder} is on a full disk: nothing was published", details=[said], remedy=REMEDY
        ) from error
