"""Staff addresses under /workspace/events/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.news.views import workspace

app_name = "workspace_events"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", workspace.listing, name="list"),
    path("<int:pk>/", workspace.detail, name="detail"),
    path("<int:pk>/list.csv", workspace.take_away, name="export"),
    path("<int:pk>/cancel/", workspace.cancel, name="cancel"),
    path("<int:pk>/tell/", workspace.tell, name="tell"),
    path("<int:pk>/told/<uuid:sign_up>/", workspace.told, name="told"),
    path("<int:pk>/withdraw/<uuid:sign_up>/", workspace.withdraw, name="withdraw"),
]
