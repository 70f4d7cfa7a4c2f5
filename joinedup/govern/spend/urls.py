"""Where the public page of money is."""

from django.urls import path

from joinedup.govern.spend.views import public as views

app_name = "spend"
urlpatterns = [
    path("", views.listed, name="list"),
    path("money.csv", views.totals_file, name="totals-file"),
]
