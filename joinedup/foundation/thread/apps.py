from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "joinedup.foundation.thread"
    label = "foundation_thread"
    verbose_name = "Thread"
