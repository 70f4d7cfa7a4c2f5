"""The link by which someone says whether it changed: it opens one row and nothing about the person."""

from typing import Any

from django.core import signing
from django.urls import reverse

from joinedup.foundation.thread.models import Link, Told

LASTS = 366 * 24 * 60 * 60  # seconds
_SALT = "joinedup.thread.verdict"


def token_for(told: Told) -> str:
    """The pass for one of those told."""
    return signing.dumps([told.pk], salt=_SALT)


def path_for(told: Told) -> str:
    """The path of the page where they say it, beginning with a slash."""
    return reverse("thread:verdict", args=[token_for(told)])


def by_token(token: str) -> Told | None:
    """Who a pass is for; None when it is older than a year, altered, not ours, or their words are gone."""
    try:
        held: Any = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    told = Told.objects.select_related("telling").filter(pk=held[0]).first()
    # A voice that its person took back starts nothing any more, and counts nowhere.
    if told is None or not Link.objects.standing().from_ends([(told.voice_kind, told.voice_key)]).exists():
        return None
    return told
