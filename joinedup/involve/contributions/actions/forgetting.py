"""Removing what is past its time, and what someone asked us to erase."""

import datetime
from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.contributions import secret_words
from joinedup.involve.contributions.actions.speaking import empty
from joinedup.involve.contributions.models import Batch, Contribution

# How long contact details and needs are kept after the answer: as long as someone may come back to it.
DETAILS_KEPT = datetime.timedelta(days=3 * 365 + 1)
FAULTS_KEPT = datetime.timedelta(days=90)


def past_their_time(now: datetime.datetime) -> QuerySet[Contribution]:
    """Those answered so long ago that nobody needs to reach the person any more, and that still can."""
    return Contribution.objects.filter(
        state=Contribution.State.COMPLETED, completed_at__lt=now - DETAILS_KEPT
    ).with_details()


@transaction.atomic
def forget_details(*, by: Actor, now: datetime.datetime | None = None) -> int:
    """Remove names, contact details and needs three years after the answer; returns how many.

    The words and the answer stay: they are what the partnership learns from.
    """
    ask(by, Permission.RETENTION_RUN)
    cleared: dict[str, object] = {**dict.fromkeys(Contribution.DETAILS, ""), "needs": []}
    count = past_their_time(now or timezone.now()).update(**cleared)
    if count:
        record(verb="involve_contributions.forget_details", by=by, details={"count": count})
    return count


def old_faults(now: datetime.datetime) -> QuerySet[Batch]:
    """Files that came so long ago that nobody puts their rows right, and that still say what was wrong."""
    return Batch.objects.filter(brought_in_at__lt=now - FAULTS_KEPT).exclude(faults=[])


@transaction.atomic
def forget_faults(*, by: Actor, now: datetime.datetime | None = None) -> int:
    """Remove what was wrong with which row of a file, 90 days after it came; returns of how many files."""
    ask(by, Permission.RETENTION_RUN)
    count = old_faults(now or timezone.now()).update(faults=[])
    if count:
        record(verb="involve_contributions.forget_faults", by=by, details={"count": count})
    return count


@transaction.atomic
def erase(*, who: str, by: Actor) -> int:
    """Take back, for the person, everything they said: as `withdraw` does; returns how many.

    `who` is an e-mail address, a telephone number or a reference. The rows stay without anything
    about the person, so that totals still add up.
    """
    ask(by, Permission.PERSON_ERASE)
    theirs = Contribution.objects.select_for_update().of_person(who)
    found = list(theirs.exclude(state=Contribution.State.REVOKED))
    for contribution in found:
        empty(contribution)
        record(verb="involve_contributions.erase", by=by, subject=contribution)
    return len(found)


@transaction.atomic
def take_back_again(*, taken: Mapping[str, datetime.datetime], by: Actor) -> int:
    """Empty what people had taken back and a restore brought back: references, and when they did.

    Returns how many. Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    standing = Contribution.objects.select_for_update().exclude(state=Contribution.State.REVOKED)
    found = [row for row in standing if row.reference in taken]
    for contribution in found:
        empty(contribution)
        contribution.withdrawn_at = taken[contribution.reference]
        contribution.save(update_fields=["withdrawn_at"])
        record(verb="involve_contributions.take_back_again", by=by, subject=contribution)
    return len(found)


@transaction.atomic
def end_words(*, references: Collection[str], by: Actor) -> int:
    """Let words open nothing that had been replaced when a restore brought them back; returns how many.

    Whoever held the newer word, which is lost, asks for another. Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    standing = Contribution.objects.select_for_update().exclude(word_digest=secret_words.NOBODY)
    found = list(standing.filter(reference__in=references))
    for contribution in found:
        contribution.word_digest = secret_words.NOBODY
        contribution.save(update_fields=["word_digest"])
        record(verb="involve_contributions.end_word", by=by, subject=contribution)
    return len(found)
