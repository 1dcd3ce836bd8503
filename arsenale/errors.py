"""The one kind of error that a user sees: a line first, detail after, and never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

REMEDY = "  → "
"""Before the remedy, in the text of an error."""


@dataclass
class ArsenaleError(Exception):
    """Something a person can mend.

    Attributes:
        message: One line: what is wrong, where, and what was expected.
        details: Further lines, one finding each, shown below the message.
        remedy: What to do about it.
        exit_code: What the command line exits with.
    """

    message: str
    details: list[str] = field(default_factory=list)
    remedy: str = ""
    exit_code: int = 1

    def __str__(self) -> str:
        """Return the message with its details and remedy, as plain text."""
        lines = [self.message, *(f"  {detail}" for detail in self.details)]
        if self.remedy:
            lines.append(f"{REMEDY}{self.remedy}")
        return "\n".join(lines)

    @classmethod
    def from_text(cls, text: str) -> ArsenaleError:
        """Return the error that this is the text of: what runs elsewhere keeps errors as text alone."""
        message, *lines = text.rstrip().split("\n")
        remedy = lines.pop().removeprefix(REMEDY) if lines and lines[-1].startswith(REMEDY) else ""
        return ArsenaleError(message, [line.removeprefix("  ") for line in lines], remedy)


@contextmanager
def one_line_errors(doing: str, kinds: tuple[type[Exception], ...] = (OSError,)) -> Iterator[None]:
    """Turn an error that a person can mend, such as a full disk, into one line."""
    try:
        yield
    except kinds as error:
        raise ArsenaleError(
            f"cannot {doing}: {str(error).partition(chr(10))[0]}",
            remedy="mend the cause and try again; the current release is as it was",
        ) from error
