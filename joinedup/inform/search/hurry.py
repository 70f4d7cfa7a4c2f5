"""How often one address may search: freely at a reader's pace, and counted for all processes beyond it.

Counting in the shared cache costs more than a search. So a process lets the first few searches from an
address within some seconds through by itself; whoever is faster is counted against settings.RATES.
"""

import time
from collections import OrderedDict
from threading import Lock

from joinedup.foundation.doors.throttle import too_many

RATE = "search.look"
FREE = 5  # searches from one address, in one process,
WITHIN = 10.0  # in so many seconds
_REMEMBERED = 5_000  # addresses

_lock = Lock()
_seen: OrderedDict[str, tuple[float, int]] = OrderedDict()


def forget() -> None:
    """Begin anew, as after a restart."""
    with _lock:
        _seen.clear()


def _is_hurrying(address: str) -> bool:
    now = time.monotonic()
    with _lock:
        since, count = _seen.pop(address, (now, 0))
        if now - since > WITHIN:
            since, count = now, 0
        _seen[address] = (since, count + 1)
        while len(_seen) > _REMEMBERED:
            _seen.popitem(last=False)
    return count >= FREE


def searches_too_often(address: str) -> bool:
    """Count one search and say whether it is over the limit."""
    return _is_hurrying(address) and too_many(RATE, address)
