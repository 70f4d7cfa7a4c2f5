"""What other pages may show of news and events: the newest posts, and what is on next."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.panels import Panel, register
from joinedup.foundation.places.atlas import Locality, localities
from joinedup.inform.news import catalogue
from joinedup.inform.news.catalogue import Chosen
from joinedup.inform.news.models import EventPage, NewsPostPage

POSTS, EVENTS = 3, 2


def _drawn(request: HttpRequest, template: str, pages: Any, area: Locality | None) -> str:
    """The section with its pages and the way to all of them; nothing when there are none."""
    rows = [{"page": page, "href": str(page.get_url(request))} for page in pages]
    if not rows:
        return ""
    folder = rows[0]["href"].rstrip("/").rpartition("/")[0]  # the list stands one folder above
    all_href = f"{folder}/{f'?place={area.key}' if area else ''}"
    context = {"rows": rows, "all_href": all_href, "area": area}
    return render_to_string(f"news/panels/{template}.html", context, request=request)


def latest_news(request: HttpRequest, area: Locality | None = None) -> str:
    """The three newest posts in the reader's language: all, or those about one part of the place."""
    posts = NewsPostPage.objects.live().filter(locale__language_code=get_language()).newest_first()
    if area is not None:
        fitting = [line.pk for line in catalogue.read(posts) if Chosen(place=area.key).fits(line)]
        posts = posts.filter(pk__in=fitting[:POSTS])
    return _drawn(request, "latest_news", posts.with_authors()[:POSTS], area)


def next_events(request: HttpRequest, area: Locality | None = None) -> str:
    """The next two events in the reader's language, cancelled ones left out; those for a place also."""
    events: Any = EventPage.objects.live().filter(locale__language_code=get_language())
    events = events.to_come_to(timezone.now())
    if area is not None:
        events = [event for event in events if not event.places or area.key in event.places]
    return _drawn(request, "next_events", events[:EVENTS], area)


register(Panel("latest-news", _("The newest news"), latest_news))
register(Panel("next-events", _("The next events"), next_events))
# A page of one area asks for every panel whose key ends in its own.
for each in localities():
    title = each.names["en"]
    register(Panel(f"latest-news:{each.key}", f"News: {title}", partial(latest_news, area=each)))
    register(Panel(f"next-events:{each.key}", f"Events: {title}", partial(next_events, area=each)))
