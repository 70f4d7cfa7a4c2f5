"""How often a door may be tried from one address, counted in the cache that all processes share."""

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; behind N trusted proxies, the Nth from the right as they saw it."""
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(seen) >= proxies:
            return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def too_many(action: str, key: str) -> bool:
    """Count one try of `action` by `key` and say whether it is over the limit.

    Limits stand in settings.RATES as {action: (tries, seconds)}. The key is kept only as a digest.
    """
    tries, seconds = settings.RATES[action]
    window = int(time.time()) // seconds
    digest = hashlib.blake2b(key.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
    name = f"rate:{action}:{window}:{digest}"
    cache.add(name, 0, timeout=seconds * 2)
    try:
        count = cache.incr(name)
    except ValueError:  # the entry was culled between the two calls: count this try as the first
        cache.set(name, 1, timeout=seconds * 2)
        count = 1
    return bool(count > tries)
