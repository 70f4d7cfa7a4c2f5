"""Where measures are kept, under /workspace/measures/."""

from django.urls import path

from joinedup.govern.outcomes.views import workspace as views

app_name = "workspace_outcomes"
urlpatterns = [
    path("", views.listed, name="list"),
    path("add/", views.add, name="add"),
    path("<slug:slug>/", views.measure, name="measure"),
    path("<slug:slug>/change/", views.change, name="change"),
    path("<slug:slug>/figures/", views.bring_in, name="figures"),
    path("<slug:slug>/figures/not-taken/", views.refused_file, name="refused-file"),
    path("<slug:slug>/figures/take-out/", views.take_out, name="take-out"),
    path("<slug:slug>/limits/", views.set_anew, name="set-anew"),
    path("<slug:slug>/limits/<int:pk>/undo/", views.undo_anew, name="undo-anew"),
]
