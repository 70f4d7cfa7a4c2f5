"""Where the doors of organisations are; included at the root of the site."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.organisations import views

_public: list[URLPattern | URLResolver] = [
    path("", views.partnership, name="partnership"),
    path("<slug:slug>/", views.profile, name="profile"),
]
_workspace: list[URLPattern | URLResolver] = [
    path("", views.workspace_list, name="list"),
    path("add/", views.add, name="add"),
    path("memberships/<int:pk>/end/", views.end_membership, name="end-membership"),
    path("<slug:slug>/", views.workspace_organisation, name="organisation"),
    path("<slug:slug>/change/", views.change, name="change"),
    path("<slug:slug>/joined/", views.start_membership, name="start-membership"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("about/partnership/", include((_public, "organisations"))),
    path("workspace/organisations/", include((_workspace, "workspace_organisations"))),
]
