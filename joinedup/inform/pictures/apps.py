from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "joinedup.inform.pictures"
    label = "inform_pictures"
    verbose_name = "Pictures"
