from django.apps import AppConfig


class DataprotectionConfig(AppConfig):
    name = "joinedup.foundation.dataprotection"
    label = "foundation_dataprotection"
    verbose_name = "Data protection"
