"""Telling everyone at the start what came about, in the form each of them wanted."""

import datetime
import logging
from collections.abc import Mapping
from functools import partial

from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread import plugs, verdict_links
from joinedup.foundation.thread.chains import voices_behind
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import End, Form, Reach

LONGEST = 2000  # characters
_log = logging.getLogger(__name__)


class Decided(Exception):
    """Someone else decided about it, or it was done already."""


def _offered(telling: Telling, by: Actor) -> Telling:
    ask(by, Permission.THREAD_TELL)
    row = Telling.objects.select_for_update().get(pk=telling.pk)
    if row.state != Telling.State.OFFERED:
        raise Decided
    return row


def _decide(row: Telling, state: Telling.State, by: Actor) -> None:
    row.state, row.decided_at = state, timezone.now()
    row.decided_by_kind, row.decided_by_key = by.actor_kind, by.actor_id


def reach_of(voices: list[End]) -> dict[End, Reach]:
    """How each of these voices is told: one query for each kind of voice. Those that went are left out."""
    found: dict[End, Reach] = {}
    for kind in plugs.kinds():
        keys = [key for name, key in voices if name == kind.key]
        if kind.voices is not None and keys:
            found.update({(kind.key, key): reach for key, reach in kind.voices.reach(keys).items()})
    return found


def audience(about: End) -> dict[End, Reach]:
    """Everyone at the start of the way to that thing, and how each is told."""
    rows = voices_behind(about).values_list("start_kind", "start_key").distinct()
    return reach_of([(kind, key) for kind, key in rows])


@transaction.atomic
def tell(*, telling: Telling, text: str, by: Actor) -> Telling:
    """Decide to tell everyone, in these words. Emails then go out in the background; calls and letters wait.

    Raises PermissionRefused, Decided, and ValidationError for no words or too many.
    """
    row = _offered(telling, by)
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise ValidationError(_("Write what you want to tell them, and not too much."), code="text")
    _write_down(row, audience(row.about))
    row.text = words
    _decide(row, Telling.State.SENDING, by)
    row.save()
    record(verb="foundation_thread.tell", by=by, subject=row, details={"people": row.told.count()})
    settle(row)
    bump()
    return row


def _write_down(row: Telling, voices: Mapping[End, Reach]) -> None:
    today = timezone.localdate()
    Told.objects.bulk_create(
        Told(
            telling=row,
            voice_kind=kind,
            voice_key=key,
            form=reach.form,
            told_on=today if reach.form is Form.REFERENCE else None,
            gone_on=today if reach.form is Form.NOBODY else None,
        )
        for (kind, key), reach in voices.items()
    )


def latecomers(telling: Telling) -> dict[End, Reach]:
    """Those who spoke before it came about, can be reached, and came to stand at its start after it was told.

    Who speaks later hears what came about in their own answer, and is told of what follows from then on.
    """
    if telling.state not in (Telling.State.SENDING, Telling.State.TOLD):
        return {}
    link = telling.link
    day = link.on if link is not None else timezone.localdate(telling.offered_at)
    rows = voices_behind(telling.about).filter(on__lte=day).values_list("start_kind", "start_key").distinct()
    known = set(telling.told.values_list("voice_kind", "voice_key"))
    reach = reach_of([end for end in rows if end not in known])
    return {end: each for end, each in reach.items() if each.form is not Form.NOBODY}


@transaction.atomic
def tell_latecomers(*, telling: Telling, by: Actor) -> int:
    """Tell those who came to it late, in the same words; returns how many. Raises PermissionRefused."""
    ask(by, Permission.THREAD_TELL)
    row = Telling.objects.select_for_update().get(pk=telling.pk)
    late = latecomers(row)
    if not late:
        return 0
    _write_down(row, late)
    row.state = Telling.State.SENDING
    row.save(update_fields=["state"])
    record(verb="foundation_thread.tell_latecomers", by=by, subject=row, details={"people": len(late)})
    settle(row)
    bump()
    return len(late)


@transaction.atomic
def decline(*, telling: Telling, why: str, by: Actor) -> Telling:
    """Decide to tell nobody, and say why.

    Raises PermissionRefused, Decided; ValidationError without a reason.
    """
    row = _offered(telling, by)
    if not why.strip():
        raise ValidationError(_("Say why nobody is told."), code="required")
    row.why_not = why.strip()[:600]
    _decide(row, Telling.State.DECLINED, by)
    row.save()
    record(verb="foundation_thread.decline", by=by, subject=row)
    return row


def settle(row: Telling) -> None:
    """Mark it as told once nobody waits any more; part of an action."""
    if row.state == Telling.State.SENDING and not row.told.waiting().exists():
        row.state = Telling.State.TOLD
        row.save(update_fields=["state"])


def carry_on(*, by: Actor, most: int = 500) -> int:
    """Send emails that are due, one transaction each, so that a killed worker goes on where it stopped.

    Returns how many were sent. A message is queued in the transaction that marks it as told, so nobody is
    told twice and nobody is left out. One that fails is in the log and keeps nobody else waiting.
    """
    waiting = Told.objects.waiting().filter(form=Form.EMAIL, telling__state=Telling.State.SENDING)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    sent = sum(_try(key, by) for key in keys)
    if sent:
        bump()
    let_go_of_unreachable(most=most)
    return sent


def _try(key: int, by: Actor) -> bool:
    try:
        return _send(key, by)
    except OperationalError:
        raise
    except Exception:
        _log.exception("Could not tell number %s.", key)
        return False


@transaction.atomic
def _send(key: int, by: Actor) -> bool:
    row = Told.objects.select_for_update().select_related("telling").filter(pk=key).first()
    if row is None or row.told_on is not None or row.gone_on is not None:
        return False
    reach = reach_of([row.voice]).get(row.voice)
    voices = plugs.kind(row.voice_kind).voices if reach is not None else None
    is_sent = voices is not None and voices.send(
        row.voice_key, row.telling.text, partial(verdict_links.path_for, row), by
    )
    if is_sent:
        row.told_on = timezone.localdate()
    else:
        row.gone_on = timezone.localdate()
    row.save(update_fields=["told_on", "gone_on"])
    settle(row.telling)
    return is_sent


@transaction.atomic
def let_go_of_unreachable(*, most: int = 500) -> int:
    """Wait no more for a call or a letter to someone who cannot be reached any more; returns how many.

    They took back what they said, or their details went after their time.
    """
    rows = list(Told.objects.waiting().exclude(form=Form.EMAIL).order_by("pk")[:most])
    reach = reach_of([row.voice for row in rows])
    gone = [row for row in rows if row.voice not in reach or reach[row.voice].form is Form.NOBODY]
    # Tellings are locked before their rows, as everywhere, so that two workers cannot block each other.
    tellings = Telling.objects.select_for_update().filter(pk__in={row.telling_id for row in gone})
    for telling in tellings.order_by("pk"):
        keys = [row.pk for row in gone if row.telling_id == telling.pk]
        telling.told.waiting().filter(pk__in=keys).update(gone_on=timezone.localdate())
        settle(telling)
    return len(gone)


@transaction.atomic
def mark_told(*, told: Told, on: datetime.date, by: Actor, verdict: str = Told.Verdict.NONE) -> Told:
    """Mark that someone was rung, or that the letter was posted, on that day, and what they said to it.

    Raises PermissionRefused, Decided when it is marked already, ValidationError for a day to come, one before
    it was decided, and another word than yes or no.
    """
    ask(by, Permission.THREAD_TELL)
    if verdict not in Told.Verdict.values:
        raise ValidationError(_("Say yes or no."), code="verdict")
    row = Told.objects.select_for_update().select_related("telling").get(pk=told.pk)
    if row.told_on is not None or row.gone_on is not None:
        raise Decided
    if on > timezone.localdate():
        raise ValidationError(_("This day is still to come."), code="future")
    if row.telling.decided_at is not None and on < timezone.localdate(row.telling.decided_at):
        raise ValidationError(_("It was not yet decided on that day."), code="past")
    row.told_on, row.noted_by_key = on, by.actor_id
    if verdict:
        row.verdict, row.verdict_on = verdict, on
        row.waits_for_reply = verdict == Told.Verdict.DISPUTED
    row.save()
    settle(row.telling)
    bump()
    record(
        verb="foundation_thread.mark_told", by=by, subject=row, details={"form": row.form, "verdict": verdict}
    )
    return row
