from django.apps import AppConfig


class DataProtectionConfig(AppConfig):
    """What is kept about people, for how long, and answering those who ask."""

    name = "joinedup.foundation.dataprotection"
    label = "foundation_dataprotection"
    verbose_name = "Data protection"
