"""Keeping the index in step with what is public, and counting what was looked for in vain.

No permission is asked and no event written: whoever changed a page or a programme was asked then, and
that change is in the record. An entry only repeats what anyone may read; a missed search is a count.
"""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone, translation

from joinedup.foundation.findable import Findable
from joinedup.foundation.freshness.actions import bump
from joinedup.inform.search import missed, words
from joinedup.inform.search.asking import Question
from joinedup.inform.search.models import Entry, MissedSearch, MissedSearchQuerySet, Word

BODY_WORDS = 20_000  # of a text; what comes after is not searched
LEXEMES = 600_000  # bytes; PostgreSQL takes at most a megabyte with its positions
_LOCK = 0x5EA2C4  # one writer of the index at a time, or two could wait for each other's words
_CHUNK = 500
# One statement, because people wait for the answer: a new row only while the day is not flooded.
_COUNT_MISSED = """
    INSERT INTO inform_search_missedsearch (digest, words, language, day, times)
    SELECT %s, %s, %s, day.today, 1 FROM (SELECT CAST(%s AS {date}) AS today) day
    WHERE (SELECT COUNT(*) FROM inform_search_missedsearch m WHERE m.day = day.today) < %s
    OR EXISTS (SELECT 1 FROM inform_search_missedsearch m
               WHERE m.day = day.today AND m.digest = %s AND m.language = %s)
    ON CONFLICT (digest, language, day)
    DO UPDATE SET times = inform_search_missedsearch.times + 1
    RETURNING times, words
"""


@dataclass(frozen=True)
class Built:
    """What a build found and did."""

    entries: int
    changed: int
    removed: int


def _one_writer() -> None:
    """Wait until nobody else writes the index; until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def lexemes(title: str, summary: str, body: str) -> str:
    """The three texts of stems as PostgreSQL writes a tsvector: each stem with its places and weights."""
    found: dict[str, list[str]] = {}
    place = 0
    for text, weight in ((title, "A"), (summary, "B"), (body, "")):
        for stem in text.split():
            place += 1
            places = found.setdefault(stem, [])
            if len(places) < 30:
                places.append(f"{min(place, 16_000)}{weight}")
    kept, size = [], 0
    for stem, places in found.items():
        part = f"'{stem}':{','.join(places)}"
        size += len(part.encode())
        if size > LEXEMES:
            break
        kept.append(part)
    return " ".join(kept)


def _kind(thing: Findable) -> str:
    """What the thing is, in its own language: not in that of whoever changed it."""
    with translation.override(thing.language):
        return str(thing.kind)[:60]


def _digest(thing: Findable, headings: str) -> str:
    texts = (thing.language, thing.title, thing.summary, headings, thing.body, thing.href, thing.over_from)
    said = "\0".join([words.VERSION, _kind(thing), *(str(text) for text in texts)])
    return hashlib.blake2b(said.encode(), digest_size=20).hexdigest()


def filled(entry: Entry, thing: Findable, headings: str = "") -> Entry:
    """The entry with everything that is said about the thing, ready to be saved."""
    entry.digest = _digest(thing, headings)
    title = thing.title[:300]
    entry.kind, entry.language, entry.title = _kind(thing), thing.language, title
    entry.summary, entry.headings, entry.body, entry.href = thing.summary, headings, thing.body, thing.href
    entry.over_from = thing.over_from
    entry.title_words = " ".join(words.stems(title))
    entry.summary_words = " ".join(words.stems(f"{thing.summary}\n{headings}"))
    entry.body_words = " ".join(words.stems(thing.body)[:BODY_WORDS])
    entry.lexemes = lexemes(entry.title_words, entry.summary_words, entry.body_words)
    return entry


def _words_of(entry: Entry) -> set[str]:
    """The different words of an entry as they stand in it, without those that hold figures."""
    text = "\n".join((entry.title, entry.summary, entry.headings, entry.body))
    return {word for word in words.words(text) if not any(c.isdigit() for c in word)}


def _chunks(found: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(found)
    yield from (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))


def _as_word(language: str, word: str, entries: int = 0) -> Word:
    return Word(language=language, word=word, stem=words.stem(word), letters=len(word), entries=entries)


def _count(language: str, gained: set[str], lost: set[str]) -> None:
    """One entry more for each word gained, one fewer for each lost."""
    for chunk in _chunks(gained):
        Word.objects.bulk_create([_as_word(language, word) for word in chunk], ignore_conflicts=True)
        Word.objects.filter(language=language, word__in=chunk).update(entries=F("entries") + 1)
    for chunk in _chunks(lost):
        held = Word.objects.filter(language=language, word__in=chunk)
        held.filter(entries__lte=1).delete()
        held.update(entries=F("entries") - 1)


@transaction.atomic
def put(*, thing: Findable, headings: str = "") -> bool:
    """Make the index say what the thing says now; false when it said so already."""
    _one_writer()
    entry = Entry.objects.filter(key=thing.key).first()
    if entry is not None and entry.digest == _digest(thing, headings):
        return False
    before = (entry.language, _words_of(entry)) if entry is not None else (thing.language, set())
    entry = filled(entry or Entry(key=thing.key), thing, headings)
    entry.save()
    after = _words_of(entry)
    if before[0] == entry.language:
        _count(entry.language, after - before[1], before[1] - after)
    else:
        _count(before[0], set(), before[1])
        _count(entry.language, after, set())
    bump()
    return True


@transaction.atomic
def drop(*, key: str) -> bool:
    """Take a thing out of the index; false when it was not in it."""
    _one_writer()
    entry = Entry.objects.filter(key=key).first()
    if entry is None:
        return False
    _count(entry.language, set(), _words_of(entry))
    entry.delete()
    bump()
    return True


@transaction.atomic
def recount() -> int:
    """Count all words anew from the entries and write what differs; returns how many did."""
    _one_writer()
    right: Counter[tuple[str, str]] = Counter()
    for entry in Entry.objects.only("language", "title", "summary", "headings", "body").iterator(200):
        right.update((entry.language, word) for word in _words_of(entry))
    wrong: list[int] = []
    for pk, language, word, stem, entries in Word.objects.values_list(
        "pk", "language", "word", "stem", "entries"
    ).iterator(2000):
        if right.get((language, word)) == entries and stem == words.stem(word):
            del right[language, word]
        else:
            wrong.append(pk)
    for start in range(0, len(wrong), _CHUNK):
        Word.objects.filter(pk__in=wrong[start : start + _CHUNK]).delete()
    missing = [_as_word(language, word, count) for (language, word), count in right.items()]
    Word.objects.bulk_create(missing, batch_size=_CHUNK)
    return len(wrong) + len(missing)


def build(*, things: Iterable[tuple[Findable, str]]) -> Built:
    """Make the index hold exactly these things, each with its headings; what is right stays untouched.

    Each thing is a transaction of its own, so that a long build keeps nobody waiting.
    """
    before = set(Entry.objects.values_list("key", flat=True).iterator(2000))
    seen: set[str] = set()
    changed = removed = 0
    for thing, headings in things:
        seen.add(thing.key)
        changed += put(thing=thing, headings=headings)
    for key in sorted(before - seen):  # not what was published while this ran
        removed += drop(key=key)
    return Built(len(seen), changed, removed)


def note_missed(*, question: Question, language: str) -> None:
    """Count a search that found nothing, or not all of its words; without anything about the person.

    What may tell of a person is not counted at all, see `missed`.
    """
    asked = missed.asked(question)
    if (
        not asked
        or question.is_cut
        or missed.may_tell_of_a_person(question.text)
        or missed.may_tell_of_a_person(asked)
    ):
        return
    digest, today = missed.digest(asked), timezone.localdate()
    words_now = asked if missed.is_ordinary(question) else ""
    date = "date" if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT_MISSED.format(date=date),
            [digest, words_now, language, today, missed.MOST_A_DAY, digest, language],
        )
        row = cursor.fetchone()
    if row is not None and row[0] == 1 and not row[1]:
        same = MissedSearch.objects.filter(digest=digest, language=language)
        if same.count() >= missed.DAYS_UNTIL_WORDS:
            same.update(words=asked)


def missed_before(today: datetime.date) -> MissedSearchQuerySet:
    """Missed searches that were kept for 90 days."""
    return MissedSearch.objects.filter(day__lt=today - datetime.timedelta(days=missed.KEPT_DAYS))


@transaction.atomic
def forget_missed(*, today: datetime.date) -> int:
    """Delete what was kept for 90 days; returns how many rows went. The rule of time writes the event."""
    return missed_before(today).delete()[0]
