"""Who may see sign-ups, and what the link of someone who signed up opens.

The link is their whole permission: it is signed, so nobody can make one up, and it works for as
long as we keep the sign-up.
"""

import uuid
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.inform.news.models import EventPage, EventSignUp

_YOUR_PLACE = Signer(salt="joinedup.news.your-place", sep=".")


class LinkLost(Exception):
    """The link is altered, or what it opened is deleted. Which of them is nobody's business."""


def token(sign_up: EventSignUp) -> str:
    """What stands in the link with which someone sees their place and takes it back."""
    return _YOUR_PLACE.sign(sign_up.pk.hex)


def sign_up_of(token: str) -> EventSignUp:
    """The sign-up that a link opens, with its event. Raises LinkLost."""
    try:
        key = uuid.UUID(_YOUR_PLACE.unsign(token))
    except (BadSignature, ValueError) as fault:
        raise LinkLost from fault
    found = EventSignUp.objects.without_details().select_related("event").filter(pk=key).first()
    if found is None:
        raise LinkLost
    return found


def event_to_sign_up_for(slug: str) -> EventPage:
    """The event with that address, or Http404 when there is none, or none that ever took sign-ups here."""
    events = EventPage.objects.live().in_first_language().filter(slug=slug, takes_sign_ups=True)
    event: EventPage | None = events.first()
    if event is None:
        raise Http404
    return event


def get_for(user: object, permission: Permission, **lookup: Any) -> EventPage:
    """The event, or Http404 when there is none or the user may not see who comes to it."""
    event: EventPage | None = EventPage.objects.in_first_language().filter(**lookup).first()
    if event is None or not may(user, permission, event):
        raise Http404
    return event


def language_of(code: str) -> str:
    """The code if the site speaks it, else the site's own language."""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
