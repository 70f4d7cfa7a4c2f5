from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "joinedup.involve.themes"
    label = "involve_themes"
    verbose_name = "Themes"
