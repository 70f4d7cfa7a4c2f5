"""What the thread promises: links lead somewhere, whoever was to be told is told, a dispute is answered."""

import datetime
from collections.abc import Iterable, Iterator

from joinedup.foundation.promises import Promise, register
from joinedup.foundation.thread import ledger, plugs
from joinedup.foundation.thread.actions.telling import latecomers
from joinedup.foundation.thread.models import Link, Telling, Told
from joinedup.foundation.thread.plugs import Form, Part

SENT_WITHIN = datetime.timedelta(days=2)
TOLD_WITHIN = datetime.timedelta(days=14)
REPLIED_WITHIN = datetime.timedelta(days=28)
AT_ONCE = 2000  # links read at a time


def _gone(day: datetime.date) -> Iterator[str]:
    rows: list[Link] = []
    for link in Link.objects.standing().order_by("pk").iterator(AT_ONCE):
        rows.append(link)
        if len(rows) == AT_ONCE:
            yield from _gone_of(rows)
            rows = []
    yield from _gone_of(rows)


def _gone_of(rows: list[Link]) -> Iterator[str]:
    there = plugs.things(sorted({end for link in rows for end in (link.start, link.end)}))
    for link in rows:
        for kind, key in (link.start, link.end):
            if (kind, key) not in there:
                yield f"link {link.pk}: {kind} {key} is not there"


def _unsent(day: datetime.date) -> Iterator[str]:
    late = Told.objects.waiting().filter(form=Form.EMAIL, telling__decided_at__date__lt=day - SENT_WITHIN)
    for pk, telling in late.order_by("pk").values_list("pk", "telling"):
        yield f"telling {telling}: number {pk} was to get an email"


def _untold(day: datetime.date) -> Iterator[str]:
    late = Told.objects.waiting().exclude(form=Form.EMAIL)
    late = late.filter(telling__decided_at__date__lt=day - TOLD_WITHIN)
    for pk, telling, form in late.order_by("pk").values_list("pk", "telling", "form"):
        yield f"telling {telling}: number {pk} waits for a {'call' if form == Form.PHONE else form}"


def _left_out(day: datetime.date) -> Iterator[str]:
    states = (Telling.State.SENDING, Telling.State.TOLD)
    for row in Telling.objects.filter(state__in=states).select_related("link").order_by("pk"):
        many = len(latecomers(row))
        if many:
            yield f"telling {row.pk} of {row.about_kind} {row.about_key}: {many} came to it after it was told"


def _unanswered(day: datetime.date) -> Iterator[str]:
    late = Told.objects.disputed().filter(verdict_on__lt=day - REPLIED_WITHIN).order_by("pk")
    for pk, telling, on in late.values_list("pk", "telling", "verdict_on"):
        yield f"telling {telling}: number {pk} disputes it since {on}"


def _owed(day: datetime.date) -> Iterator[str]:
    for line in ledger.lines(day):
        if line.late:
            whose = f"organisation {line.organisation_id}" if line.organisation_id else "with nobody yet"
            yield f"{whose}: {line.late} of {line.waiting} past the day we named"


def _unsettled(day: datetime.date) -> Iterable[str]:
    rows = Telling.objects.going_out().exclude(pk__in=Told.objects.waiting().values("telling"))
    return (
        f"telling {pk}: everyone is told, and it still goes out" for pk in rows.values_list("pk", flat=True)
    )


def _voiceless(day: datetime.date) -> Iterable[str]:
    known = plugs.keys_of(Part.VOICE)
    rows = Told.objects.waiting().exclude(voice_kind__in=known)
    return (f"number {pk}: nobody plugs in {kind}" for pk, kind in rows.values_list("pk", "voice_kind"))


for key, words, broken in (
    ("ends", "Both ends of every link are there.", _gone),
    ("emails", "Whoever is told by email has it within two days.", _unsent),
    ("by-hand", "Whoever is told by call or letter has it within two weeks.", _untold),
    ("left-out", "Whoever spoke before something came about is told of it.", _left_out),
    ("settled", "What everyone was told is marked as told.", _unsettled),
    ("voices", "Everyone who waits can be asked how they are reached.", _voiceless),
    ("disputes", "Whoever says that it has not changed is answered within four weeks.", _unanswered),
    ("answers", "Everyone is answered by the day we named.", _owed),
):
    register(Promise(f"foundation_thread.{key}", words, broken))
