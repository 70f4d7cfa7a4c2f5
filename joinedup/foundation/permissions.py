"""Who may do what: one list of permissions, roles as lists of them, and one question, `may`.

The lowest floor of the foundation. It has no models: a user is anything that says which roles it
holds, and where (see `Actor`). Code asks for a permission, never for a role.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Everything that can be asked for, named RESOURCE_VERB, in alphabetical order."""

    ANSWERS_OWED_VIEW = "answers_owed.view"
    AUDIT_VIEW = "audit.view"
    CASE_LEAD = "case.lead"  # for the organisation that leads it: parts, the one answer, closing
    CASE_OPEN = "case.open"  # bring contributions together in a case, merge two, undo that
    CASE_PART_WRITE = "case_part.write"
    CASE_VIEW = "case.view"
    CONTRIBUTION_ANSWER = "contribution.answer"
    CONTRIBUTION_ASSIGN = "contribution.assign"
    CONTRIBUTION_ENTER = "contribution.enter"
    CONTRIBUTION_EXPORT = "contribution.export"
    CONTRIBUTION_SORT = "contribution.sort"
    CONTRIBUTION_VIEW = "contribution.view"
    DESIGN_VIEW = "design.view"
    EVENT_PERSON_VIEW = "event_person.view"  # who signed up, and what they need
    EVENT_SIGN_UP_VIEW = "event_sign_up.view"  # how many signed up
    EVENT_SIGN_UP_WITHDRAW = "event_sign_up.withdraw"
    MEASURE_CHANGE = "measure.change"
    MEETING_ACTION_FINISH = "meeting_action.finish"
    MEETING_CHANGE = "meeting.change"
    MEMBER_END = "member.end"
    MEMBER_INVITE = "member.invite"
    MEMBER_VIEW = "member.view"
    MESSAGE_VIEW = "message.view"
    NOTICE_CHANGE = "notice.change"
    ORGANISATION_CHANGE = "organisation.change"
    ORGANISATION_VIEW = "organisation.view"
    PAGE_EDIT = "page.edit"
    PAGE_PUBLISH = "page.publish"
    PERSON_ERASE = "person.erase"
    PERSON_EXPORT = "person.export"
    PROGRAMME_CHANGE = "programme.change"
    RETENTION_RUN = "retention.run"
    SEARCH_VIEW = "search.view"
    SPEND_CHANGE = "spend.change"
    STORY_PUBLISH = "story.publish"
    SUBSCRIBER_VIEW = "subscriber.view"
    THEME_CHANGE = "theme.change"
    THREAD_TELL = "thread.tell"  # tell everyone at the start what came of it
    WORKSPACE_ENTER = "workspace.enter"


class Scope(StrEnum):
    """How far a role reaches: everything the partnership holds, or one organisation's part of it."""

    PARTNERSHIP = "partnership"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Role:
    """A job people do here, as the list of permissions it carries."""

    key: str
    name: str | Promise
    description: str | Promise
    scope: Scope
    permissions: frozenset[Permission]


def _role(key: str, name: Promise, description: Promise, scope: Scope, *permissions: Permission) -> Role:
    return Role(key, name, description, scope, frozenset({Permission.WORKSPACE_ENTER, *permissions}))


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role(
            "editor",
            _("Page editor"),
            _("Writes and publishes the pages that residents read."),
            Scope.PARTNERSHIP,
            Permission.DESIGN_VIEW,
            Permission.EVENT_SIGN_UP_VIEW,
            Permission.NOTICE_CHANGE,
            Permission.ORGANISATION_VIEW,
            Permission.PAGE_EDIT,
            Permission.PAGE_PUBLISH,
            Permission.PROGRAMME_CHANGE,
            Permission.SEARCH_VIEW,
        ),
        _role(
            "engagement-officer",
            _("Engagement officer"),
            _("Reads what residents say, asks the right organisation and sends the answer."),
            Scope.PARTNERSHIP,
            Permission.ANSWERS_OWED_VIEW,
            Permission.CASE_LEAD,
            Permission.CASE_OPEN,
            Permission.CASE_PART_WRITE,
            Permission.CASE_VIEW,
            Permission.CONTRIBUTION_ANSWER,
            Permission.CONTRIBUTION_ASSIGN,
            Permission.CONTRIBUTION_ENTER,
            Permission.CONTRIBUTION_EXPORT,
            Permission.CONTRIBUTION_SORT,
            Permission.CONTRIBUTION_VIEW,
            Permission.EVENT_PERSON_VIEW,
            Permission.EVENT_SIGN_UP_VIEW,
            Permission.EVENT_SIGN_UP_WITHDRAW,
            Permission.ORGANISATION_VIEW,
            Permission.STORY_PUBLISH,
            Permission.SUBSCRIBER_VIEW,
            Permission.THEME_CHANGE,
            Permission.THREAD_TELL,
        ),
        _role(
            "partner-staff",
            _("Partner staff"),
            _("Sees and answers what was given to their own organisation."),
            Scope.ORGANISATION,
            Permission.ANSWERS_OWED_VIEW,
            Permission.CASE_LEAD,
            Permission.CASE_PART_WRITE,
            Permission.CASE_VIEW,
            Permission.CONTRIBUTION_ANSWER,
            Permission.CONTRIBUTION_ENTER,
            Permission.CONTRIBUTION_VIEW,
            Permission.MEETING_ACTION_FINISH,
            Permission.ORGANISATION_VIEW,
        ),
        _role(
            "programme-manager",
            _("Programme manager"),
            _("Keeps meetings, decisions, projects, money and measures, and says what came of them."),
            Scope.PARTNERSHIP,
            Permission.ANSWERS_OWED_VIEW,
            Permission.MEASURE_CHANGE,
            Permission.MEETING_ACTION_FINISH,
            Permission.MEETING_CHANGE,
            Permission.ORGANISATION_VIEW,
            Permission.PROGRAMME_CHANGE,
            Permission.SPEND_CHANGE,
            Permission.THEME_CHANGE,
            Permission.THREAD_TELL,
        ),
        _role(
            "privacy-officer",
            _("Privacy officer"),
            _("Sees who did what, and answers questions about personal information."),
            Scope.PARTNERSHIP,
            Permission.AUDIT_VIEW,
            Permission.CASE_VIEW,
            Permission.CONTRIBUTION_VIEW,
            Permission.MEMBER_VIEW,
            Permission.ORGANISATION_VIEW,
            Permission.PERSON_ERASE,
            Permission.PERSON_EXPORT,
            Permission.RETENTION_RUN,
            Permission.SUBSCRIBER_VIEW,
        ),
        _role(
            "administrator",
            _("Administrator"),
            _("Invites staff, keeps the list of organisations and watches the machinery."),
            Scope.PARTNERSHIP,
            Permission.AUDIT_VIEW,
            Permission.DESIGN_VIEW,
            Permission.MEMBER_END,
            Permission.MEMBER_INVITE,
            Permission.MEMBER_VIEW,
            Permission.MESSAGE_VIEW,
            Permission.NOTICE_CHANGE,
            Permission.ORGANISATION_CHANGE,
            Permission.ORGANISATION_VIEW,
        ),
    )
}


class Actor(Protocol):
    """Someone or something that acts: a member of staff, a visitor, or the system itself."""

    @property
    def actor_kind(self) -> str:
        """A label such as `foundation_identity.user`, `visitor` or `system`."""

    @property
    def actor_id(self) -> str:
        """The key of the actor within its kind; empty for visitors."""

    def held_roles(self) -> Iterable[tuple[str, int | None]]:
        """Pairs of role key and the organisation it is held in, those in force today."""


@dataclass(frozen=True)
class Visitor:
    """Someone from the public. Holds no role, so is permitted nothing that has to be asked for."""

    actor_kind: str = "visitor"
    actor_id: str = ""

    def held_roles(self) -> Iterable[tuple[str, int | None]]:
        """Nothing is held."""
        return ()


@dataclass(frozen=True)
class System:
    """The platform at its own work: a management command or a job, named by its task.

    Holds every role, because whoever can start a command on the server can do as much by hand.
    Doors that people use over the network never act as the system.
    """

    actor_id: str
    actor_kind: str = "system"

    def held_roles(self) -> Iterable[tuple[str, int | None]]:
        """Every role, for the whole partnership."""
        return [(key, None) for key in ROLES]


VISITOR = Visitor()


class PermissionRefused(PermissionDenied):
    """Raised by an action when `by` lacks the permission it asks for; doors answer it with 403."""


def may(actor: object, permission: Permission, obj: object | None = None) -> bool:
    """Whether the actor's roles carry the permission.

    Without `obj` the question is "anywhere at all" (for lists and menus). With `obj`, a role that
    reaches only its own organisation counts when `obj.organisation_id` is that organisation.
    Anything that cannot say which roles it holds (an anonymous user, None) may do nothing.
    """
    held_roles = getattr(actor, "held_roles", None)
    if held_roles is None:
        return False
    for key, organisation_id in held_roles():
        role = ROLES.get(key)
        if role is None or permission not in role.permissions:
            continue
        if obj is None or role.scope is Scope.PARTNERSHIP:
            return True
        owner = getattr(obj, "organisation_id", None)
        if owner is not None and owner == organisation_id:
            return True
    return False


def ask(actor: object, permission: Permission, obj: object | None = None) -> None:
    """As `may`, for actions: raises PermissionRefused instead of answering no."""
    if not may(actor, permission, obj):
        raise PermissionRefused(str(permission))
