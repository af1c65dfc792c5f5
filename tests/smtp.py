"""A mail server for tests: it takes mail, refuses it, or does not answer."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread
from typing import cast

from pytest_django import Settings


@dataclass
class MailServer:
    """``hangs_for``: a part of a recipient's address for whom the server never answers.
    ``refuses``: whether it takes no mail at all for now. ``raw``: what it took, byte for byte.
    """

    port: int = 0
    hangs_for: str = ""
    refuses: bool = False
    taken: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    closed: Event = field(default_factory=Event)

    def recipients(self) -> list[str]:
        return sorted(str(message["To"]) for message in list(self.taken))


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = cast("_Server", self.server).mail
        self._say("220 test")
        for line in iter(self.rfile.readline, b""):
            command = line.split(b":")[0].strip().upper().decode()
            if command == "RCPT TO" and server.hangs_for and server.hangs_for in line.decode():
                server.closed.wait(60)
                return
            if command == "RCPT TO" and server.refuses:
                self._say("451 not now")
            elif command == "DATA":
                self._say("354 go on")
                server.raw.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                server.taken.append(message_from_bytes(server.raw[-1], policy=policy.default))
                self._say("250 taken")
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 fine")

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    mail: MailServer


@contextmanager
def mail_server(**how: str | bool) -> Iterator[MailServer]:
    """Listen on a free port until the block ends."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.mail = MailServer(server.server_address[1])
        for name, value in how.items():
            setattr(server.mail, name, value)
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server.mail
        finally:
            server.mail.closed.set()
            server.shutdown()


@contextmanager
def takes_our_mails(settings: Settings) -> Iterator[MailServer]:
    """A server to which all mails of the product go. One that does not answer is soon given up."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 1
    with mail_server() as server:
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        yield server
