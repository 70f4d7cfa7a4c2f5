from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "joinedup.govern.meetings"
    label = "govern_meetings"
    verbose_name = "Meetings"
