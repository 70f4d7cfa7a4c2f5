"""Who may change themes. Public ones, everyone may read of."""

from typing import Any

from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.involve.themes.models import Theme


def get_for(user: object, permission: Permission, **lookup: Any) -> Theme:
    """The theme, or Http404 when there is none or the user may not."""
    theme = Theme.objects.filter(**lookup).select_related("organisation").first()
    if theme is None or not may(user, permission, theme):
        raise Http404
    return theme
