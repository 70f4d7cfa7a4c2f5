"""What follows when an editor publishes an event: a raised number of places is given to who waits."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from joinedup.foundation.permissions import System
from joinedup.inform.news.actions.signing_up import fill
from joinedup.inform.news.models import EventPage


@receiver(page_published, sender=EventPage)
def give_free_places(instance: EventPage, **kwargs: Any) -> None:
    """The page editor sets fields only; who waits is told here, in the same transaction."""
    if instance.sign_ups.waiting().exists():
        fill(event=instance, by=System("inform_news.published"))
