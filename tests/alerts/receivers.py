"""A mail server and a webhook of a test's own, on this machine: what they get is kept."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What came, and where to send it.

    Attributes:
        port: On 127.0.0.1.
        got: Mails or JSON documents, the oldest first.
        refuses: Whether it says no to everything.
    """

    port: int
    got: list[Any] = field(default_factory=list)
    refuses: bool = False

    @property
    def subjects(self) -> list[str]:
        """The subjects of the messages, without the project's name in front of those of mails."""
        found = (one["Subject"] if isinstance(one, EmailMessage) else one["subject"] for one in self.got)
        return [str(subject).replace("\n", "").removeprefix("Arsenale: ") for subject in found]


@contextmanager
def webhook(port: int = 0) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not receiver.refuses:
                receiver.got.append(json.loads(body))
            self.send_response(503 if receiver.refuses else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        receiver = Receiver(server.server_address[1])
        with _served(server):
            yield receiver


@contextmanager
def mail_server(port: int = 0) -> Iterator[Receiver]:
    """Speak as much SMTP as a client needs to hand over a mail (RFC 5321)."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline():
                verb = line.split()[0].upper()
                if verb == b"QUIT":
                    self.say("221 bye")
                    return
                if verb == b"DATA":
                    self.say("354 go on")
                    self.take()
                elif verb == b"RCPT" and receiver.refuses:
                    self.say("550 no such recipient")
                else:
                    self.say("250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            receiver.got.append(message_from_bytes(b"".join(lines), policy=policy.default))
            self.say("250 taken")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", port), Handler) as server:
        receiver = Receiver(server.server_address[1])
        with _served(server):
            yield receiver


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
