"""Where the doors of places are; included at /my-area/ in every language."""

from django.urls import path

from joinedup.foundation.places import views

app_name = "places"
urlpatterns = [
    path("", views.my_area, name="my-area"),
    path("<slug:key>/", views.area, name="area"),
]
