"""Where the doors of messages are; included at the root of the site. The outbox has a list of its own."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.messages import views

_workspace: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("workspace/messages/", include((_workspace, "workspace_messages"))),
]
