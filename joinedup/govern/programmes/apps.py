from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "joinedup.govern.programmes"
    label = "govern_programmes"
    verbose_name = "Programmes"
