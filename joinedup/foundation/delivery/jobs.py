"""Delivery in the background: doors ask for it once their transaction has been kept."""

from django.db import transaction
from django_tasks import task

from joinedup.foundation.delivery.actions import deliver


@task()
def deliver_due() -> int:
    """Send what is due; returns how many messages were sent."""
    return deliver().sent


def deliver_soon() -> None:
    """Ask the worker to send what is due, once the open transaction is kept.

    A hurry only: the worker looks for due messages by itself as well, so nothing depends on it.
    """
    transaction.on_commit(deliver_due.enqueue, robust=True)
