"""Where stories are written, under /workspace/stories/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.stories import views

app_name = "workspace_stories"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:reference>/", views.write, name="write"),
    path("<str:reference>/show/", views.show, name="show"),
    path("<str:reference>/redact/", views.redact, name="redact"),
]
