"""What staff do: give a contribution to someone, look at it, answer it, and mark that the person was told."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.design.place import written_language
from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.actions import write
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation, OrganisationQuerySet, PartnerMembership
from joinedup.foundation.permissions import Actor, Permission, ask, may
from joinedup.involve.contributions.actions.speaking import Closed, once_digest, staff
from joinedup.involve.contributions.models import LONGEST, Answer, AnswerDraft, Contribution


class NewWords(Exception):
    """The person said more after the page was loaded, so this answer was written without it."""


class AlreadyAnswered(Exception):
    """There is an answer to all they said, and they have not said more since."""


class InCase(Exception):
    """It is answered with others, as one answer of several organisations; nobody answers it alone."""


def still_open(contribution: Contribution, by: Actor, permission: Permission) -> Contribution:
    """The row, fresh and locked, if it waits for an answer. Raises what `start` says."""
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    ask(by, permission, fresh)
    if fresh.state == Contribution.State.REVOKED:
        raise Closed
    if not fresh.is_open:
        raise AlreadyAnswered
    return fresh


def begin(contribution: Contribution, now: datetime.datetime) -> None:
    """Mark one that nobody has looked at as being looked at; part of an action that saves it."""
    if contribution.state == Contribution.State.RECEIVED:
        contribution.state, contribution.started_at = Contribution.State.IN_PROGRESS, now


@transaction.atomic
def start(*, contribution: Contribution, by: Actor, at: datetime.datetime | None = None) -> Contribution:
    """Say that someone has read it and is looking at it. `at` is when; now unless a sample says otherwise.

    Raises PermissionRefused, Closed, AlreadyAnswered. Doing it twice changes nothing.
    """
    fresh = still_open(contribution, by, Permission.CONTRIBUTION_ANSWER)
    if fresh.state == Contribution.State.IN_PROGRESS:
        return fresh
    begin(fresh, at or timezone.now())
    fresh.save(update_fields=["state", "started_at"])
    record(verb="involve_contributions.start", by=by, subject=fresh)
    return fresh


def receivers() -> OrganisationQuerySet:
    """The organisations something can be given to: those that are, or perhaps are, partners today.

    All of them while no partnership is recorded at all.
    """
    rows = Organisation.objects.order_by("name")
    if not PartnerMembership.objects.exists():
        return rows
    today = timezone.localdate()
    certain = Organisation.objects.partners_on(today).order_by()
    perhaps = Organisation.objects.perhaps_partners_on(today).order_by()
    return rows.filter(Q(pk__in=certain.values("pk")) | Q(pk__in=perhaps.values("pk")))


def acts_for(person: User, organisation: Organisation) -> bool:
    """Whether the person may answer for that organisation, being a member of it today."""
    return organisation.pk in person.organisation_ids() and may(
        person, Permission.CONTRIBUTION_ANSWER, organisation
    )


@transaction.atomic
def assign(
    *,
    contribution: Contribution,
    organisation: Organisation,
    by: Actor,
    person: User | None = None,
    at: datetime.datetime | None = None,
) -> Contribution:
    """Give it to an organisation, and to a person there if known; whoever gives it on has read it.

    Raises ValidationError when the organisation is not a partner today, or the person does not answer
    for it; PermissionRefused, Closed, AlreadyAnswered, and InCase: then its case says who leads.
    """
    fresh = still_open(contribution, by, Permission.CONTRIBUTION_ASSIGN)
    if fresh.in_case:
        raise InCase
    if not receivers().filter(pk=organisation.pk).exists():
        raise ValidationError(_("This organisation is not a partner today."), code="organisation")
    if person is not None and not acts_for(person, organisation):
        raise ValidationError(_("This person does not answer for that organisation."), code="person")
    fresh.organisation, fresh.assigned_to = organisation, person
    begin(fresh, at or timezone.now())
    fresh.save(update_fields=["organisation", "assigned_to", "state", "started_at"])
    record(
        verb="involve_contributions.assign",
        by=by,
        subject=fresh,
        details={"organisation": organisation.pk, "person": person.pk if person else None},
    )
    return fresh


def _settle(contribution: Contribution, answer: Answer, now: datetime.datetime) -> None:
    """The contribution is answered when the person was told, and has said nothing since it was written."""
    if answer.is_told and answer.answered_at >= contribution.last_heard_at:
        contribution.state, contribution.completed_at = Contribution.State.COMPLETED, now
    contribution.save(update_fields=["state", "started_at", "completed_at"])


@transaction.atomic
def keep_draft(*, contribution: Contribution, text: str, by: User) -> AnswerDraft:
    """Keep what someone has written so far of an answer, for them alone, in place of what they had.

    Raises PermissionRefused, Closed, AlreadyAnswered.
    """
    fresh = still_open(contribution, by, Permission.CONTRIBUTION_ANSWER)
    draft, _is_new = AnswerDraft.objects.update_or_create(
        contribution=fresh, written_by=by, defaults={"text": text, "saved_at": timezone.now()}
    )
    record(verb="involve_contributions.keep_draft", by=by, subject=fresh)
    return draft


@transaction.atomic
def answer(
    *,
    contribution: Contribution,
    text: str,
    heard_at: datetime.datetime,
    once: str,
    by: Actor,
    at: datetime.datetime | None = None,
    for_case: bool = False,
) -> Answer:
    """Answer in the form asked for: an email is queued at once; a call or a letter is still to be marked.

    `heard_at` is the contribution's `last_heard_at` as the writer saw it; `for_case` says that its case
    sends the answer on which all agreed. Raises NewWords when the person has said more since; InCase,
    AlreadyAnswered, Closed, PermissionRefused; ValidationError for no words or too many. The same form
    sent twice gives one answer.
    """
    digest = once_digest(once, str(contribution.pk), text)
    known = Answer.objects.filter(once_digest=digest, contribution=contribution).first()
    if known is not None:
        ask(by, Permission.CONTRIBUTION_ANSWER, contribution)
        return known
    fresh = still_open(contribution, by, Permission.CONTRIBUTION_ANSWER)
    if fresh.in_case and not for_case:
        raise InCase
    if not text.strip() or len(text) > LONGEST:
        raise ValidationError(_("An answer needs words, and not too many."), code="text")
    if fresh.last_heard_at != heard_at:
        raise NewWords
    if fresh.answers.filter(answered_at__gte=fresh.last_heard_at).exists():
        raise AlreadyAnswered
    now = at or timezone.now()
    row = Answer(
        contribution=fresh,
        text=text.strip(),
        form=fresh.reply_by,
        answered_by=staff(by),
        answered_at=now,
        once_digest=digest,
    )
    if fresh.reply_by == Contribution.ReplyBy.EMAIL:
        row.message = _mail(fresh, row)
        row.told_on, row.told_noted_at, row.told_noted_by = timezone.localdate(now), now, staff(by)
    row.save(force_insert=True)
    AnswerDraft.objects.filter(contribution=fresh).delete()
    begin(fresh, now)
    _settle(fresh, row, now)
    record(verb="involve_contributions.answer", by=by, subject=fresh, details={"form": row.form})
    return row


def _mail(contribution: Contribution, row: Answer) -> Message:
    return write(
        to=contribution.email,
        template="contributions/mail/answer",
        context={"contribution": contribution, "answer": row},
        stream=Message.Stream.REPLY,
        about=contribution,
        language=written_language(contribution.language),
    )


@transaction.atomic
def mark_told(*, answer: Answer, on: datetime.date, by: Actor) -> Answer:
    """Mark that the person was told by phone, or that the letter was posted, on that day.

    Raises ValidationError for a day before the answer was written or after today; AlreadyAnswered
    when it is marked already; Closed, PermissionRefused.
    """
    contribution = Contribution.objects.select_for_update().get(pk=answer.contribution_id)
    ask(by, Permission.CONTRIBUTION_ANSWER, contribution)
    if contribution.state == Contribution.State.REVOKED:
        raise Closed
    row = Answer.objects.get(pk=answer.pk)
    if row.is_told:
        raise AlreadyAnswered
    if on > timezone.localdate():
        raise ValidationError(_("This day is still to come."), code="future")
    if on < timezone.localdate(row.answered_at):
        raise ValidationError(_("The answer was not yet written on that day."), code="past")
    now = timezone.now()
    row.told_on, row.told_noted_at, row.told_noted_by = on, now, staff(by)
    row.save(update_fields=["told_on", "told_noted_at", "told_noted_by"])
    _settle(contribution, row, now)
    record(verb="involve_contributions.mark_told", by=by, subject=contribution, details={"form": row.form})
    return row
