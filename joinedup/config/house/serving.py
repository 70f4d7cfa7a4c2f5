"""The home page through the real server: kept, drawn anew, and beside a constant page of the same size."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from joinedup.config.environment import ROOT

SECONDS = 4.0
CONNECTIONS = 4


class ServerDidNotStart(RuntimeError):
    """The server ended, or gave no page within half a minute."""


def free_port() -> int:
    """A port nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def read_one(stream: socket.socket, left: bytes) -> tuple[bytes, bytes]:
    """One answer from a connection that stays open: its body, and what came after it."""
    while b"\r\n\r\n" not in left:
        left += _more(stream)
    head, _, rest = left.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ServerDidNotStart(head.split(b"\r\n")[0].decode())
    lengths = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    ]
    size = int(lengths[0])
    while len(rest) < size:
        rest += _more(stream)
    return rest[:size], rest[size:]


def _more(stream: socket.socket) -> bytes:
    got = stream.recv(262_144)
    if not got:
        raise ServerDidNotStart("the server closed the connection")
    return got


def ask(port: int) -> bytes:
    """The bytes of a reader's request."""
    return f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def page(port: int) -> bytes:
    """The home page once."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
        stream.sendall(ask(port))
        return read_one(stream, b"")[0]


def requests_per_second(port: int, seconds: float = SECONDS) -> float:
    """Answers a second over a few connections that stay open, each waiting for its answer."""
    done = [0] * CONNECTIONS
    until = time.monotonic() + seconds

    def read(which: int) -> None:
        left = b""
        with socket.create_connection(("127.0.0.1", port), timeout=30) as stream:
            while time.monotonic() < until:
                stream.sendall(ask(port))
                _body, left = read_one(stream, left)
                done[which] += 1

    readers = [threading.Thread(target=read, args=(which,)) for which in range(CONNECTIONS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return sum(done) / seconds


@contextmanager
def server(folder: Path, **environment: str) -> Iterator[int]:
    """The application server as `make demo` runs it, on a data folder of its own; gives its port."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    command += ["--log-level", "critical", "joinedup.config.wsgi:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=_environment(folder) | environment)  # noqa: S603
    try:
        until = time.monotonic() + 30
        while True:
            try:
                page(port)
                break
            except OSError as fault:
                if process.poll() is not None or time.monotonic() > until:
                    raise ServerDidNotStart(str(fault)) from fault
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    return kept | {"JOINEDUP_MODE": "demo", "JOINEDUP_DATA_DIR": str(folder)}


def prepare(folder: Path) -> None:
    """A database of its own with the sample borough in it."""
    for command in ("migrate", "createcachetable", "load_sample"):
        subprocess.run(  # noqa: S603
            [sys.executable, str(ROOT / "manage.py"), command, "--verbosity", "0"],
            env=_environment(folder),
            stdout=subprocess.DEVNULL,
            check=True,
        )


def measure() -> dict[str, float]:
    """Requests a second of the home page: `kept`, `drawn` anew each time, and a `constant` one as large."""
    folder = Path(tempfile.mkdtemp(prefix="joinedup-bench-"))
    try:
        prepare(folder)
        found: dict[str, float] = {}
        with server(folder) as port:
            (folder / "constant.html").write_bytes(page(port))
            found["kept"] = requests_per_second(port)
        with server(folder, JOINEDUP_PAGE_CACHE="no") as port:
            found["drawn"] = requests_per_second(port)
        with server(folder, DJANGO_SETTINGS_MODULE="joinedup.config.house.constant") as port:
            found["constant"] = requests_per_second(port)
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)
