"""Who may keep money. What is public, anyone may read."""

from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.govern.programmes.models.shapes import Row

Kind = TypeVar("Kind", bound=Row)


def get_for(user: object, rows: QuerySet[Kind], **lookup: Any) -> Kind:
    """The row, or Http404 when there is none or the user may not keep money."""
    row = rows.filter(**lookup).first()
    if row is None or not may(user, Permission.SPEND_CHANGE, row):
        raise Http404
    return row
