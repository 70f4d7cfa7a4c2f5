"""What of sorting needs someone today."""

import datetime
from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from joinedup.foundation.permissions import Permission
from joinedup.foundation.worklist import Need, Source, register
from joinedup.involve.sorting import access

SHOWN = 5


def _urgent(user: object, day: datetime.date) -> Iterable[Need]:
    for row in access.urgent(user)[:SHOWN]:
        yield Need(
            _("Act on %(reference)s: someone may come to harm") % {"reference": row.reference},
            reverse("workspace_sorting:one", args=[row.reference]),
            row.answer_by_on,
            is_urgent=True,
        )


def _first(user: object, day: datetime.date) -> Iterable[Need]:
    rows = access.queue(user)
    for row in access.with_keys(user, access.first(rows).values("pk")[:SHOWN]):
        yield Need(
            _("Read %(reference)s first") % {"reference": row.reference},
            reverse("workspace_sorting:one", args=[row.reference]),
            row.read_by_on if row.state == row.State.RECEIVED else row.answer_by_on,
            about=str(row.get_kind_display()),
        )
    waiting, soonest = rows.order_by().aggregate(Count("pk"), Min("read_by_on")).values()
    if waiting > SHOWN:
        told = ngettext("Sort %(count)s that came in", "Sort %(count)s that came in", waiting)
        yield Need(told % {"count": waiting}, reverse("workspace_sorting:queue"), soonest)


register(
    Source(
        "involve_sorting.urgent",
        gettext_lazy("Someone may come to harm"),
        Permission.CONTRIBUTION_SORT,
        _urgent,
    )
)
register(
    Source(
        "involve_sorting.queue",
        gettext_lazy("What people said, to be read and sorted"),
        Permission.CONTRIBUTION_SORT,
        _first,
        "/workspace/triage/",
    )
)
