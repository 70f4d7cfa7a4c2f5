"""How often a door may be tried from one address, counted in the cache that all processes share."""

import hashlib
import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; behind N trusted proxies, the Nth from the right as they saw it."""
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        seen = [
            part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
        ]
        if len(seen) >= proxies:
            return _network(seen[-proxies])
    return _network(str(request.META.get("REMOTE_ADDR", "")))


def _network(address: str) -> str:
    """The address, or for IPv6 its /64: whoever has one address of such a network has all of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)
    return str(found)


def mailbox(email: str) -> str:
    """Where mail to this address ends up, for counting: many providers drop a +tag."""
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def too_many(action: str, key: str) -> bool:
    """Count one try of `action` by `key` and say whether it is over the limit.

    Limits stand in settings.RATES as {action: (tries, seconds)}. The key is kept only as a digest.
    Each try takes a numbered place, which the cache gives once only: Django's `incr` reads and
    writes apart, so it loses tries made at once, and it forgets the count after five minutes.
    """
    tries, seconds = settings.RATES[action]
    window = int(time.time()) // seconds
    digest = hashlib.blake2b(key.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).hexdigest()
    name = f"rate:{action}:{window}:{digest}"
    taken = int(cache.get(name, 0))
    while taken < tries:
        taken += 1
        if cache.add(f"{name}:{taken}", 1, timeout=seconds * 2):
            cache.set(name, taken, timeout=seconds * 2)  # a hint where to begin; the places are what counts
            return False
    return True
