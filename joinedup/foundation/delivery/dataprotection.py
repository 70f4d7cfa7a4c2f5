"""How long the list of jobs that were run is kept. Jobs carry nothing about a person."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from joinedup.foundation.dataprotection.plugs import Rule, keeps
from joinedup.foundation.permissions import Actor, Permission, ask

JOBS_KEPT = datetime.timedelta(days=30)


def _past(now: datetime.datetime) -> QuerySet[Any]:
    found: QuerySet[Any] = DBTaskResult.objects.finished().filter(finished_at__lt=now - JOBS_KEPT)
    return found


def _due(now: datetime.datetime) -> int:
    return _past(now).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    ask(by, Permission.RETENTION_RUN)
    count, _rows = _past(now).delete()
    return count


keeps(
    Rule(
        "foundation_delivery.job",
        _("Background jobs that have run"),
        _("30 days"),
        _("To find out why something did not happen"),
        _due,
        _forget,
    )
)
