"""What is done with the thread: tying, telling, and hearing what people say to it."""

from joinedup.foundation.thread.actions.tying import tie, untie

__all__ = ["tie", "untie"]
