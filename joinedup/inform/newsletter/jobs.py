"""Keeping our word about how long things are kept, in the background."""

from django_tasks import task

from joinedup.foundation.permissions import System
from joinedup.inform.newsletter.actions import forget


@task()
def forget_old() -> int:
    """Delete what is due to be deleted; run it once a day. Returns how many requests and lines went."""
    forgotten = forget(by=System("inform_newsletter.forget_old"))
    return forgotten.requests + forgotten.lines
