"""Where everyone reads what came of what people said, under /what-we-did/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.thread.views import public as views

app_name = "thread"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing, name="list"),
    path("answers-owed/", views.owed, name="owed"),
    path("your-word/<str:token>/", views.verdict, name="verdict"),
    path("<slug:slug>/", views.theme, name="theme"),
    path("<slug:slug>/board/", views.board, name="board"),
]
