"""What is said to the keeper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from arsenale.errors import ArsenaleError

FINDINGS_SHOWN = 30
"""A mistake in one seed can break every row of it; the run has them all."""


@dataclass(frozen=True)
class Message:
    """One message, about one incident or event.

    Attributes:
        incident: What it is about: the same name as long as the same thing is wrong.
        kind: "failure", "recovery", "change" or "test".
        subject: One line: what happened.
        findings: What was found, one line each: the failing check, its rows.
        remedy: What to do; empty where there is nothing to do.
        link: Where there is more; empty where nowhere is.
    """

    incident: str
    kind: str
    subject: str
    findings: tuple[str, ...] = ()
    remedy: str = ""
    link: str = ""

    @property
    def text(self) -> str:
        """The whole message as plain text."""
        findings = [f"  {line}" for line in self.findings[:FINDINGS_SHOWN]]
        if len(self.findings) > FINDINGS_SHOWN:
            findings.append(f"  and {len(self.findings) - FINDINGS_SHOWN} lines more")
        remedy = [f"To do: {self.remedy}"] if self.remedy else []
        link = [f"See: {self.link}"] if self.link else []
        return "\n".join((self.subject, *findings, *remedy, *link))


def failure(incident: str, error: ArsenaleError, link: str = "") -> Message:
    """Return the message that something is wrong."""
    return Message(incident, "failure", error.message, tuple(error.details), error.remedy, link)


def recovery(incident: str, subject: str, since: datetime, now: datetime, link: str = "") -> Message:
    """Return the message that it is over, and how long it lasted."""
    lasted = f"It lasted {duration((now - since).total_seconds())}, since {stamp(since)}."
    return Message(incident, "recovery", subject, (lasted,), link=link)


def duration(seconds: float) -> str:
    """Return a length of time as a person says it: "40 s", "12 min", "3 h", "2 days"."""
    for unit, length in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


def stamp(moment: datetime) -> str:
    """Return a moment to the minute, in UTC, which needs no explanation when clocks change."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
