from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "joinedup.involve.stories"
    label = "involve_stories"
    verbose_name = "Stories"
