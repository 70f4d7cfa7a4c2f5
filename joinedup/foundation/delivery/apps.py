from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Sending what is due: one engine for all mail."""

    name = "joinedup.foundation.delivery"
    label = "foundation_delivery"
    verbose_name = "Delivery"
