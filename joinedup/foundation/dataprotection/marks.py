"""Keyed marks of e-mail addresses: by one an address is known again, and it cannot be turned back into it."""

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "joinedup.dataprotection.mark"


def marks_of(who: str) -> list[str]:
    """The marks (HMAC-SHA256) of an address: with today's secret key first, then the older ones.

    Of anything else there are none: telephone numbers are few enough to be tried one after another.
    """
    address = who.strip().lower()
    if "@" not in address:
        return []
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, address, secret=key, algorithm="sha256").hexdigest() for key in keys]
