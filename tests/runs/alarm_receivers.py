"""Receivers of alarms on this machine: a webhook and an SMTP server."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from aiosmtpd.controller import Controller

SECRET = "geheim-4711"


class Webhook(HTTPServer):
    """A receiver of webhooks that keeps their bodies; `status` is its answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[dict[str, Any]] = []
        self.status = 200

    @property
    def address(self) -> str:
        """Return the address by which apprise finds it, with a secret."""
        return f"json://user:{SECRET}@127.0.0.1:{self.server_port}/alarms"


class _Handler(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        """Keep a body."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status == 200:
            self.server.bodies.append(body)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Mails:
    """Keeps the mails that an SMTP server receives."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep recipients, subject and text of a mail."""
        mail = message_from_bytes(envelope.content)
        texts = [part.get_payload(decode=True) for part in mail.walk() if part.get_content_maintype() == "text"]
        text = " ".join(each.decode() for each in texts if isinstance(each, bytes))
        self.received.append((envelope.rcpt_tos, str(make_header(decode_header(mail["Subject"]))), text))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Mails, int]]:
    mails = Mails()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    controller = Controller(mails, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mails, port
    finally:
        controller.stop()
