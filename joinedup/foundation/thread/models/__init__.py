"""The links of the thread, and who was told of them."""

from joinedup.foundation.thread.models.link import Link
from joinedup.foundation.thread.models.telling import Telling, Told

__all__ = ["Link", "Telling", "Told"]
