from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "joinedup.inform.search"
    label = "inform_search"
    verbose_name = "Search"
