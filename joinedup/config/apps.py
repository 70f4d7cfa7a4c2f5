import sys

from django.apps import AppConfig
from django.conf import settings

from joinedup.config.logs import end_of_process


class ConfigConfig(AppConfig):
    """Joins the areas; holds the commands that need all of them."""

    name = "joinedup.config"
    label = "config"

    def ready(self) -> None:
        """A command or worker that ends by a fault says so as discreetly as everything else."""
        if settings.LOG == "json":
            sys.excepthook = end_of_process
