"""Where the demonstration's outbox is. In production there is no such address."""

from django.conf import settings
from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.foundation.messages import views

app_name = "messages"


def doors(*, is_production: bool) -> list[URLPattern | URLResolver]:
    """The outbox for a demonstration or a test, nothing for a real site."""
    if is_production:
        return []
    return [
        path("", views.outbox, name="outbox"),
        path("<uuid:pk>/", views.outbox_message, name="message"),
        path("<uuid:pk>/html/", views.outbox_html, name="html"),
    ]


urlpatterns: list[URLPattern | URLResolver] = doors(is_production=settings.IS_PRODUCTION)
