"""Who may see or change an organisation in the workspace. Profiles of organisations are public."""

from typing import Any

from django.http import Http404

from joinedup.foundation.organisations.models import Organisation, PartnerMembership
from joinedup.foundation.permissions import Permission, may


def get_for(user: object, permission: Permission, **lookup: Any) -> Organisation:
    """The organisation, or Http404 when there is none or the user may not."""
    organisation = Organisation.objects.with_memberships().filter(**lookup).first()
    if organisation is None or not may(user, permission, organisation):
        raise Http404
    return organisation


def membership_for(user: object, permission: Permission, **lookup: Any) -> PartnerMembership:
    """The membership, or Http404 when there is none or the user may not."""
    membership = PartnerMembership.objects.select_related("organisation").filter(**lookup).first()
    if membership is None or not may(user, permission, membership):
        raise Http404
    return membership
