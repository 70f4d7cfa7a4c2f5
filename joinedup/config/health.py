"""/health/: whether all is well, for the monitor that calls an operator. No secrets, and no people.

It tells of the whole platform, so it is for waking someone up, not for taking one process out of a
balancer: the pages go on being served while the worker is away.
"""

import datetime
from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from joinedup.foundation.delivery.actions import last_beat
from joinedup.foundation.doors.entry import public

WORKER_SILENT = 120  # seconds: a worker speaks every ten, and may be busy with one batch of mail
MAIL_LATE = 30 * 60  # seconds the oldest message may be overdue: a relay that is away is tried again


def _seconds(since: datetime.datetime | None) -> int | None:
    return None if since is None else max(0, round((timezone.now() - since).total_seconds()))


def state() -> dict[str, Any]:
    """What is known now: {ok, database, worker_age_s, mail_queue: {due, oldest_age_s}}; ages in seconds.

    The queue is as the worker saw it in its last round. Whatever is not known is None, and not well.
    """
    found: dict[str, Any] = {
        "ok": False,
        "database": "away",
        "worker_age_s": None,
        "mail_queue": {"due": None, "oldest_age_s": None},
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        beat = last_beat()
    except Error:
        return found
    found["database"] = "ok"
    if beat is not None:
        age, oldest = _seconds(beat.beat_at) or 0, _seconds(beat.mail_oldest_at)
        found["worker_age_s"] = age
        found["mail_queue"] = {"due": beat.mail_due, "oldest_age_s": oldest}
        found["ok"] = age <= WORKER_SILENT and (oldest or 0) <= MAIL_LATE
    return found


def _in_words(found: dict[str, Any]) -> str:
    queue = found["mail_queue"]
    lines = {
        "ok": "yes" if found["ok"] else "no",
        "database": found["database"],
        "worker_age_s": found["worker_age_s"],
        "mail_due": queue["due"],
        "mail_oldest_age_s": queue["oldest_age_s"],
    }
    return "".join(f"{name}: {'unknown' if value is None else value}\n" for name, value in lines.items())


@public
def health(request: HttpRequest) -> HttpResponse:
    """200 when all is well, else 503; JSON, or lines of text for who asks with ?format=text."""
    found = state()
    status = 200 if found["ok"] else 503
    if request.GET.get("format") == "text":
        answer = HttpResponse(_in_words(found), content_type="text/plain; charset=utf-8", status=status)
    else:
        answer = JsonResponse(found, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
