"""What of programmes needs someone today: milestones whose day has passed."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.permissions import Permission
from joinedup.foundation.worklist import Need, Source, register
from joinedup.govern.programmes.models import Milestone


def late_milestones(user: object, day: datetime.date) -> Iterator[Need]:
    """One need for each milestone that should have been reached before that day."""
    for row in Milestone.objects.late(day).select_related("programme", "project"):
        yield Need(
            words=_("Say whether it was reached: %(name)s") % {"name": row.name},
            href=reverse("workspace_programmes:change-part", args=["milestone", row.pk]),
            due_on=row.due_on,
            about=str(row.project or row.programme),
        )


register(
    Source(
        "govern_programmes.late_milestones",
        gettext_lazy("Milestones whose day has passed"),
        Permission.PROGRAMME_CHANGE,
        late_milestones,
        "/workspace/programmes/",
    )
)
