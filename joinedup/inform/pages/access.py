"""Who looks after pages, and the page or the waiting version with that key, or 404."""

import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.permissions import ROLES, Permission, may
from joinedup.inform.pages.models import Gone, SecondPersonState


def editors() -> list[User]:
    """Everyone who may edit pages today, in the order of their names."""
    roles = [role.key for role in ROLES.values() if Permission.PAGE_EDIT in role.permissions]
    members = Membership.objects.in_force(timezone.localdate()).filter(role__in=roles)
    people = User.objects.filter(pk__in=members.values("user")).order_by("name", "email")
    return [person for person in people if person.may_sign_in]


def page_for(user: object, permission: Permission, *, pk: int) -> Any:
    """That page of the site, if this person may do that with pages; else Http404."""
    page = Page.objects.filter(pk=pk, depth__gt=1).first()
    if page is None or not may(user, permission):
        raise Http404
    return page.specific


def waiting_for(user: object, permission: Permission, *, pk: int) -> SecondPersonState:
    """The version with that key, if it waits for a second person; else Http404."""
    found: SecondPersonState | None = waiting().filter(pk=pk).first()
    if found is None or not may(user, permission):
        raise Http404
    return found


def waiting() -> Any:
    """All versions that wait for a second person, the longest waiting first."""
    waits = SecondPersonState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return waits.select_related("revision__user", "submitted_by", "workflow_state").order_by(
        "started_at", "pk"
    )


def to_go_out() -> Any:
    """Approved versions whose hour has not come, the next one first."""
    approved = Revision.objects.filter(approved_go_live_at__isnull=False)
    return approved.defer("content").order_by("approved_go_live_at", "pk")


def links_checked_at() -> datetime.datetime | None:
    """When the links of all pages were last checked."""
    events = AuditEvent.objects.filter(verb="inform_pages.check_links").order_by("-occurred_at")
    return events.values_list("occurred_at", flat=True).first()


def gone_at(path: str) -> Gone | None:
    """What we say at this address, when the page that stood here was taken down."""
    return Gone.objects.select_related("see_page").filter(path=path[:255]).first()
