from django.apps import AppConfig
from django.core.checks import register

from joinedup.foundation.places.checks import places_are_whole


class PlacesConfig(AppConfig):
    """Postcodes, wards and areas of the borough: data only, no rows."""

    name = "joinedup.foundation.places"
    label = "foundation_places"
    verbose_name = "Places"

    def ready(self) -> None:
        """Plug in what `manage.py check` looks at."""
        register(places_are_whole)
