"""Where what people said is sorted, under /workspace/triage/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.sorting import views

app_name = "workspace_sorting"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="queue"),
    path("<str:reference>/", views.one, name="one"),
]
