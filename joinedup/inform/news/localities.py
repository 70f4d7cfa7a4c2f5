"""The parts of the place that news and events can be about: those of the place's atlas, by their keys."""

from collections.abc import Iterable

from joinedup.foundation.places import atlas


def localities() -> dict[str, str]:
    """Key and name of each in the reader's language, in the atlas's order."""
    return {area.key: area.name for area in atlas.localities()}


def choices() -> list[tuple[str, str]]:
    """The same as a form wants it; a function, so that another place changes no migration."""
    return list(localities().items())


def names(keys: Iterable[str]) -> list[str]:
    """The names of these, in the atlas's order; a key it no longer has stays as it is."""
    known, wanted = localities(), list(keys)
    return [name for key, name in known.items() if key in wanted] + [k for k in wanted if k not in known]
