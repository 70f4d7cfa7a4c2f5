"""What `manage.py check` looks at: that the place has its data, and each ward one area."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from joinedup.foundation.places.atlas import SHIPPED, AtlasFault, atlas


def places_are_whole(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The folder named in place.toml can be read, and its wards fall into areas without gap or overlap."""
    name = settings.PARTNERSHIP.get("places")
    if not name:
        return [
            Error(
                "The file of the place names no folder of places.",
                hint='Add `places = "..."`.',
                id="places.E001",
            )
        ]
    try:
        atlas()
    except (OSError, KeyError, IndexError, AtlasFault) as fault:
        said = f"The places in {SHIPPED / name} cannot be read: {type(fault).__name__}: {fault}"
        return [Error(said, hint="See docs/operations.md, “Another place”.", id="places.E002")]
    return []
