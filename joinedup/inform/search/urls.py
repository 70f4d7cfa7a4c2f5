"""The public address /search/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.search import views

app_name = "search"

urlpatterns: list[URLPattern | URLResolver] = [path("", views.results, name="results")]
