"""Posts, events and sign-ups for tests, each made by the way a real one takes."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from joinedup.foundation.permissions import System
from joinedup.inform.news.actions.signing_up import Asked, sign_up
from joinedup.inform.news.models import (
    EventIndexPage,
    EventPage,
    EventSignUp,
    NewsIndexPage,
    NewsPostPage,
)
from joinedup.inform.news.sample import load_pages
from joinedup.inform.newsletter.models import Topic
from joinedup.inform.pages.actions import open_site, put_page
from joinedup.inform.pages.models import HomePage

BY = System("factories")


def site() -> None:
    """A site with a home page and the two lists, and nothing in them."""
    open_site(home=HomePage(title="Home", slug="home"), by=BY)
    load_pages(by=BY)


def post(title: str = "A post", *, topics: tuple[str, ...] = (), **fields: Any) -> NewsPostPage:
    """A published post."""
    if fields.get("kind") == "briefing":
        fields.setdefault("decisions", "<p>We open a new clinic.</p>")
    fields.setdefault("slug", f"post-{uuid.uuid4().hex[:10]}")
    page = NewsPostPage(title=title, **{"author_role": "Chair of the board", "lead": "A line.", **fields})
    page.topics = list(Topic.objects.filter(slug__in=topics))
    put_page(page=page, parent=NewsIndexPage.objects.get(), by=BY)
    found: NewsPostPage = NewsPostPage.objects.get(pk=page.pk)
    return found


def event(title: str = "An event", *, in_days: float = 7, **fields: Any) -> EventPage:
    """A published event of two hours, so many days from now; negative days ago."""
    start = timezone.now().replace(microsecond=0) + datetime.timedelta(days=in_days)
    defaults: dict[str, Any] = {
        "slug": f"event-{uuid.uuid4().hex[:10]}",
        "start_at": start,
        "end_at": start + datetime.timedelta(hours=2),
        "place_name": "The hall",
        "who_for": "Everyone",
        "lead": "Come and see.",
    }
    page = EventPage(title=title, **{**defaults, **fields})
    put_page(page=page, parent=EventIndexPage.objects.get(), by=BY)
    found: EventPage = EventPage.objects.get(pk=page.pk)
    return found


def somebody() -> str:
    """An e-mail address that nobody else has: one address has one place at an event."""
    return f"amina-{uuid.uuid4().hex[:8]}@example.org"


def asked(**values: Any) -> Asked:
    """What someone wrote in the form."""
    return Asked(**{"name": "Amina", "email": somebody(), "phone": "", "people": 1, **values})


def signed_up(to: EventPage, **values: Any) -> EventSignUp:
    """Someone who signed up."""
    return sign_up(event=to, asked=asked(**values), once=uuid.uuid4().hex)
