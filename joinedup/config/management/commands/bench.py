"""`manage.py bench`: what the platform costs, measured on this machine and set beside a limit or a peer."""

import gzip
import re
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from joinedup.config.house import links, queueing, scoring, searching, serving, sorting

WEIGHT_LIMIT = 200_000  # bytes of a first visit, compressed, without images
QUERY_LIMIT = 12
# The last fills the database with so much that whatever came after it would be another measure.
PARTS = {
    "searching": searching.rows,
    "scoring": scoring.rows,
    "sorting": sorting.rows,
    "queueing": queueing.rows,
}
_ASSET = re.compile(r"(?:href|src)=\"/static/([^\"]+\.(?:css|js))\"")
_IMPORT = re.compile(r"(?:import|from)\s*[\"']\./([^\"']+)[\"']")


def compressed(data: bytes) -> int:
    """Bytes on the wire with gzip at its usual level."""
    return len(gzip.compress(data, 6))


def assets(html: str) -> Iterator[bytes]:
    """The stylesheets and scripts a page loads, and the scripts those import."""
    names = list(dict.fromkeys(_ASSET.findall(html)))
    for name in names:
        path = finders.find(name)
        if not isinstance(path, str):
            raise FileNotFoundError(name)
        data = Path(path).read_bytes()
        folder = name.rpartition("/")[0]
        if name.endswith(".js"):
            names += [n for m in _IMPORT.findall(data.decode()) if (n := f"{folder}/{m}") not in names]
        yield data


def first_visit() -> int:
    """Compressed bytes of the home page with everything but its images."""
    html = Client().get("/").content.decode()
    return compressed(html.encode()) + sum(compressed(data) for data in assets(html))


def most_queries() -> tuple[int, str]:
    """The costliest public page, by queries."""
    client, worst = Client(), (0, "")
    for page in links.crawl(client)[0]:
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        worst = max(worst, (len(queries), page))
    return worst


def milliseconds(action: Callable[[], Any], rounds: int = 60) -> float:
    """Median CPU time of an action."""
    spent = []
    for _round in range(rounds):
        start = time.process_time()
        action()
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def line(what: str, measured: str, beside: str, ratio: float) -> str:
    """One row of the table."""
    return f"| {what} | {measured} | {beside} | {ratio:.2f} |"


class Command(BaseCommand):
    """Prints a table for docs/benchmarks.md. Runs on a database of its own."""

    help = "Print the benchmark table."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--only queueing`: that part alone, on the database that DATABASE_URL names."""
        parser.add_argument("--only", choices=sorted(PARTS))

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the sample borough into a throw-away database and measure."""
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            call_command("load_sample", verbosity=0)
            for row in self.rows(options["only"]):
                self.stdout.write(row)
        finally:
            teardown_databases(databases, verbosity=0)

    def rows(self, only: str | None = None) -> Iterator[str]:
        """One line for each measure: what, measured, beside, ratio. `only`: of that part alone."""
        yield "| what | measured | beside | ratio |"
        yield "|---|---|---|---|"
        if only is None:
            yield from self.pages()
        for name, part in PARTS.items():
            if only in (None, name):
                yield from part(line)

    def pages(self) -> Iterator[str]:
        """What pages weigh and cost, and how many of them a second leave the server."""
        client = Client()
        weight, limit = first_visit(), WEIGHT_LIMIT
        yield line("first visit, gzip, without images", f"{weight:,} B", f"limit {limit:,} B", weight / limit)
        with override_settings(PAGE_CACHE=False):  # what it costs to draw a page, not to fetch a kept one
            count, page = most_queries()
            yield line(
                f"queries of {page}, the costliest", f"{count}", f"limit {QUERY_LIMIT}", count / QUERY_LIMIT
            )
            plain = milliseconds(lambda: client.get("/robots.txt"))
            for path in ("/", "/about/", "/have-your-say/", "/newsletter/"):
                cost = milliseconds(lambda path=path: client.get(path))  # type: ignore[misc]
                what, beside = f"CPU of {path}, drawn anew", f"constant text, {plain:.1f} ms"
                yield line(what, f"{cost:.1f} ms", beside, cost / plain)
        found = serving.measure()
        kept, drawn, constant = found["kept"], found["drawn"], found["constant"]
        what, rate = "home page kept, through granian", f"{kept:,.0f} a second"
        yield line(what, rate, f"drawn anew, {drawn:,.0f}", kept / drawn)
        yield line(what, rate, f"constant page as large, {constant:,.0f}", kept / constant)
