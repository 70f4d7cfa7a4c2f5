"""Staff addresses under /workspace/search/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.search import views

app_name = "workspace_search"

urlpatterns: list[URLPattern | URLResolver] = [path("", views.missed_searches, name="missed")]
