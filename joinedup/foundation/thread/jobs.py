"""Telling people in the background: doors ask for it once their transaction has been kept."""

from django.db import transaction
from django_tasks import task

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.permissions import System
from joinedup.foundation.thread.actions.telling import carry_on


@task()
def tell_due() -> int:
    """Tell whom it was decided to tell; returns how many. Again and again, until nobody waits."""
    sent = carry_on(by=System("worker"))
    if sent:
        deliver_soon()
    return sent


def tell_soon() -> None:
    """Ask the worker to go on telling, once the open transaction is kept; its round does so as well."""
    transaction.on_commit(tell_due.enqueue, robust=True)
