"""Where the public pages of programmes are."""

from django.urls import path

from joinedup.govern.programmes.views import public as views

app_name = "programmes"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<slug:slug>/", views.programme, name="programme"),
    path("<slug:slug>/results.csv", views.results_file, name="results-file"),
    path("<slug:slug>/<slug:project>/", views.project, name="project"),
]
