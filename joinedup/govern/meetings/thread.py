"""What the thread may tell of decisions."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread.plugs import End, Kind, Part, Thing, register
from joinedup.govern.meetings.actions.deciding import KIND
from joinedup.govern.meetings.models import Decision

CHOICES = 100  # the latest


def decisions(keys: Collection[int]) -> dict[int, Thing]:
    """Those of these decisions that are there, in one query."""
    rows = Decision.objects.filter(pk__in=keys).select_related("item__meeting__board")
    return {
        row.pk: Thing(
            title=row.text,
            on=row.decided_on,
            text=row.reason,
            href=row.item.get_absolute_url(),
            is_public=row.item.meeting.is_shown,
            organisation_id=row.organisation_id,
            has_failed=row.could_not,
        )
        for row in rows
    }


def _choices() -> dict[int, Thing]:
    latest = Decision.objects.order_by("-item__meeting__held_on", "-pk").values_list("pk", flat=True)[
        :CHOICES
    ]
    found = decisions(list(latest))
    return {key: found[key] for key in latest if key in found}


def _begin(end: End) -> str:
    """Where something is put on an agenda, so that a board can decide on it."""
    return f"{reverse('workspace_meetings:put-about')}?{urlencode({'kind': end[0], 'key': str(end[1])})}"


register(
    Kind(
        KIND,
        Part.DECISION,
        _("Decision"),
        decisions,
        Permission.MEETING_CHANGE,
        choices=_choices,
        begin=_begin,
    )
)
