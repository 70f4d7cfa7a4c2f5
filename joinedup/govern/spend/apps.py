from django.apps import AppConfig


class SpendConfig(AppConfig):
    name = "joinedup.govern.spend"
    label = "govern_spend"
    verbose_name = "Spend"
