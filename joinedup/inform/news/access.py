"""Who may see sign-ups, and what the link of someone who signed up opens.

The link is their whole permission: it is signed, so nobody can make one up, and it works for as
long as we keep the sign-up.
"""

import uuid
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from joinedup.foundation.permissions import Permission, may
from joinedup.inform.news.models import EventPage, EventSignUp

_YOUR_PLACE = Signer(salt="joinedup.news.your-place", sep=".")


class LinkLost(Exception):
    """The link is altered, or what it opened is deleted. Which of them is nobody's business."""


def token(sign_up: EventSignUp) -> str:
    """What stands in the link with which someone sees their place and takes it back."""
    return _YOUR_PLACE.sign(sign_up.pk.hex)


def place_href(sign_up: EventSignUp) -> str:
    """The address of the page where they see their place, in the language they chose."""
    return said_in(reverse("news:your-place", args=[token(sign_up)]), sign_up.language)


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
    """The event with that address, or Http404 when there is none, or none that ever took sign-ups here.

    One that is cancelled is found in any case, because people look for it where they would sign up.
    """
    events = EventPage.objects.live().in_first_language().filter(slug=slug)
    event: EventPage | None = events.filter(Q(takes_sign_ups=True) | Q(is_cancelled=True)).first()
    if event is None:
        raise Http404
    return event


def get_for(user: object, permission: Permission, **lookup: Any) -> EventPage:
    """The event, or Http404 when there is none or the user may not see who comes to it."""
    event: EventPage | None = EventPage.objects.in_first_language().filter(**lookup).first()
    if event is None or not may(user, permission, event):
        raise Http404
    return event


def language_of(code: str, other: str = settings.LANGUAGE_CODE) -> str:
    """The code if the site speaks it, else the other one: the site's own unless said."""
    return code if code in dict(settings.LANGUAGES) else other


def said_in(href: str, language: str) -> str:
    """An address of ours that has no form of its own for each language, made to speak that one."""
    return href if language == settings.LANGUAGE_CODE else f"{href}?language={language}"
