"""How long it is kept what people looked for in vain. No person is known in it, so none can be looked up."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Rule, keeps
from joinedup.foundation.permissions import Actor
from joinedup.inform.search import actions


def _due(now: datetime.datetime) -> int:
    return actions.missed_before(timezone.localdate(now)).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    return actions.forget_missed(today=timezone.localdate(now))


keeps(
    Rule(
        "inform_search.missed_search",
        _("Searches that found nothing, without who searched"),
        _("90 days"),
        _("To see what people look for here and we have not written about"),
        _due,
        _forget,
    )
)
