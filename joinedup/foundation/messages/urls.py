"""Where the doors of messages are; included at the root of the site."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.messages import views

_workspace: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("outbox/", include("joinedup.foundation.messages.outbox_urls")),
    path("workspace/messages/", include((_workspace, "workspace_messages"))),
]
