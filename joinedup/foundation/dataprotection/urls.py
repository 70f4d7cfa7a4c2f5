"""The privacy officer's doors; included at /workspace/data-protection/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.dataprotection import views

app_name = "dataprotection"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.person, name="person"),
    path("export/", views.export, name="export"),
    path("erase/", views.erase, name="erase"),
    path("retention/", views.retention, name="retention"),
]
