"""Who may keep meetings, and who may finish an action. What is public, anyone may read."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404

from joinedup.foundation.permissions import ROLES, Permission, Scope, may
from joinedup.foundation.thread import plugs
from joinedup.govern.meetings.models import Action
from joinedup.govern.programmes.models.shapes import Row

Kind = TypeVar("Kind", bound=Row)


def get_for(user: object, permission: Permission, rows: QuerySet[Kind], **lookup: Any) -> Kind:
    """The row, or Http404 when there is none or the user may not."""
    row = rows.filter(**lookup).first()
    if row is None or not may(user, permission, row):
        raise Http404
    return row


def may_finish(user: object, action: Action) -> bool:
    """Whether the user may say that it was done: for the organisation that owns it, or who keeps meetings."""
    return may(user, Permission.MEETING_ACTION_FINISH, action) or may(user, Permission.MEETING_CHANGE, action)


def action_for(user: object, pk: int) -> Action:
    """The action, or Http404 when there is none or the user may not finish it."""
    row = Action.objects.in_full().filter(pk=pk).first()
    if row is None or not may_finish(user, row):
        raise Http404
    return row


def _held(user: object) -> Iterable[tuple[str, int | None]]:
    held: Callable[[], Iterable[tuple[str, int | None]]] = getattr(user, "held_roles", tuple)
    return held()


def organisations_of(user: object) -> set[int]:
    """The organisations for which the user may finish actions by a role they hold there."""
    return {
        key
        for role, key in _held(user)
        if key is not None and role in ROLES and Permission.MEETING_ACTION_FINISH in ROLES[role].permissions
    }


def reaches_all(user: object) -> bool:
    """Whether the user may finish actions of every organisation."""
    return any(
        role in ROLES
        and ROLES[role].scope is Scope.PARTNERSHIP
        and Permission.MEETING_ACTION_FINISH in ROLES[role].permissions
        for role, _key in _held(user)
    )


def actions_for(user: object) -> QuerySet[Action]:
    """The actions that the user may see and finish in the workspace."""
    rows = Action.objects.in_full()
    return rows if reaches_all(user) else rows.of_organisations(organisations_of(user))


def thing_to_put(user: object, kind: str, key: int) -> plugs.Thing:
    """The thing of the thread that may be put on an agenda.

    Http404 for one that is not there or cannot lead to a decision, and for one that is not public and no
    work of the user's.
    """
    known = {each.key: each for each in plugs.kinds()}
    thing = plugs.things([(kind, key)]).get((kind, key))
    if thing is None or (known[kind].part, plugs.Part.DECISION) not in plugs.STEPS:
        raise Http404
    if not (thing.is_public or may(user, known[kind].permission, thing)):
        raise Http404
    return thing
