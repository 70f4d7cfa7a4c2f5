from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FoundationConfig(AppConfig):
    """The sockets of the foundation, and what is plugged into them."""

    name = "joinedup.foundation"
    label = "foundation"
    verbose_name = "Foundation"

    def ready(self) -> None:
        """Read every subject's plugs, as the admin reads its own."""
        autodiscover_modules(
            "panels", "findable", "dataprotection", "page_versions", "thread", "worklist", "promises"
        )
