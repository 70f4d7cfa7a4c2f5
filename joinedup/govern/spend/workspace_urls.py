"""Where money is kept, under /workspace/spend/."""

from django.urls import path

from joinedup.govern.spend.views import workspace as views

app_name = "workspace_spend"
urlpatterns = [
    path("", views.listed, name="list"),
    path("add/", views.add, name="add"),
    path("<int:pk>/", views.budget, name="budget"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/add-share/", views.add_share, name="add-share"),
    path("<int:pk>/take-in/", views.take_in, name="take-in"),
    path("<int:pk>/take-in/refused.csv", views.refused_file, name="refused-file"),
    path("shares/<int:pk>/", views.change_share, name="change-share"),
    path("shares/<int:pk>/remove/", views.remove_share, name="remove-share"),
]
