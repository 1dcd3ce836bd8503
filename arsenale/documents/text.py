"""The text of a document: its bytes as UTF-8, nothing stripped or translated, since offsets count in it."""

from __future__ import annotations

from pathlib import Path

from arsenale.errors import ArsenaleError
from arsenale.files import MAX_BYTES, RefusedFileError, read_bytes, sha256


def open_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a document.

    Args:
        path: A regular file; links are not followed.
        max_bytes: Largest file that is read.

    Raises:
        ArsenaleError: If the file is none that is read, or not UTF-8.
    """
    try:
        return read_bytes(path, max_bytes).decode("utf-8")
    except RefusedFileError as error:
        raise ArsenaleError(
            f"document {path}: found {error.found}, expected {error.expected}", remedy=error.remedy
        ) from None
    except UnicodeDecodeError as error:
        raise ArsenaleError(
            f"document {path}: byte {error.start} is not UTF-8", remedy="save the document as UTF-8"
        ) from None


def digest(text: str) -> str:
    """Return the SHA-256 of the document whose text this is: as UTF-8 it is the very bytes that were read."""
    return sha256(text.encode("utf-8"))
