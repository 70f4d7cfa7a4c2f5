"""What a search costs over 5,000 pages, beside the bare full-text query for the same words."""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.test import Client

from joinedup.foundation.findable import Findable
from joinedup.inform.search import hurry
from joinedup.inform.search.actions import filled, recount
from joinedup.inform.search.asking import understand
from joinedup.inform.search.finding import find
from joinedup.inform.search.fulltext import candidates
from joinedup.inform.search.models import Entry, Word
from joinedup.inform.search.words import stems

PAGES = 5_000
QUERIES = 300
_SEED = 2026
_AT_ONCE = 250


def _fill(chance: random.Random) -> None:
    """Invented texts of the words of the real ones, the common ones as common as there; some new words."""
    held = list(Word.objects.filter(language="en").order_by("word").values_list("word", "entries"))
    known = [word for word, _entries in held]
    weights = [entries**2 for _word, entries in held]
    new = ["".join(chance.sample(word, len(word))) for word in known for _copy in range(6) if len(word) > 5]

    def text(length: int) -> str:
        return " ".join(chance.choices(known, weights, k=length) + chance.sample(new, length // 12))

    for start in range(0, PAGES, _AT_ONCE):
        things = [
            Findable(f"bench.page:{n}:en", "Page", "en", text(5), text(25), text(350), f"/bench/{n}/")
            for n in range(start, start + _AT_ONCE)
        ]
        Entry.objects.bulk_create([filled(Entry(key=thing.key), thing) for thing in things])
    recount()


def _questions(chance: random.Random) -> list[str]:
    """One to five words as people type them; in every second question one has a slip."""
    words = list(Word.objects.filter(language="en", letters__gte=4).order_by("word").values_list("word"))
    found = []
    for number in range(QUERIES):
        said = [word for (word,) in chance.choices(words, k=chance.randint(1, 5))]
        if number % 2:
            at = chance.randrange(len(said[0]) - 1)
            said[0] = said[0][:at] + said[0][at + 1] + said[0][at] + said[0][at + 2 :]
        found.append(" ".join(said))
    return found


def _p95(each: Callable[[str], object], questions: list[str]) -> float:
    """Milliseconds within which 95 of 100 are done."""
    spent = []
    for question in questions:
        start = time.perf_counter()
        each(question)
        spent.append((time.perf_counter() - start) * 1000)
    return statistics.quantiles(spent, n=20)[-1]


def rows(line: Callable[[str, str, str, float], str]) -> Iterator[str]:
    """Two lines: the search itself, and the whole page of results, each beside the bare query."""
    chance = random.Random(_SEED)  # noqa: S311 - a benchmark
    _fill(chance)
    questions, client = _questions(chance), Client()

    def page(question: str) -> None:
        hurry.forget()
        client.get("/search/", {"q": question, "exact": "0"})

    for each in questions[:20]:
        page(each)
    bare = _p95(lambda q: candidates(stems(q), language="en", own=True, limit=10), questions)
    search = _p95(lambda q: find(understand(q), language="en"), questions)
    whole = _p95(page, questions)
    beside = f"bare full-text query, {bare:.1f} ms"
    yield line(f"search over {PAGES:,} pages, p95", f"{search:.1f} ms", beside, search / bare)
    yield line(f"page of results over {PAGES:,} pages, p95", f"{whole:.1f} ms", beside, whole / bare)
