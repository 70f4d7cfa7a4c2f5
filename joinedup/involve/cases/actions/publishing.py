"""Showing an answer to everyone, with the theme it belongs to."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread.actions import tie
from joinedup.involve.cases.actions.answering import KIND
from joinedup.involve.cases.models import CaseAnswer
from joinedup.involve.themes.models import Theme


@transaction.atomic
def show(*, answer: CaseAnswer, theme: Theme, by: Actor) -> CaseAnswer:
    """Let everyone read it with its theme. Doing it twice changes nothing.

    Raises PermissionRefused; ValidationError for one that has not gone out: those who asked read it first.
    """
    row = CaseAnswer.objects.select_for_update().select_related("case").get(pk=answer.pk)
    ask(by, Permission.STORY_PUBLISH, row.case)
    if row.sent_at is None:
        raise ValidationError(
            _("Send it first: those who asked read it before everyone else."), code="unsent"
        )
    if not row.is_public:
        row.is_public = True
        row.save(update_fields=["is_public"])
        record(verb="involve_cases.show_answer", by=by, subject=row.case, details={"number": row.number})
        bump()
    tie(start=theme.end, end=(KIND, row.pk), on=timezone.localdate(row.sent_at), by=by)
    return row


@transaction.atomic
def hide(*, answer: CaseAnswer, by: Actor) -> CaseAnswer:
    """Let nobody else read it any more. Doing it twice changes nothing. Raises PermissionRefused."""
    row = CaseAnswer.objects.select_for_update().select_related("case").get(pk=answer.pk)
    ask(by, Permission.STORY_PUBLISH, row.case)
    if row.is_public:
        row.is_public = False
        row.save(update_fields=["is_public"])
        record(verb="involve_cases.hide_answer", by=by, subject=row.case, details={"number": row.number})
        bump()
    return row
