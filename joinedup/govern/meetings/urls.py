"""Where the public pages of boards and meetings are."""

from django.urls import path

from joinedup.govern.meetings.views import public as views

app_name = "meetings"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<slug:slug>/", views.board, name="board"),
    path("<slug:slug>/meetings.ics", views.calendar, name="calendar"),
    path("<slug:slug>/<slug:day>/", views.meeting, name="meeting"),
]
