"""The version stamp of everything the public sees."""

from typing import ClassVar

from django.db import models


class Stamp(models.Model):
    """One row with one number, raised whenever something that public pages show has changed.

    Every process asks for it before it serves a page it has kept, so that no kept page is ever older
    than the last change.
    """

    number = models.BigIntegerField(default=0)

    personal_data: ClassVar[dict[str, str]] = {"id": "none", "number": "none"}

    def __str__(self) -> str:
        return str(self.number)
