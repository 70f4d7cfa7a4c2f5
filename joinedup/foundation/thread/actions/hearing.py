"""What people say to what came about, and what we say to that."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import VISITOR, Actor, Permission, ask
from joinedup.foundation.thread.actions.telling import LONGEST
from joinedup.foundation.thread.models import Told


@transaction.atomic
def say(*, told: Told, verdict: str, by: Actor = VISITOR) -> Told:
    """Keep whether someone says that it changed. They may think again; the same word twice changes nothing.

    A dispute comes back to the worklist until it is answered. Raises ValidationError for another word.
    """
    if verdict not in (Told.Verdict.CONFIRMED, Told.Verdict.DISPUTED):
        raise ValidationError(_("Say yes or no."), code="verdict")
    row = Told.objects.select_for_update().get(pk=told.pk)
    if row.verdict == verdict:
        return row
    row.verdict, row.verdict_on = verdict, timezone.localdate()
    row.waits_for_reply = verdict == Told.Verdict.DISPUTED
    row.save(update_fields=["verdict", "verdict_on", "waits_for_reply"])
    record(verb="foundation_thread.say", by=by, subject=row, details={"verdict": verdict})
    bump()
    return row


@transaction.atomic
def reply(*, told: Told, text: str, by: Actor) -> Told:
    """Answer someone who says that it has not changed; they read it at their reference, after what they read
    there before.

    Raises PermissionRefused; ValidationError for no words or too many, and where nothing is disputed.
    """
    ask(by, Permission.THREAD_TELL)
    row = Told.objects.select_for_update().get(pk=told.pk)
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise ValidationError(_("Write what you say to that, and not too much."), code="text")
    if not row.waits_for_reply:
        raise ValidationError(
            _("This was answered already, or they say now that it changed."), code="settled"
        )
    row.reply = f"{row.reply}\n\n{words}" if row.reply else words
    row.replied_at, row.replied_by_key, row.waits_for_reply = timezone.now(), by.actor_id, False
    row.save(update_fields=["reply", "replied_at", "replied_by_key", "waits_for_reply"])
    record(verb="foundation_thread.reply", by=by, subject=row)
    return row
