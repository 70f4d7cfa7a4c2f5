"""What raises the stamp by itself: pages of the editor, and models that say public pages show them.

A model says so with `shown_to_everyone = True`. Saving or deleting one row is heard here; an action
that changes many rows by one `update()` calls `bump` itself, because that sends no signal.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from joinedup.foundation.freshness.actions import bump


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def page_changed(sender: type[models.Model], **kwargs: Any) -> None:
    """A page came, went or moved; so did the menus and lists that name it."""
    bump()


@receiver(post_save)
@receiver(post_delete)
def shown_row_changed(sender: type[models.Model], **kwargs: Any) -> None:
    """One row that public pages show was saved or deleted."""
    if getattr(sender, "shown_to_everyone", False) or sender in (Site, Redirect):
        bump()
