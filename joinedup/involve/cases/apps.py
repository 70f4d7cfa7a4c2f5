from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "joinedup.involve.cases"
    label = "involve_cases"
    verbose_name = "Cases"
