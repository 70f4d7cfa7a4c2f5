"""Where editors keep programmes, under /workspace/programmes/."""

from django.urls import path

from joinedup.govern.programmes.views import workspace as views

app_name = "workspace_programmes"
urlpatterns = [
    path("", views.listed, name="list"),
    path("add/", views.add, name="add"),
    path("sources/", views.sources, name="sources"),
    path("sources/add/", views.add_source, name="add-source"),
    path("sources/<int:pk>/change/", views.change_source, name="change-source"),
    path("<int:pk>/", views.programme, name="programme"),
    path("<int:pk>/change/", views.change, {"owner": "programme"}, name="change"),
    path("<int:pk>/add-project/", views.add_project, name="add-project"),
    path("<int:pk>/add/<slug:part>/", views.add_part, {"owner": "programme"}, name="add-to-programme"),
    path("projects/<int:pk>/", views.project, name="project"),
    path("projects/<int:pk>/change/", views.change, {"owner": "project"}, name="change-project"),
    path("projects/<int:pk>/add/<slug:part>/", views.add_part, {"owner": "project"}, name="add-to-project"),
    path("parts/<slug:part>/<int:pk>/", views.change_part, name="change-part"),
    path("parts/<slug:part>/<int:pk>/remove/", views.remove_part, name="remove-part"),
]
