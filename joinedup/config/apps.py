from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins the areas; holds the commands that need all of them."""

    name = "joinedup.config"
    label = "config"
