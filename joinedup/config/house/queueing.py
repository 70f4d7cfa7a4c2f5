"""What the lists of staff and the public search cost at 50,000 contributions: time and queries.

Each page is asked for through its real door; beside it stands a bare fetch of the same rows by key (or the
bare full-text query), measured in the same run.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.config.house import crowd
from joinedup.inform.search import hurry
from joinedup.inform.search.fulltext import candidates
from joinedup.inform.search.models import Entry
from joinedup.inform.search.words import stems
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.sorting import access

CONTRIBUTIONS = 50_000
ROUNDS = 40
AIM = 300  # milliseconds in which 95 of 100 pages of the queue are there
MOST_QUERIES = 20
_SEED = 2026
_PAGE = 25

SAID = ("interpreter", "lift", "chandelier", "health centre", "crossing on Sunday", "sample-77@example.org")
ASKED = (
    "lift",
    "interpreter",
    "chandelier",
    "medicine on the same day",
    "waiting three hours clinic",
    "quiet room",
    "kind nurse",
    "pharmcy sunday",
    "harmonica",
    "bus crossing street",
    "letter nobody could read",
    "zzyzx",
)

Line = Callable[[str, str, str, float], str]


@dataclass(frozen=True)
class Cost:
    """Milliseconds within which half and 95 of 100 are there, and the most queries one of them took."""

    p50: float
    p95: float
    queries: int

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms, queries {self.queries}"


class Refused(AssertionError):
    """A page answered with something else than itself, so that its time means nothing."""


def cost(client: Client, addresses: Sequence[str]) -> Cost:
    """What these addresses cost, asked for in turn until there are enough. Raises Refused."""

    def ask(address: str) -> None:
        hurry.forget()
        answer = client.get(address)
        if answer.status_code != 200:
            raise Refused(f"{address} answers {answer.status_code}")

    most = 0
    for address in addresses:  # the first time of each is not counted
        with CaptureQueriesContext(connection) as queries:
            ask(address)
        most = max(most, len(queries))
    times = _times(ask, addresses)
    return Cost(statistics.median(times), statistics.quantiles(times, n=20)[-1], most)


def _times(action: Callable[[str], object], given: Sequence[str]) -> list[float]:
    spent = []
    for number in range(max(ROUNDS, len(given))):
        start = time.perf_counter()
        action(given[number % len(given)])
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def _p95(action: Callable[[str], object], given: Sequence[str]) -> float:
    return statistics.quantiles(_times(action, given), n=20)[-1]


def _pages(filled: crowd.Crowd) -> dict[str, list[str]]:
    """The pages of staff by what they are called in the table."""
    queue, everything = "/workspace/triage/", "/workspace/contributions/"
    rows = access.queue(filled.officer)
    last = -(-rows.count() // _PAGE)
    some = rows.values_list("reference", flat=True)[:3]
    return {
        "queue, first page": [queue],
        "queue, pages further on": [f"{queue}?page={page}" for page in (2, last // 2 or 1, last)],
        "queue of one theme": [f"{queue}?theme={theme.pk}" for theme in filled.themes],
        "queue, search": [f"{queue}?q={said}" for said in SAID],
        "one of the queue": [f"{queue}{reference}/" for reference in some],
        "what people said, first page": [everything],
        "what people said, late ones, all, page 99": [
            f"{everything}?{asked}" for asked in ("late=on", "state=all", "state=all&page=99")
        ],
        "what people said, search": [f"{everything}?q={said}&state=all" for said in SAID],
        "cases": ["/workspace/cases/"],
        "the day's work": ["/workspace/"],
    }


def rows(line: Line) -> Iterator[str]:
    """A line for each page; then the slowest beside the aim, and the one with the most queries."""
    start = time.perf_counter()
    filled = crowd.fill(CONTRIBUTIONS, random.Random(_SEED))  # noqa: S311 - a benchmark
    spent = time.perf_counter() - start
    kind = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]
    yield (
        f"{kind}: {CONTRIBUTIONS:,} contributions, {access.queue(filled.officer).count():,} to sort,"
        f" {Entry.objects.count():,} things to find, filled in {spent:.0f} s."
    )
    client = Client()
    client.force_login(filled.officer)
    keys = list(access.queue(filled.officer).values_list("pk", flat=True)[:_PAGE])
    bare = _p95(lambda _n: list(Contribution.objects.filter(pk__in=keys).prefetch_related("words")), [""])
    found: dict[str, Cost] = {}
    for name, addresses in _pages(filled).items():
        found[name] = cost(client, addresses)
        yield line(
            f"{kind}: {name}", str(found[name]), f"{_PAGE} rows by key, {bare:.1f} ms", found[name].p95 / bare
        )
    slowest = max(found, key=lambda name: found[name].p95)
    yield line(
        f"{kind}: slowest, {slowest}",
        f"{found[slowest].p95:.1f} ms",
        f"aim {AIM} ms",
        found[slowest].p95 / AIM,
    )
    most = max(found, key=lambda name: found[name].queries)
    asked = found[most].queries
    yield line(f"{kind}: most queries, {most}", str(asked), f"limit {MOST_QUERIES}", asked / MOST_QUERIES)
    yield from _searched(line, kind)


def _searched(line: Line, kind: str) -> Iterator[str]:
    """The public search, as someone uses it who is not signed in."""
    bare = _p95(lambda asked: candidates(stems(asked), language="en", own=True, limit=200), ASKED)
    found = cost(Client(), [f"/search/?q={asked}&exact=0" for asked in ASKED])
    beside = f"bare full-text query, {bare:.1f} ms"
    yield line(f"{kind}: public search", str(found), beside, found.p95 / bare)
