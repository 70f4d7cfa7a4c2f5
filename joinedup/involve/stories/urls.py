"""Where everyone reads stories, under /stories/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.stories import views

app_name = "stories"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing, name="list"),
    path("feed/", views.feed, name="feed"),
    path("<slug:slug>/", views.story, name="story"),
    path("<slug:slug>/too/", views.too, name="too"),
]
