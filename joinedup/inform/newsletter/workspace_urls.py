"""Staff addresses under /workspace/newsletter/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.newsletter import views

app_name = "workspace_newsletter"

urlpatterns: list[URLPattern | URLResolver] = [path("", views.counts, name="counts")]
