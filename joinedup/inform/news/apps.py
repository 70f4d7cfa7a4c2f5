from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "joinedup.inform.news"
    label = "inform_news"
    verbose_name = "News and events"
