"""Keeping our word about how long sign-ups are kept, in the background."""

from django_tasks import task

from joinedup.foundation.permissions import System
from joinedup.inform.news.actions.signing_up import forget_past


@task()
def forget_sign_ups() -> int:
    """Delete what is due to be deleted; run it once a day. Returns how many sign-ups went."""
    return forget_past(by=System("inform_news.forget_sign_ups"))
