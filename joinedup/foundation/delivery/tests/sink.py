"""A mail relay for tests: speaks enough SMTP to take mail, and refuses what it is told to refuse."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy


class _Talk(socketserver.StreamRequestHandler):
    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        sink = self.server.sink
        self._say("220 sink")
        recipients = []
        for raw in self.rfile:
            line = raw.decode().strip()
            verb = line[:4].upper()
            answer = next(
                (said for begins, said in sink.answers.items() if line.upper().startswith(begins)), None
            )
            if answer == "hang up":
                return
            if answer:
                self._say(answer)
            elif verb == "RCPT":
                recipients.append(line.partition(":")[2].strip("<>"))
                self._say("250 ok")
            elif verb == "DATA":
                self._say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                sink.take(recipients, body)
                recipients = []
                self._say(sink.answers.get("BODY", "250 kept"))
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")


class Sink:
    """What arrived, and what to answer: {"RCPT TO:<BAD@": "550 no such person", "BODY": "554 no"}."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.raw: list[bytes] = []
        self.envelopes: list[list[str]] = []
        self.on_mail = lambda: None
        self.port = 0

    def take(self, recipients: list[str], body: bytes) -> None:
        self.envelopes.append(recipients)
        self.raw.append(body.replace(b"\r\n..", b"\r\n."))
        self.on_mail()

    @property
    def mails(self):
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextlib.contextmanager
def running() -> Iterator[Sink]:
    """A sink that listens, on a port of its own, until the end of the block."""
    sink = Sink()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.sink = sink
        sink.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            server.shutdown()
            thread.join()
