"""Looking after pages in the background."""

import datetime

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from joinedup.foundation.permissions import System
from joinedup.inform.pages.access import links_checked_at
from joinedup.inform.pages.after_actions import forget_counts, note_broken_links, remind
from joinedup.inform.pages.links import find_broken
from joinedup.inform.pages.outside import OtherWebsites

LINKS_EVERY = datetime.timedelta(days=7)


@task()
def check_links() -> int:
    """Check every link of every live page; returns how many are broken. Other websites only by setting."""
    outside = OtherWebsites() if settings.CHECK_OUTSIDE_LINKS else None
    return note_broken_links(found=find_broken(outside), by=System("inform_pages.check_links"))


@task()
def look_after_pages() -> int:
    """Remind of pages that are due, check links once a week, forget old counts; returns reminders written.

    Run it as often as you like: each part finds by itself whether anything is due.
    """
    last = links_checked_at()
    if last is None or last < timezone.now() - LINKS_EVERY:
        check_links.enqueue()
    forget_counts(by=System("inform_pages.forget_counts"))
    return remind(by=System("inform_pages.remind"))
