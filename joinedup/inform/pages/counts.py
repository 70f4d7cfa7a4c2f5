"""Counting how often public pages are read, without knowing anything of the reader.

`count` is called for every page that is served, from whichever kept copy; it only adds one in memory.
A thread writes what was gathered every half minute or every hundred readings, and when the process ends.
A process that is killed loses at most that one batch.
"""

import atexit
import datetime
import re
import threading
import time
from collections import Counter
from functools import lru_cache

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from joinedup.inform.pages.after_actions import add_counts

EVERY_SECONDS = 30.0
EVERY_READINGS = 100
_MOST_KEPT = 10_000  # different addresses, while the database is away
_BOT = re.compile(r"bot|crawl|spider|slurp|curl|wget|python|headless|monitor|preview|scan|fetch|http", re.I)
# Addresses with any other part in them may be someone's own link, so they are not counted.
_HARMLESS = {"slug", "year", "month", "page", "path"}


@lru_cache(maxsize=2_000)
def is_bot(agent: str) -> bool:
    """Whether a user agent says that it is a program, or says nothing. The text itself is kept nowhere."""
    return not agent or _BOT.search(agent) is not None


@lru_cache(maxsize=2_000)
def is_countable(path: str) -> bool:
    """Whether the address is a page of the editor, or a door without anyone's secret in its address."""
    if not path.endswith("/"):  # files that programs read, such as robots.txt
        return False
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            match = resolve(path)
    except Resolver404:
        return False
    if getattr(match.func, "door", "") != "public":
        return False
    return match.view_name == "wagtail_serve" or set(match.kwargs) <= _HARMLESS


class Readings:
    """What was gathered and not yet written; one for each process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due = threading.Event()
        self._gathered: Counter[tuple[str, datetime.date]] = Counter()
        self._number = 0
        self._day, self._day_until = timezone.localdate(), 0.0
        self._writer: threading.Thread | None = None

    def add(self, path: str) -> None:
        """One more reading of this address, today."""
        now = time.monotonic()
        if now > self._day_until:  # asking for today's date costs more than all the rest
            self._day, self._day_until = timezone.localdate(), now + 1
        key = (path, self._day)
        with self._lock:
            if key in self._gathered or len(self._gathered) < _MOST_KEPT:
                self._gathered[key] += 1
            self._number += 1
            is_due = self._number >= EVERY_READINGS
            if self._writer is None and settings.PAGE_COUNTS_WRITE:
                self._start()
        if is_due:
            self._due.set()

    def _start(self) -> None:
        self._writer = threading.Thread(target=self._write_on, name="page-counts", daemon=True)
        self._writer.start()
        atexit.register(self.write)

    def _write_on(self) -> None:
        while True:
            self._due.wait(EVERY_SECONDS)
            self._due.clear()
            close_old_connections()
            self.write()
            connection.close()

    def write(self) -> int:
        """Write what was gathered; returns how many readings. When the database is away they are kept."""
        with self._lock:
            gathered, self._gathered, self._number = self._gathered, Counter(), 0
        wanted = {key: times for key, times in gathered.items() if is_countable(key[0])}
        if not wanted:
            return 0
        try:
            add_counts(counts=wanted)
        except DatabaseError:
            with self._lock:
                self._gathered.update(wanted)
            return 0
        return sum(wanted.values())


readings = Readings()


def count(path: str, agent: str = "-") -> None:
    """Count one reading of a public page that was answered with 200. Cheap, and safe from any thread.

    `path` is without query string. `agent` is the user agent, by which programs are left out.
    """
    if not is_bot(agent):
        readings.add(path)
