"""What search may find: the page with the postcode box, and the areas by the names of their wards."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from joinedup.foundation.findable import Findable, Source, register
from joinedup.foundation.places.atlas import Locality, localities

PREFIX = "foundation_places.area"
BOX = "my-area"


def _area(area: Locality, language: str) -> Findable:
    wards = ", ".join(ward.name for ward in area.wards)
    return Findable(
        key=f"{PREFIX}:{area.key}:{language}",
        kind=_("Area"),
        language=language,
        title=area.name,
        summary=area.description,
        body=_("My area. Wards: %(wards)s.") % {"wards": wards},
        href=reverse("places:area", args=[area.key]),
    )


def _box(language: str) -> Findable:
    return Findable(
        key=f"{PREFIX}:{BOX}:{language}",
        kind=_("Area"),
        language=language,
        title=_("My area"),
        summary=_("Write your postcode to see your ward and your part of the borough."),
        body=_("What is near me. Postcode, ward, neighbourhood, map, locality."),
        href=reverse("places:my-area"),
    )


def everything() -> Iterator[Findable]:
    """The box and each area, in each language in which the areas have names."""
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            found = [_area(area, language) for area in localities() if language in area.names]
            if found:
                found.insert(0, _box(language))
        yield from found


def one(key: str) -> Findable | None:
    """The one with that key."""
    return next((found for found in everything() if found.key == key), None)


register(Source(PREFIX, everything, one))
