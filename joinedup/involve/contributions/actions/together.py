"""Several contributions answered as one: taken into a case, and let go again."""

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.contributions.actions.answering import begin, still_open
from joinedup.involve.contributions.models import Contribution


@transaction.atomic
def take_in(
    *, contribution: Contribution, organisation: Organisation, by: Actor, person: User | None = None
) -> Contribution:
    """Have it answered with others, by the organisation that leads. From now on only its case answers it.

    Whoever answers for that organisation may give it to another person there. Raises PermissionRefused,
    Closed, AlreadyAnswered.
    """
    is_theirs = contribution.in_case and contribution.organisation_id == organisation.pk
    permission = Permission.CONTRIBUTION_ANSWER if is_theirs else Permission.CONTRIBUTION_ASSIGN
    fresh = still_open(contribution, by, permission)
    fresh.in_case, fresh.organisation, fresh.assigned_to = True, organisation, person
    begin(fresh, timezone.now())
    fresh.save(update_fields=["in_case", "organisation", "assigned_to", "state", "started_at"])
    record(
        verb="involve_contributions.take_in",
        by=by,
        subject=fresh,
        details={"organisation": organisation.pk, "person": person.pk if person else None},
    )
    return fresh


@transaction.atomic
def hand_over(
    *, contribution: Contribution, organisation: Organisation, by: Actor, person: User | None = None
) -> Contribution:
    """Have it follow its case to whoever leads, answered or not, so that they can answer when more is said.

    What was taken back stays as it is. Raises PermissionRefused.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if fresh.is_open:
        return take_in(contribution=fresh, organisation=organisation, person=person, by=by)
    is_theirs = fresh.in_case and fresh.organisation_id == organisation.pk
    ask(by, Permission.CONTRIBUTION_ANSWER if is_theirs else Permission.CONTRIBUTION_ASSIGN, fresh)
    if fresh.state != Contribution.State.REVOKED:
        fresh.in_case, fresh.organisation, fresh.assigned_to = True, organisation, person
        fresh.save(update_fields=["in_case", "organisation", "assigned_to"])
        record(
            verb="involve_contributions.hand_over",
            by=by,
            subject=fresh,
            details={"organisation": organisation.pk, "person": person.pk if person else None},
        )
    return fresh


@transaction.atomic
def let_go(*, contribution: Contribution, by: Actor) -> Contribution:
    """Have it answered for itself again. Doing it twice changes nothing. Raises PermissionRefused."""
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    ask(by, Permission.CONTRIBUTION_ASSIGN, fresh)
    if fresh.in_case:
        fresh.in_case = False
        fresh.save(update_fields=["in_case"])
        record(verb="involve_contributions.let_go", by=by, subject=fresh)
    return fresh
