from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Every message the platform sends: a row for each recipient."""

    name = "joinedup.foundation.messages"
    label = "foundation_messages"
    verbose_name = "Messages"
