"""Files: read where somebody else may have put them there, written so that nobody ever sees half of one."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arsenale.errors import ArsenaleError

MAX_BYTES = 100_000_000
"""Largest file that is read."""

_PUT_THE_FILE = "put the file itself in its place"


class RefusedFileError(Exception):
    """The file is not one that is read.

    Attributes:
        found: What it is.
        expected: What it should be.
        remedy: What to do.
    """

    def __init__(self, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"found {found}, expected {expected}; {remedy}")
        self.found = found
        self.expected = expected
        self.remedy = remedy


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the whole content of a regular file.

    Every question is asked of the open descriptor, never of the path, behind which a file can be replaced.
    O_NONBLOCK lets a FIFO without a writer be refused instead of waited for.

    Raises:
        RefusedFileError: For a link, folder, FIFO or device; a missing, forbidden or too large file.
    """
    try:
        file = open(path, "rb", opener=_opener)  # noqa: SIM115 - Path.open takes no opener
    except OSError as error:
        raise _refusal_to_open(path, error) from None
    with file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            kind = "a FIFO" if stat.S_ISFIFO(status.st_mode) else "a special file"
            raise RefusedFileError(kind, "a regular file", _PUT_THE_FILE)
        content = b"" if status.st_size > max_bytes else file.read(max_bytes + 1)
        size = max(status.st_size, len(content))
    if size > max_bytes:
        raise RefusedFileError(
            f"{size:,} bytes", f"at most {max_bytes:,}", "split the file, or check what wrote it"
        )
    return content


def sha256(content: bytes) -> str:
    """Return the SHA-256 of the content, in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replaced(path: Path, *, durable: bool = False) -> Iterator[Path]:
    """Yield a place beside a file, and put what the block writes there into the file's place, in one step.

    A block that fails leaves the file as it was. Two processes that write at once have a place each, and the
    one that ends last has its way.

    Args:
        path: The file, there already or not; its folder is.
        durable: Whether the content is on the disk before it has its name, whatever the power does.

    Raises:
        ArsenaleError: It cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield draft
        if durable:
            fsync(draft)
        draft.replace(path)
        if durable:
            fsync(path.parent)
    except OSError as error:
        raise ArsenaleError(
            f"cannot write {path}: {error.strerror or error}", remedy="mend the cause and try again"
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def fsync(path: Path) -> None:
    """Make the file's content, or the folder's list of names, durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)


def _refusal_to_open(path: Path, error: OSError) -> RefusedFileError:
    if path.is_symlink():
        return RefusedFileError("a symbolic link", "a regular file", _PUT_THE_FILE)
    if isinstance(error, IsADirectoryError):
        return RefusedFileError("a folder", "a regular file", _PUT_THE_FILE)
    if isinstance(error, FileNotFoundError):
        return RefusedFileError("no such file", "a regular file", "restore it, or correct the path")
    return RefusedFileError(error.strerror or "an error", "a readable file", "check its permissions")
