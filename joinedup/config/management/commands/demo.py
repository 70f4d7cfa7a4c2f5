"""`manage.py demo`: the sample borough on this machine (see `make demo`).

Prepares the database, then runs server and worker. A second run finds everything in place and
starts in seconds.
"""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from joinedup.foundation.identity import sample as identity


def port_is_free(port: int) -> bool:
    """Whether nothing listens on the port yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def start(port: int) -> list[subprocess.Popen[bytes]]:
    """Server and worker, each a process of its own."""
    bin_dir = Path(sys.executable).parent
    server = [
        str(bin_dir / "granian"),
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
        "--log-level",
        "warning",
        "joinedup.config.wsgi:application",
    ]
    worker = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
    return [subprocess.Popen(command, cwd=settings.BASE_DIR) for command in (server, worker)]  # noqa: S603


def wait_until_up(address: str, processes: list[subprocess.Popen[bytes]]) -> bool:
    """Whether the first page came within a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(address + "/robots.txt", timeout=5):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def wait_until_stopped(processes: list[subprocess.Popen[bytes]]) -> None:
    """Wait for Ctrl+C or a polite kill; a process that ends by itself is a fault."""
    stopped = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopped:
        if any(process.poll() is not None for process in processes):
            raise CommandError("The server or the worker ended by itself; what it said stands above.")
        time.sleep(0.3)


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask both to stop, and insist after ten seconds."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


class Command(BaseCommand):
    """Runs in the foreground until Ctrl+C; both processes end with it."""

    help = "Run the sample borough (demonstration only)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--port", type=int, default=8000)

    def say(self, text: str = "") -> None:
        """Print at once, also into a pipe."""
        self.stdout.write(text)
        self.stdout.flush()

    def prepare(self) -> None:
        """Bring the database up to date and load the sample, if they are not there already."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Preparing the database (about half a minute, once)...")
            call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.say("Loading the sample borough...")
        call_command("load_sample", verbosity=0)

    def tell(self, address: str) -> None:
        """What to open and what to try."""
        self.say()
        self.say(f"{settings.PARTNERSHIP['name']} is running: {address}/")
        self.say(f"  database  {connection.settings_dict['NAME']}")
        self.say(f"  uploads   {settings.MEDIA_ROOT}")
        self.say()
        self.say("Try this:")
        self.say(f"  1. Read the home page, and type an address into its newsletter box: {address}/")
        self.say(f"  2. Every message that would be sent is in the outbox: {address}/outbox/")
        self.say(f"  3. Send an idea: {address}/have-your-say/ - keep the reference and the word")
        self.say(f"  4. Sign in as officer@sample.example, answer it: {address}/workspace/")
        self.say(f"  5. Read the answer, with reference and word: {address}/have-your-say/your-reference/")
        self.say(f"  6. Change a page as editor@sample.example: {address}/editor/")
        self.say("     and publish it as editor2@sample.example: words go public by two people")
        self.say(f"  7. Watch our animation, with captions: {address}/animations/")
        self.say(
            f"  8. Search with a slip: {address}/search/?q=newsleter - and read in Bengali: {address}/bn/"
        )
        self.say(f"  9. What the Vanguard years did, and how anyone knows: {address}/programmes/")
        self.say(f" 10. What came of what people said, from a voice to a measure: {address}/what-we-did/")
        self.say(f" 11. As officer@sample.example, see what needs you today: {address}/workspace/")
        self.say(f"     read and sort what people sent, by keyboard (J and K): {address}/workspace/triage/")
        self.say()
        self.say(
            f"Sample sign-ins, invented, impossible on a real site. Password: {identity.SAMPLE_PASSWORD}"
        )
        for line in identity.sign_ins():
            self.say(f"  {line}")
        self.say(f"The six-figure code they are asked for stands at the top of {address}/outbox/")
        self.say()
        self.say("Press Ctrl+C to stop. Nothing that was confirmed is lost.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, start, tell, and wait until stopped."""
        port = options["port"]
        if not settings.IS_DEMO:
            raise CommandError("The demonstration runs by `make demo`, never on a real site.")
        if not port_is_free(port):
            raise CommandError(
                f"Something already listens on port {port}. Stop it, or try: make demo PORT={port + 1}"
            )
        self.prepare()
        connection.close()
        processes = start(port)
        try:
            if not wait_until_up(settings.SITE_URL, processes):
                raise CommandError("The server did not start; what it said stands above.")
            self.tell(settings.SITE_URL)
            wait_until_stopped(processes)
        finally:
            end(processes)
