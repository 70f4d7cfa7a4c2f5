"""Suggestions in the background. Only the worker reads the sorter; no page waits for it."""

import logging

from joinedup.foundation.permissions import System
from joinedup.involve.sorting.suggesting import suggest_waiting
from joinedup.involve.sorting.weights import WeightsFault

_log = logging.getLogger(__name__)


def suggest_due() -> int:
    """Make hints for what waits for them; returns how many. The worker does it again and again.

    Without a sorter that can be read there are no hints: then everything is read first, and the log says so.
    """
    try:
        return suggest_waiting(by=System("worker"))
    except WeightsFault:
        _log.exception("The sorter could not be read: nothing is suggested")
        return 0
