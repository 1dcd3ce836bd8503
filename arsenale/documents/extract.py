"""The text of a file that a stranger wrote: PDF, HTML, Markdown or plain text, under limits.

The file is opened once, as a regular file that is no link, and its bytes are handed to a process of its own
that can write no file, knows no environment, and ends at the limits of time and memory (`extract_child`).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arsenale.errors import ArsenaleError
from arsenale.files import RefusedFileError, read_bytes

_CHILD = Path(__file__).with_name("extract_child.py")


@dataclass(frozen=True)
class Limits:
    """What reading one file may take.

    Attributes:
        size: Bytes of the file.
        pages: Pages of a PDF.
        characters: Code points of the text.
        seconds: Until it must be done, by the clock.
        memory: Bytes of address space.
    """

    size: int = 50_000_000
    pages: int = 2_000
    characters: int = 5_000_000
    seconds: int = 4
    memory: int = 400 << 20


@dataclass(frozen=True)
class Extracted:
    """The text of a file, and what the file says about itself.

    Attributes:
        text: Pages are parted by form feeds; a text file is as it was.
        kind: `PDF`, `HTML` or `text`.
        pages: Number of pages, or None where there are none.
        said: `title`, `authors`, `publisher`, `published`, `url`, as far as the file names them.
    """

    text: str
    kind: str
    pages: int | None
    said: dict[str, str]


def extract(path: Path, limits: Limits | None = None) -> Extracted:
    """Return the text of a file.

    Args:
        path: A regular file; neither it nor a folder above it may be a link, and the path has no `..`.
        limits: What reading it may take.

    Raises:
        ArsenaleError: In one line, what the file is instead, or which limit it met.
    """
    limits = limits or Limits()
    answer = _ask_child(path, _content(path, limits), limits)
    if "refused" in answer:
        raise _refused(path, answer["refused"], "register a PDF, HTML, Markdown or UTF-8 text file")
    said = ("title", "authors", "publisher", "published", "url")
    return Extracted(
        text=answer["text"],
        kind=answer["kind"],
        pages=answer.get("pages"),
        said={name: answer[name] for name in said if answer.get(name)},
    )


def _content(path: Path, limits: Limits) -> bytes:
    if ".." in path.parts:
        raise _refused(path, "a path with '..'", "give the path without it")
    if link := next((parent for parent in path.parents if parent.is_symlink()), None):
        raise _refused(path, f"{link} is a symbolic link", "give the path of the file itself")
    try:
        return read_bytes(path, limits.size)
    except RefusedFileError as error:
        raise _refused(path, f"{error.found}, expected {error.expected}", error.remedy) from None


def _ask_child(path: Path, content: bytes, limits: Limits) -> dict[str, Any]:
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-I", "-B", str(_CHILD), path.suffix, json.dumps(vars(limits))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(content, timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise _too_long(path, limits) from None
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise _too_long(path, limits)
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError:
        found = f"its reader ended with {process.returncode} and no answer"
        raise _refused(path, found, "convert it to text with a tool that you trust") from None
    return answer


def _too_long(path: Path, limits: Limits) -> ArsenaleError:
    remedy = "if you know the file, give it longer with --seconds"
    return _refused(path, f"reading it takes more than {limits.seconds} seconds", remedy)


def _refused(path: Path, found: str, remedy: str) -> ArsenaleError:
    return ArsenaleError(f"document {path}: refused: {found}", remedy=remedy)
