"""To whom alerts go: standard output always, e-mail and a webhook where the environment names them.

| variable | what it names | without it |
| --- | --- | --- |
| `ARSENALE_ALERT_SMTP` | `smtp://host:25`, `smtp+starttls://user@host` or `smtps://user@host` | no e-mail |
| `ARSENALE_ALERT_SMTP_PASSWORD_FILE` | file that holds the password of that user | the password in the URL |
| `ARSENALE_ALERT_TO` | who gets the e-mail, comma-separated | needed with a mail server |
| `ARSENALE_ALERT_FROM` | who sends it | `arsenale@` and this machine's name |
| `ARSENALE_ALERT_WEBHOOK` | URL that takes a POST of JSON | no webhook |
"""

from __future__ import annotations

import json
import os
import smtplib
import socket
import ssl
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from arsenale.alerts.message import Message
from arsenale.errors import ArsenaleError

TIMEOUT_SECONDS = 20
"""A mail server that hangs must not stop the watch."""

SMTP, PASSWORD_FILE = "ARSENALE_ALERT_SMTP", "ARSENALE_ALERT_SMTP_PASSWORD_FILE"
RECIPIENTS, SENDER = "ARSENALE_ALERT_TO", "ARSENALE_ALERT_FROM"
WEBHOOK = "ARSENALE_ALERT_WEBHOOK"

SMTP_SCHEMES = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Channel(Protocol):
    """A way to the keeper."""

    @property
    def name(self) -> str:
        """What it is called in errors and in the journal."""

    def send(self, message: Message) -> None:
        """Send one message.

        Raises:
            OSError: It could not be sent. Errors of `smtplib`, `urllib` and `socket` are of this kind.
        """


@dataclass(frozen=True)
class StandardOutput:
    """The log of whoever runs this: journald, a container's log, a terminal."""

    name: str = "standard output"

    def send(self, message: Message) -> None:
        """Write the message as lines of their own."""
        sys.stdout.write(f"ALERT {message.kind}: {message.text}\n")
        sys.stdout.flush()


@dataclass(frozen=True)
class Webhook:
    """A URL that takes JSON: the message's fields, and `text`, which chat systems show as it is."""

    url: str
    name: str = "webhook"

    def send(self, message: Message) -> None:
        """POST the message; anything but a success raises."""
        body = json.dumps({"text": message.text, **asdict(message)}).encode()
        request = urllib.request.Request(  # noqa: S310 - its scheme was checked when it was read
            self.url, data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS).close()  # noqa: S310


@dataclass(frozen=True)
class Email:
    """A mail server."""

    host: str
    port: int
    scheme: str
    recipients: tuple[str, ...]
    sender: str
    user: str = ""
    password: str = ""
    name: str = "e-mail"

    def send(self, message: Message) -> None:
        """Send the message to all recipients; one that the server refuses raises."""
        mail = EmailMessage()
        mail["Subject"] = f"Arsenale: {message.subject}"
        mail["From"], mail["To"] = self.sender, ", ".join(self.recipients)
        mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(domain="arsenale.invalid")
        # Out-of-office replies to a machine help nobody.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text + "\n")
        with self._connected() as server:
            if self.user:
                server.login(self.user, self.password)
            refused = server.send_message(mail)
        if refused:
            raise smtplib.SMTPRecipientsRefused(refused)

    def _connected(self) -> smtplib.SMTP:
        trusted = ssl.create_default_context()
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=trusted)
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        if self.scheme == "smtp+starttls":
            server.starttls(context=trusted)
        return server


def channels_from(environment: Mapping[str, str] = os.environ) -> tuple[Channel, ...]:
    """Return the channels that the environment names, standard output first.

    Raises:
        ArsenaleError: A variable is not what the module's table says, or one is missing beside another.
    """
    channels: list[Channel] = [StandardOutput()]
    if server := environment.get(SMTP):
        channels.append(_email(server, environment))
    elif environment.get(RECIPIENTS):
        raise ArsenaleError(f"{RECIPIENTS} is set and {SMTP} is not", remedy=f"name the server in {SMTP}")
    if url := environment.get(WEBHOOK):
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ArsenaleError(f"{WEBHOOK}: expected a URL of http or https", remedy=f"correct {WEBHOOK}")
        channels.append(Webhook(url))
    return tuple(channels)


def _email(server: str, environment: Mapping[str, str]) -> Email:
    parts = urlsplit(server)
    recipients = tuple(one.strip() for one in environment.get(RECIPIENTS, "").split(",") if one.strip())
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        raise ArsenaleError(
            f"{SMTP}: expected {' or '.join(SMTP_SCHEMES)}://host:port", remedy=f"correct {SMTP}"
        )
    if parts.username and parts.scheme == "smtp":
        raise ArsenaleError(
            f"{SMTP}: smtp:// has no encryption, and would send the password for all to read",
            remedy="write smtp+starttls:// or smtps://, or leave the user out",
        )
    if not recipients:
        raise ArsenaleError(
            f"{SMTP} is set and {RECIPIENTS} is not", remedy=f"name who gets the e-mail in {RECIPIENTS}"
        )
    return Email(
        host=parts.hostname,
        port=parts.port or SMTP_SCHEMES[parts.scheme],
        scheme=parts.scheme,
        recipients=recipients,
        sender=environment.get(SENDER) or f"arsenale@{socket.gethostname()}",
        user=unquote(parts.username or ""),
        password=_password(parts, environment),
    )


def _password(parts: SplitResult, environment: Mapping[str, str]) -> str:
    file = environment.get(PASSWORD_FILE)
    if not file:
        return unquote(parts.password or "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise ArsenaleError(f"{PASSWORD_FILE}: cannot read {file}: {error}", remedy="correct it") from None
