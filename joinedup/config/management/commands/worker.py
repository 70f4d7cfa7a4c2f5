"""`manage.py worker`: does what is due in the background, one process, until it is stopped."""

import logging
import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections, transaction
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from joinedup.config.backup.restoring import settle_if_alone
from joinedup.foundation.dataprotection.actions import forget_due
from joinedup.foundation.delivery.actions import beat, deliver
from joinedup.foundation.permissions import System
from joinedup.foundation.thread.actions.telling import carry_on
from joinedup.inform.pages.jobs import look_after_pages
from joinedup.inform.search.jobs import sweep as sweep_search_index
from joinedup.involve.sorting.jobs import suggest_due

HOUR = 60 * 60.0
_log = logging.getLogger(__name__)


def forget_what_is_old() -> None:
    """Delete what is past its time; days are what we promise."""
    forget_due(by=System("worker"))


def sweep_cache() -> None:
    """Throw kept pages and counted tries out of the shared cache once they have run out."""
    cache.sweep()  # type: ignore[attr-defined]  # PlainCache has it


def publish_what_is_scheduled() -> None:
    """Put pages live whose time has come, and take down those whose time is over."""
    with transaction.atomic():
        call_command("publish_scheduled", verbosity=0)


def tell_whom_we_said() -> None:
    """Go on telling people what came of what they said, where somebody decided that they are told."""
    carry_on(by=System("worker"))


@dataclass
class Duty:
    """Something the worker does again and again, at the soonest after so many seconds."""

    do: Callable[[], object]
    every: float
    done_at: float = float("-inf")

    def do_if_due(self, now: float) -> None:
        """Do it, unless it was done lately. One that fails waits its time too."""
        if now - self.done_at >= self.every:
            self.done_at = now
            self.do()


def duties() -> list[Duty]:
    """In the order they are done."""
    return [
        Duty(beat, 10),  # the sign of life that /health/ reads
        Duty(suggest_due, 30),  # what came in and the sorter has not seen
        Duty(sweep_cache, 600),
        Duty(forget_what_is_old, 6 * HOUR),
        Duty(look_after_pages.enqueue, 6 * HOUR),
        Duty(sweep_search_index.enqueue, HOUR),
        Duty(publish_what_is_scheduled, 20),
        Duty(tell_whom_we_said, 20),
    ]


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
        settle_if_alone()
        waiting, jobs = duties(), _jobs()
        if options["once"]:
            self.round(waiting, jobs)
            return
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while self.running:
            try:
                sent = self.round(waiting, jobs)
            except OperationalError as fault:  # a locked or restarting database: try again, lose nothing
                _log.error("The database is busy or away: %s", fault)
                sent = 0
            except ExceptionGroup as faults:  # a rule of time that fails must not keep mail from going out
                for each in faults.exceptions:
                    _log.error("%s", ", ".join(each.__notes__), exc_info=each)
                sent = 0
            if not sent:
                time.sleep(options["interval"])

    def round(self, waiting: list[Duty], jobs: Worker) -> int:
        """Every duty that is due, every job that is queued, every mail that waits; how many were sent."""
        close_old_connections()
        for duty in waiting:
            duty.do_if_due(time.monotonic())
        jobs.run()
        return deliver().sent


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
