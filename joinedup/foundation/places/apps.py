from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "joinedup.foundation.places"
    label = "foundation_places"
    verbose_name = "Places"
