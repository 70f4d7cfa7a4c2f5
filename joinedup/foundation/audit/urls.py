"""Where the record is read; included at /workspace/audit/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.audit import views

app_name = "audit"
urlpatterns: list[URLPattern | URLResolver] = [path("", views.events, name="events")]
