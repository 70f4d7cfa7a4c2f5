"""The socket for panels: pieces of any area that editors may put on a page, by a key.

A subject plugs in with a file `panels.py` that calls `register`. Pages know keys and titles only, so
a page of `inform` can show a programme of `govern` without either knowing the other.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Panel:
    """One panel. `draw` gives HTML that is safe to print, or nothing when there is nothing to show."""

    key: str
    title: str | Promise
    draw: Callable[[HttpRequest], str]


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Plug a panel in. Raises ValueError when another one has its key."""
    if _panels.setdefault(panel.key, panel) != panel:
        raise ValueError(f"Two panels are called {panel.key!r}.")


def choices() -> list[tuple[str, str | Promise]]:
    """Keys and titles, for the page editor, in the order of the keys."""
    return [(key, _panels[key].title) for key in sorted(_panels)]


def draw(key: str, request: HttpRequest) -> SafeString:
    """The HTML of a panel, empty when no subject offers that key (any more)."""
    panel = _panels.get(key)
    return mark_safe(panel.draw(request) if panel is not None else "")
