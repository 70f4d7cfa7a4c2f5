"""What of the thread needs someone today: news to tell, people to ring, people who say it has not changed."""

import datetime
from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from joinedup.foundation.permissions import Permission, may
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import Form
from joinedup.foundation.worklist import Need, Source, register

SHOWN = 10
DECIDE_WITHIN = datetime.timedelta(days=7)
REPLY_WITHIN = datetime.timedelta(days=14)


def _offered(user: object, day: datetime.date) -> Iterable[Need]:
    rows = list(Telling.objects.offered().order_by("offered_at")[:SHOWN])
    things = plugs.things([row.about for row in rows])
    for row in rows:
        thing = things.get(row.about)
        yield Need(
            _("Decide whether to tell people about this"),
            reverse("workspace_thread:tell", args=[row.pk]),
            timezone.localdate(row.offered_at) + DECIDE_WITHIN,
            about=thing.title if thing is not None else "",
        )


def _by_hand(user: object, day: datetime.date) -> Iterable[Need]:
    kinds = [kind.key for kind in plugs.kinds() if kind.voices is not None and may(user, kind.permission)]
    waiting = Told.objects.waiting().exclude(form=Form.EMAIL).filter(voice_kind__in=kinds)
    many, since = waiting.aggregate(many=Count("pk"), since=Min("telling__decided_at")).values()
    if many:
        told = ngettext(
            "Ring or write to %(count)s person about what changed",
            "Ring or write to %(count)s people about what changed",
            many,
        )
        due = timezone.localdate(since) + DECIDE_WITHIN if since else None
        yield Need(told % {"count": many}, reverse("workspace_thread:list"), due)


def _disputed(user: object, day: datetime.date) -> Iterable[Need]:
    rows = list(Told.objects.disputed().select_related("telling").order_by("verdict_on")[:SHOWN])
    things = plugs.things([row.telling.about for row in rows])
    for row in rows:
        thing = things.get(row.telling.about)
        yield Need(
            _("Answer someone who says it has not changed"),
            reverse("workspace_thread:reply", args=[row.pk]),
            row.verdict_on + REPLY_WITHIN if row.verdict_on else None,
            about=thing.title if thing is not None else "",
        )


register(
    Source(
        "foundation_thread.disputed",
        gettext_lazy("It has not changed, people say"),
        Permission.THREAD_TELL,
        _disputed,
        "/workspace/what-came-of-it/",
    )
)
register(
    Source(
        "foundation_thread.by_hand",
        gettext_lazy("People to ring or write to"),
        Permission.THREAD_TELL,
        _by_hand,
        "/workspace/what-came-of-it/",
    )
)
register(
    Source(
        "foundation_thread.offered",
        gettext_lazy("News for those who spoke"),
        Permission.THREAD_TELL,
        _offered,
        "/workspace/what-came-of-it/",
    )
)
