"""What the worker says of itself, so that others need not look into the mail."""

from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """When a worker last went round, and how much mail it found waiting then.

    One row, written over and over. The public process reads it to say whether all is well, and
    therefore needs no right to read a single message.
    """

    beat_at = models.DateTimeField()
    mail_due = models.PositiveIntegerField(default=0)
    mail_oldest_at = models.DateTimeField(null=True, blank=True)

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "beat_at": "none",
        "mail_due": "none",
        "mail_oldest_at": "none",
    }

    def __str__(self) -> str:
        return f"{self.beat_at:%Y-%m-%d %H:%M:%S}"
