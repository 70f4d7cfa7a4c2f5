"""Who may change programmes and what belongs to them. What is public, anyone may read."""

from typing import Any, TypeVar

from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.govern.programmes.models.shapes import Row

Kind = TypeVar("Kind", bound=Row)


def get_for(user: object, permission: Permission, model: type[Kind], **lookup: Any) -> Kind:
    """The row, or Http404 when there is none or the user may not."""
    row = model._default_manager.filter(**lookup).first()
    if row is None or not may(user, permission, row):
        raise Http404
    return row
