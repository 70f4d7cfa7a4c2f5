"""Where the public pages of measures are."""

from django.urls import path

from joinedup.govern.outcomes.views import public as views

app_name = "outcomes"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<slug:slug>/", views.measure, name="measure"),
    path("<slug:slug>.csv", views.figures_file, name="figures-file"),
]
