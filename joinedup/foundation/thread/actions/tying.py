"""Tying things together, and taking a link back."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import Actor, ask
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions.offering import offer_for, withdraw_offer
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.plugs import End, Thing


def _kind(end: End) -> plugs.Kind:
    try:
        return plugs.kind(end[0])
    except KeyError:
        raise ValidationError(_("Nothing of this kind can be tied to the thread."), code="kind") from None


def _owner(end: End, things: Mapping[End, Thing]) -> object:
    """What carries the organisation that the permission is asked for."""
    find = _kind(end).owner
    return things.get(end) if find is None else find(end[1])


@transaction.atomic
def tie(*, start: End, end: End, on: datetime.date, by: Actor) -> Link:
    """Say that one thing led to the other on that day. Doing it twice changes nothing.

    Ends are (`<app label>.<model>`, key). Raises ValidationError for kinds that cannot follow one another
    (see plugs.STEPS), ends that are not there, and a day to come; PermissionRefused.
    """
    before, after = _kind(start), _kind(end)
    things = plugs.things([start, end])
    ask(by, after.permission, _owner(end, things))
    if (before.part, after.part) not in plugs.STEPS:
        raise ValidationError(_("These two do not follow one another."), code="step")
    if on > timezone.localdate():
        raise ValidationError(_("This day is still to come."), code="future")
    if len(things) < 2:
        raise ValidationError(_("One of the two is not there any more."), code="gone")
    link, is_new = Link.objects.standing().get_or_create(
        start_kind=start[0],
        start_key=start[1],
        end_kind=end[0],
        end_key=end[1],
        defaults={
            "start_part": before.part,
            "end_part": after.part,
            "on": on,
            "linked_by_kind": by.actor_kind,
            "linked_by_key": by.actor_id,
        },
    )
    if is_new:
        record(verb="foundation_thread.tie", by=by, subject=link, details=_ends(link))
        offer_for(link)
        bump()
    return link


@transaction.atomic
def untie(*, link: Link, by: Actor) -> Link:
    """Take a link back; it stays on record. Doing it twice changes nothing. Raises PermissionRefused."""
    ask(by, _kind(link.end).permission, _owner(link.end, plugs.things([link.end])))
    row = Link.objects.select_for_update().get(pk=link.pk)
    if row.ended_at is None:
        row.ended_at = timezone.now()
        row.ended_by_kind, row.ended_by_key = by.actor_kind, by.actor_id
        row.save(update_fields=["ended_at", "ended_by_kind", "ended_by_key"])
        record(verb="foundation_thread.untie", by=by, subject=row, details=_ends(row))
        withdraw_offer(row, by=by)
        bump()
    return row


def _ends(link: Link) -> dict[str, str]:
    return {
        "start": f"{link.start_kind}:{link.start_key}",
        "end": f"{link.end_kind}:{link.end_key}",
    }
