from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "joinedup.involve.contributions"
    label = "involve_contributions"
    verbose_name = "Contributions"
