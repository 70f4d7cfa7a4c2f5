"""What becomes of the thread when someone takes back what they said."""

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import VISITOR, Actor
from joinedup.foundation.thread.models import Link, Told
from joinedup.foundation.thread.plugs import End


@transaction.atomic
def leave(*, voice: End, by: Actor = VISITOR) -> None:
    """A person took back what they said: it counts nowhere any more, and nobody tells them anything.

    Part of the action by which they did, which asked whether they may. Doing it twice changes nothing. What
    still waits to be told is let go by the worker (telling.let_go_of_unreachable).
    """
    now = timezone.now()
    told = Told.objects.of_voice(*voice).exclude(verdict=Told.Verdict.NONE)
    told.update(
        verdict=Told.Verdict.NONE,
        verdict_on=None,
        waits_for_reply=False,
        reply="",
        replied_at=None,
        replied_by_key="",
    )
    links = Link.objects.standing().from_ends([voice])
    for link in links:
        record(verb="foundation_thread.leave", by=by, subject=link)
    links.update(ended_at=now, ended_by_kind=by.actor_kind, ended_by_key=by.actor_id)
    bump()
