"""Taking a list away."""

from django.db import transaction

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.contributions.models.contribution import ContributionQuerySet


@transaction.atomic
def export(*, contributions: ContributionQuerySet, by: Actor) -> ContributionQuerySet:
    """Allow a list to be taken away as a file, and write down who took how many rows.

    Returns those of the list that the actor may export. Raises PermissionRefused.
    """
    ask(by, Permission.CONTRIBUTION_EXPORT)
    allowed = contributions.for_user(by, Permission.CONTRIBUTION_EXPORT)
    record(verb="involve_contributions.export", by=by, details={"rows": allowed.count()})
    return allowed
