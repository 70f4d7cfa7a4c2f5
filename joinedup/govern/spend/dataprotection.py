"""How long it is kept who was paid."""

import datetime

from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Rule, keeps
from joinedup.foundation.permissions import Actor
from joinedup.govern.spend import actions


def _due(now: datetime.datetime) -> int:
    return actions.old_payees(now).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    return actions.forget_payees(by=by, now=now)


keeps(
    Rule(
        "govern_spend.payee",
        _("Who was paid from a budget, and what for"),
        _("Six years after the year of the budget; the amounts stay"),
        _("Auditors may ask for as long"),
        _due,
        _forget,
    )
)
