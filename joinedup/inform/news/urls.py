"""Public addresses of news and events that are no pages of the editor: feeds, calendars, signing up."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.news.views import machines, signing_up

app_name = "news"

urlpatterns: list[URLPattern | URLResolver] = [
    path("news/feed/", machines.feed, name="feed"),
    path("news/feed/<slug:by>/<slug:key>/", machines.feed, name="feed"),
    path("events/calendar.ics", machines.calendar_of_all, name="calendar-of-all"),
    path("events/your-place/<str:token>/", signing_up.your_place, name="your-place"),
    path("events/<slug:slug>/calendar.ics", machines.calendar, name="calendar"),
    path("events/<slug:slug>/sign-up/", signing_up.sign_up, name="sign-up"),
    path("events/<slug:slug>/sign-up/sent/", signing_up.sent, name="sign-up-sent"),
]
