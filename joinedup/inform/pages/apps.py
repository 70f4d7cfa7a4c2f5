from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PagesConfig(AppConfig):
    """The pages residents read."""

    name = "joinedup.inform.pages"
    label = "inform_pages"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Listen to the page editor's log."""
        autodiscover_modules("logs")
