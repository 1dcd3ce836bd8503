"""What was said already, and what could not be said: one small file, which processes change in turn.

An incident is open from the first sign of it to its end, and each of the two is said once, however often
the watch looks, and whoever watches. A message is written here before it is sent and leaves when every
channel has it, so that neither a killed watch nor a broken mail server loses one.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from arsenale.alerts.channels import Channel
from arsenale.alerts.message import Message, recovery
from arsenale.errors import ArsenaleError, one_line_errors
from arsenale.files import replaced
from arsenale.settings import Settings

JOURNAL_NAME = "alerts.json"
LOCK_NAME = "alerts.lock"

BUILDS_REMEMBERED = 200
"""More than can end between two looks."""

LETTERS_KEPT = 100
"""Undelivered messages; beyond that the oldest go, for the newest say what is wrong now."""


@dataclass
class Letter:
    """A message on its way: written before it is sent, kept until every channel has it.

    Attributes:
        message: What it says.
        written_at: When, ISO 8601, UTC.
        missing: The channels that do not have it yet, each with what stopped it; empty before the first try.
    """

    message: Message
    written_at: str
    missing: dict[str, str]


@dataclass
class Journal:
    """The state of the watch.

    Attributes:
        incidents: When each open incident began, ISO 8601, UTC, and its subject, by its name.
        letters: Messages that not every channel has.
        builds: Ids of the builds that were looked at, the oldest first.
        last_build: The newest of them: its id, when it ended, whether it succeeded, and its link.
        release: The release whose changes were told last.
        watched_at: When the watch looked last, ISO 8601, UTC; None where it never did.
    """

    incidents: dict[str, dict[str, str]] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    builds: list[str] = field(default_factory=list)
    last_build: dict[str, Any] | None = None
    release: str | None = None
    watched_at: str | None = None

    def begins(self, message: Message, now: datetime, channels: Iterable[Channel]) -> None:
        """Open an incident, and say so once."""
        if message.incident not in self.incidents:
            self.incidents[message.incident] = {"since": now.isoformat(), "subject": message.subject}
            self.says(message, now, channels)

    def ends(
        self, incident: str, subject: str, now: datetime, channels: Iterable[Channel], link: str = ""
    ) -> None:
        """Close an incident that is open, and say so once."""
        opened = self.incidents.pop(incident, None)
        if opened:
            since = datetime.fromisoformat(opened["since"])
            self.says(recovery(incident, subject, since, now, link), now, channels)

    def says(self, message: Message, now: datetime, channels: Iterable[Channel]) -> None:
        """Put a message on its way."""
        missing = {channel.name: "" for channel in channels}
        self.letters = [*self.letters, Letter(message, now.isoformat(), missing)][-LETTERS_KEPT:]

    def remembers(self, build: str) -> None:
        """Never look at a build again."""
        self.builds = [*self.builds, build][-BUILDS_REMEMBERED:]

    def delivers(self, channels: Iterable[Channel]) -> None:
        """Send what every channel does not have yet; what cannot be sent stays, with the reason."""
        by_name = {channel.name: channel for channel in channels}
        down: dict[str, str] = {}
        for letter in self.letters:
            for name in list(letter.missing):
                channel = by_name.get(name)
                # A channel that was taken out of the configuration is waited for no longer.
                error = down.get(name) or (_send(channel, letter.message) if channel else "")
                if error:
                    down[name] = letter.missing[name] = error
                else:
                    del letter.missing[name]
        self.letters = [letter for letter in self.letters if letter.missing]

    def undelivered(self) -> list[str]:
        """Return one line for each message that a channel does not have."""
        return [
            f"{name}: {letter.message.subject!r} of {letter.written_at[:16]}: {error or 'not tried yet'}"
            for letter in self.letters
            for name, error in letter.missing.items()
        ]


def _send(channel: Channel, message: Message) -> str:
    try:
        channel.send(message)
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""


@contextmanager
def journal(settings: Settings) -> Iterator[Journal]:
    """Read the journal, let the block change it, and write it whole; one process at a time.

    Raises:
        ArsenaleError: The folder cannot be written, or the file is damaged.
    """
    file = settings.warehouse / JOURNAL_NAME
    with one_line_errors(f"write {file}"):
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = os.open(file.with_name(LOCK_NAME), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state = read_journal(settings)
        yield state
        with replaced(file) as draft:
            draft.write_text(json.dumps(asdict(state), ensure_ascii=False, indent=1), encoding="utf-8")
    finally:
        os.close(lock)


def read_journal(settings: Settings) -> Journal:
    """Return the journal as it was written last; an empty one where there is none.

    Raises:
        ArsenaleError: The file is damaged.
    """
    file = settings.warehouse / JOURNAL_NAME
    try:
        content = json.loads(file.read_bytes())
        letters = [
            Letter(_message(letter["message"]), letter["written_at"], letter["missing"])
            for letter in content.pop("letters")
        ]
        return Journal(letters=letters, **content)
    except FileNotFoundError:
        return Journal()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ArsenaleError(
            f"cannot read {file}: {error}",
            remedy="move it away: open incidents will be said anew",
        ) from error


def _message(fields: dict[str, Any]) -> Message:
    return Message(**{**fields, "findings": tuple(fields["findings"])})
