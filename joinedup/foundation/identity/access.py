"""Who may see or change which membership."""

from typing import Any

from django.http import Http404

from joinedup.foundation.identity.models import Membership
from joinedup.foundation.permissions import Permission, may


def get_for(user: object, permission: Permission, **lookup: Any) -> Membership:
    """The membership, if this person may do that with it; else Http404, as if there were none."""
    found = Membership.objects.for_list().filter(**lookup).first()
    if found is None or not may(user, permission, found):
        raise Http404
    return found
