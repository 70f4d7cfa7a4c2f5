"""`manage.py worker`: does what is due in the background, one process, until it is stopped."""

import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections, transaction
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from joinedup.config.backup.restoring import settle_if_alone
from joinedup.foundation.delivery.actions import beat, deliver
from joinedup.foundation.messages.actions import forget_old as forget_messages
from joinedup.foundation.permissions import System
from joinedup.inform.newsletter.jobs import forget_old

PUBLISH_EVERY = 20  # seconds between looks for pages that are due to go live or to end
BEAT_EVERY = 10  # seconds between the signs of life that /health/ reads
FORGET_EVERY = 60 * 60 * 6  # seconds between looks for what is to be deleted; days are what we promise


class Command(BaseCommand):
    """Runs queued jobs, sends due mail and publishes what is scheduled.

    Looking for due work by itself is the sweeper of the house: whatever a job that never ran would
    have done is found here, because the rows say what is due.
    """

    help = "Do background work until stopped."
    running = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once` is for tests and timers."""
        parser.add_argument("--once", action="store_true", help="Do what is due now, then end.")
        parser.add_argument(
            "--interval", type=float, default=1.0, help="Seconds to wait when nothing is due."
        )

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """End after the round in hand."""
        self.running = False

    def handle(self, *args: Any, **options: Any) -> None:
        """One round after another."""
        if not options["once"]:
            signal.signal(signal.SIGTERM, self.stop)
            signal.signal(signal.SIGINT, self.stop)
        settle_if_alone()
        jobs = _jobs()
        published_at = forgot_at = beat_at = float("-inf")
        while self.running:
            close_old_connections()
            now, sent = time.monotonic(), 0
            try:
                if now - beat_at >= BEAT_EVERY:
                    beat_at = now
                    beat()
                if now - forgot_at > FORGET_EVERY:
                    forgot_at = now
                    forget_old.enqueue()
                    forget_messages(by=System("worker"))
                    call_command("clearsessions", verbosity=0)
                jobs.run()
                sent = deliver().sent
                if now - published_at > PUBLISH_EVERY:
                    published_at = now
                    with transaction.atomic():
                        call_command("publish_scheduled", verbosity=0)
            except OperationalError as fault:  # a locked or restarting database: try again, lose nothing
                self.stderr.write(f"The database is busy or away: {fault}")
                if options["once"]:
                    raise
            if options["once"]:
                return
            if not sent:
                time.sleep(options["interval"])


def _jobs() -> Worker:
    """The task library's own worker, told to run what is queued and come back."""
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
