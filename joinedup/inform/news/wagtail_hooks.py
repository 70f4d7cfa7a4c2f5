"""The page editor's part: an event that people signed up for is cancelled, so that they hear of it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from joinedup.inform.news.models import EventPage, EventSignUp


def _refused(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """The way back, when people signed up for an event on or under one of these pages."""
    for page in pages:
        events = EventPage.objects.descendant_of(page, inclusive=True)
        signed = EventSignUp.objects.standing().filter(event__in=events).select_related("event").first()
        if signed is not None:
            words = _("People signed up for “%(event)s”. Cancel it first, in Workspace, Events, so that they hear of it. You can delete the page 28 days after the event.")  # fmt: skip  # noqa: E501
            messages.error(request, words % {"event": signed.event.title})
            return redirect("wagtailadmin_explore", page.pk)
    return None


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
def keep_event(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete one page."""
    return _refused(request, [page])


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def keep_events(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Refuse to delete several pages."""
    return _refused(request, [p for p in objects if isinstance(p, Page)]) if action_type == "delete" else None
