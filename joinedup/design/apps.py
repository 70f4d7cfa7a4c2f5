"""The design floor as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """Templates, static files and StreamField blocks; no models of ours."""

    name = "joinedup.design"
    label = "design"
    verbose_name = _("Design")
