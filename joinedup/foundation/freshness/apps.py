from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FreshnessConfig(AppConfig):
    name = "joinedup.foundation.freshness"
    label = "foundation_freshness"
    verbose_name = "Freshness of public pages"

    def ready(self) -> None:
        """Listen to what public pages show."""
        autodiscover_modules("listening")
