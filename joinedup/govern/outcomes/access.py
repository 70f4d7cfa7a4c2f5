"""Who may see and change measures. Public ones, everyone may see."""

from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.govern.outcomes.models import Measure


def get_for(user: object, permission: Permission, *, slug: str) -> Measure:
    """The measure, or Http404 when there is none or the user may not do this to it."""
    row = Measure.objects.select_related("organisation").filter(slug=slug).first()
    if row is None or not may(user, permission, row):
        raise Http404
    return row


def get_public(*, slug: str) -> Measure:
    """The measure, or Http404 when there is none or it is not for everyone."""
    row = Measure.objects.public().select_related("organisation").filter(slug=slug).first()
    if row is None:
        raise Http404
    return row
