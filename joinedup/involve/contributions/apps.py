from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ContributionsConfig(AppConfig):
    name = "joinedup.involve.contributions"
    label = "involve_contributions"
    verbose_name = "Contributions"

    def ready(self) -> None:
        """Read what other subjects of this area plug in (see plugs.py)."""
        autodiscover_modules("voices")
