from django.apps import AppConfig


class SortingConfig(AppConfig):
    name = "joinedup.involve.sorting"
    label = "involve_sorting"
    verbose_name = "Sorting"
