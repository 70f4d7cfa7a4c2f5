"""What other pages may show of news and events: the newest posts, and what is on next."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.panels import Panel, register
from joinedup.inform.news.models import EventIndexPage, EventPage, NewsIndexPage, NewsPostPage

POSTS, EVENTS = 3, 2


def _drawn(request: HttpRequest, template: str, pages: Any, index: Any) -> str:
    """The section with its pages and the way to all of them; nothing when there are none."""
    found = list(pages)
    every = index.objects.live().filter(locale__language_code=get_language()).first()
    if not found or every is None:
        return ""
    rows = [{"page": page, "href": page.get_url(request)} for page in found]
    return render_to_string(
        f"news/panels/{template}.html", {"rows": rows, "all_href": every.get_url(request)}, request=request
    )


def latest_news(request: HttpRequest) -> str:
    """The three newest posts in the reader's language."""
    posts = NewsPostPage.objects.live().filter(locale__language_code=get_language()).newest_first()
    return _drawn(request, "latest_news", posts.with_authors()[:POSTS], NewsIndexPage)


def next_events(request: HttpRequest) -> str:
    """The next two events in the reader's language, cancelled ones left out."""
    events = EventPage.objects.live().filter(locale__language_code=get_language())
    return _drawn(request, "next_events", events.to_come_to(timezone.now())[:EVENTS], EventIndexPage)


register(Panel("latest-news", _("The newest news"), latest_news))
register(Panel("next-events", _("The next events"), next_events))
