from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "joinedup.govern.outcomes"
    label = "govern_outcomes"
    verbose_name = "Outcomes"
