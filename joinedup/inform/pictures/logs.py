"""Every change of a picture in audit: several of the editor's ways to change one write no log of their own.

Read by the pages' AppConfig, which looks for files of this name. A change that the editor does log
has two events, which is one too many and does no harm; none would.
"""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, System
from joinedup.inform.pictures.models import Picture

# Worked out from the file when a page first needs them; nobody changes anything by it.
_WORKED_OUT = {"file_hash", "file_size"}


def _note(verb: str, picture: models.Model) -> None:
    by: Actor = get_active_log_context().user or System("pictures")
    with transaction.atomic():
        record(verb=f"inform_pictures.{verb}", by=by, subject=picture)


@receiver(post_save, sender=Picture)
def saved(sender: type[models.Model], instance: Picture, update_fields: Any, **kwargs: Any) -> None:
    """Added or changed, by whichever of the editor's doors."""
    if update_fields is None or not set(update_fields) <= _WORKED_OUT:
        _note("save", instance)


@receiver(post_delete, sender=Picture)
def deleted(sender: type[models.Model], instance: Picture, **kwargs: Any) -> None:
    """Deleted, by whichever of the editor's doors."""
    _note("delete", instance)
