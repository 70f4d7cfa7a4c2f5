from django.apps import AppConfig


class AnimationsConfig(AppConfig):
    name = "joinedup.inform.animations"
    label = "inform_animations"
    verbose_name = "Animations"
