"""Where staff name themes, under /workspace/themes/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.themes import views

app_name = "workspace_themes"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing, name="list"),
    path("add/", views.add, name="add"),
    path("<int:pk>/change/", views.change, name="change"),
]
