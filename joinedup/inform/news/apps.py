from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NewsConfig(AppConfig):
    """News and events."""

    name = "joinedup.inform.news"
    label = "inform_news"
    verbose_name = "News and events"

    def ready(self) -> None:
        """Listen to the page editor publishing events."""
        autodiscover_modules("publishing")
