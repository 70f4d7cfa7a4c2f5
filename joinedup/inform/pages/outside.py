"""Asking other websites whether our links still lead somewhere: slowly, never a private network."""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from joinedup.inform.pages.links import AGENT, MOST_REDIRECTS
from joinedup.inform.pages.upkeep import BrokenLink

Fault = BrokenLink.Fault
SECONDS = 10.0  # for one answer
BETWEEN = 1.0  # seconds between two questions to one host
_ASK_OTHERWISE = {400, 403, 405, 406, 501}  # some servers answer HEAD wrongly
_THERE = {401, 403, 429}  # it is there, and does not talk to programs


def public_address(host: str, port: int) -> str | None:
    """An address of the host that is on the public internet; None when it has none, or any other as well.

    Raises OSError when the name is not known.
    """
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    addresses = [ipaddress.ip_address(address.partition("%")[0]) for address in sorted(found)]
    if not addresses or not all(a.is_global and not a.is_multicast for a in addresses):
        return None
    return str(addresses[0])


class _Fixed(http.client.HTTPConnection):
    """A connection to the very address that was checked: a name could lead elsewhere when asked again."""

    def __init__(self, host: str, port: int, address: str, secure: bool) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        """Connect to the checked address; the certificate must still be the host's."""
        self.sock = socket.create_connection((self._address, self.port), timeout=self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def ask(method: str, address: str) -> tuple[int, str]:
    """Status and onward address. Raises PermissionError for a private network, OSError and others else."""
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    checked = public_address(host, port)
    if checked is None or port not in (80, 443):
        raise PermissionError(host)
    connection = _Fixed(host, port, checked, secure)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


class OtherWebsites:
    """Asks each address once, and no host more often than once a second."""

    def __init__(
        self,
        ask: Callable[[str, str], tuple[int, str]] = ask,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask, self._sleep, self._clock = ask, sleep, clock
        self._asked: dict[str, float] = {}
        self._known: dict[str, BrokenLink.Fault | None] = {}

    def _wait_for(self, host: str) -> None:
        now = self._clock()
        wait = self._asked.get(host, float("-inf")) + BETWEEN - now
        if wait > 0:
            self._sleep(wait)
        self._asked[host] = self._clock()

    def _status(self, address: str) -> int:
        for _turn in range(MOST_REDIRECTS):
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise PermissionError(address)
            self._wait_for(parts.hostname)
            status, location = self._ask("HEAD", address)
            if status in _ASK_OTHERWISE:
                self._wait_for(parts.hostname)
                status, location = self._ask("GET", address)
            if status not in (301, 302, 303, 307, 308) or not location:
                return status
            address = urljoin(address, location)
        return status

    def __call__(self, address: str) -> BrokenLink.Fault | None:
        """What is wrong with the address, or nothing; whatever goes wrong means "does not answer"."""
        plain = address.partition("#")[0]
        if plain not in self._known:
            self._known[plain] = self._fault(plain)
        return self._known[plain]

    def _fault(self, address: str) -> BrokenLink.Fault | None:
        try:
            status = self._status(address)
        except PermissionError:
            return Fault.REFUSED
        except (OSError, ValueError, http.client.HTTPException):
            return Fault.NO_ANSWER
        if status < 400 or status in _THERE:
            return None
        return Fault.NO_PAGE if status in (404, 410) else Fault.FAULT
