from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Who the organisations are, and which of them are partners on a given day."""

    name = "joinedup.foundation.organisations"
    label = "foundation_organisations"
    verbose_name = "Organisations"
