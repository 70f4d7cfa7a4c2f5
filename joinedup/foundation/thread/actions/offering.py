"""Offering to tell everyone at the start that something came about."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread.chains import voices_behind
from joinedup.foundation.thread.models import Link, Telling
from joinedup.foundation.thread.plugs import End, Part

# What a voice is tied to by itself is no news: who is about what, and the answer, which is sent for itself.
_SILENT = {Part.THEME, Part.ANSWER}


def offer_for(link: Link) -> Telling | None:
    """Offer to tell of a new link, if there is anyone to tell; part of the action that tied it."""
    if link.end_part in _SILENT or not voices_behind(link.end).exists():
        return None
    telling, _is_new = Telling.objects.get_or_create(
        link=link, defaults={"about_kind": link.end_kind, "about_key": link.end_key}
    )
    return telling


def withdraw_offer(link: Link, *, by: Actor) -> None:
    """Nobody is told of a link that was taken back any more; part of the action that took it back.

    Who was told already stays told; emails, calls and letters that still wait are let go.
    """
    Telling.objects.offered().filter(link=link).update(
        state=Telling.State.DECLINED,
        why_not=_("The link was taken back."),
        decided_at=timezone.now(),
        decided_by_kind=by.actor_kind,
        decided_by_key=by.actor_id,
    )
    for row in Telling.objects.select_for_update().going_out().filter(link=link):
        row.told.waiting().update(gone_on=timezone.localdate())
        row.state = Telling.State.TOLD
        row.save(update_fields=["state"])


@transaction.atomic
def reached(*, about: End, occasion: str, by: Actor) -> Telling | None:
    """Offer to tell that an outcome was reached, such as a target met. Doing it twice offers once.

    None where nobody stands at the start. Raises PermissionRefused.
    """
    ask(by, Permission.THREAD_TELL)
    if not voices_behind(about).exists():
        return None
    telling, is_new = Telling.objects.get_or_create(
        about_kind=about[0], about_key=about[1], occasion=occasion, link=None
    )
    if is_new:
        record(verb="foundation_thread.reached", by=by, subject=telling, details={"occasion": occasion})
    return telling
