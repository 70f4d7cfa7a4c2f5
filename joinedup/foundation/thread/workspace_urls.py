"""Where staff tell people what came of it, under /workspace/what-came-of-it/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.thread.views import workspace as views

app_name = "workspace_thread"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing, name="list"),
    path("answers-owed/", views.owed, name="owed"),
    path("tell/<int:pk>/", views.telling, name="tell"),
    path("told/<int:pk>/", views.mark, name="mark"),
    path("told/<int:pk>/reply/", views.answer, name="reply"),
    path("<str:kind>/<int:key>/", views.thing, name="thing"),
    path("<str:kind>/<int:key>/untie/<int:pk>/", views.undo, name="untie"),
    path("<str:kind>/<int:key>/late/<int:pk>/", views.late, name="late"),
]
