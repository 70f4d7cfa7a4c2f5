"""Whether someone's words may be shown to others: asked when they speak, and they may think again."""

from collections.abc import Collection

from django.db import transaction

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import VISITOR, Actor, Permission, ask
from joinedup.involve.contributions import plugs
from joinedup.involve.contributions.actions.speaking import locked
from joinedup.involve.contributions.models import Contribution

HIDDEN = "involve_contributions.hide_words"


@transaction.atomic
def let_show(*, contribution: Contribution, may: bool, by: Actor = VISITOR) -> Contribution:
    """Keep whether their words may be shown. Where not, what shows them goes at once. Twice changes nothing.

    Raises Closed when it was taken back, and for staff PermissionRefused.
    """
    fresh = locked(contribution, by)
    if fresh.may_publish != may:
        _keep(fresh, may, by)
    return fresh


def _keep(fresh: Contribution, may: bool, by: Actor) -> None:
    fresh.may_publish = may
    fresh.save(update_fields=["may_publish"])
    record(verb="involve_contributions.show_words" if may else HIDDEN, by=by, subject=fresh)
    if not may:
        plugs.tell_hidden(fresh.pk)


@transaction.atomic
def hide_again(*, references: Collection[str], by: Actor) -> int:
    """Hide words that people had asked us to hide and a restore shows again; returns of how many.

    Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    shown = Contribution.objects.select_for_update().filter(may_publish=True)
    found = [row for row in shown if row.reference in references]
    for row in found:
        _keep(row, False, by)
    return len(found)
