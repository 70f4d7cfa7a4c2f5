"""The page editor's own log, copied into audit in the same transaction.

The editor (Wagtail) is the one door that saves by itself. Each thing it does it writes to a log of
its own; whatever writes a log entry also writes our audit event, or neither is kept.
"""

from typing import Any

from django.db import connection, models
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from joinedup.foundation.audit.actions import NotInTransaction, record
from joinedup.foundation.permissions import Actor, System


@receiver(pre_save, sender=PageLogEntry)
@receiver(pre_save, sender=ModelLogEntry)
def refuse_alone(sender: type[models.Model], **kwargs: Any) -> None:
    """Refuse a log entry outside a transaction, before it is written: its audit event could be lost."""
    if not connection.in_atomic_block:
        raise NotInTransaction(sender._meta.label)


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def copy_to_audit(sender: type[models.Model], instance: Any, created: bool, **kwargs: Any) -> None:
    """Write the event that tells of a new log entry: its action and what it was done to, never its words."""
    if not created:
        return
    by: Actor = instance.user if instance.user_id else System("editor")
    model = instance.content_type.model_class() if instance.content_type_id else None
    record(
        verb=instance.action,
        by=by,
        subject=model(pk=instance.object_id) if model is not None else None,
        details={"revision": instance.revision_id},
    )
