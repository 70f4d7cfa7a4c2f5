"""The parts of the place that news and events can be about. Which there are is the place's own data."""

from collections.abc import Iterable

from django.conf import settings


def localities() -> dict[str, str]:
    """Key and name of each, in the order of the place's file; empty where a place has none."""
    return dict(settings.PARTNERSHIP.get("localities", {}))


def choices() -> list[tuple[str, str]]:
    """The same as a form wants it; a function, so that another place changes no migration."""
    return list(localities().items())


def names(keys: Iterable[str]) -> list[str]:
    """The names of these, in the order of the place's file; a key it no longer has stays as it is."""
    known, wanted = localities(), list(keys)
    return [name for key, name in known.items() if key in wanted] + [k for k in wanted if k not in known]
