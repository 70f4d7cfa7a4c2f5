"""The two lists that every site gets, and invented news, events and people for the demonstration."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.inform.news.actions.signing_up import Asked, sign_up
from joinedup.inform.news.models import EventIndexPage, EventPage, NewsIndexPage, NewsPostPage
from joinedup.inform.newsletter.models import Topic
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import HomePage

FOLDER = Path(__file__).parent
LISTS: tuple[type[Page], ...] = (NewsIndexPage, EventIndexPage)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_pages(*, by: Actor) -> int:
    """Put the list of news and the list of events in place; returns how many were added.

    Those that exist are left as they are. Needs the home page, so the pages' own texts come first.
    """
    home = HomePage.objects.order_by("path").first()
    texts, added = _read("lists"), 0
    if home is None:
        return 0
    for model in LISTS:
        text = texts[model._meta.model_name]
        if model.objects.child_of(home).exists():
            continue
        home.refresh_from_db()
        put_page(page=model(**text, show_in_menus=True), parent=home, by=by)
        added += 1
    return added


def _body(model: type[Page], text: dict[str, Any]) -> Any:
    blocks = model._meta.get_field("body").stream_block
    raw = [
        {"type": item["type"], "value": {k: v for k, v in item.items() if k != "type"}}
        for item in text.pop("body", [])
    ]
    return blocks.clean(blocks.to_python(raw))


def _at(days: int, clock: datetime.time) -> datetime.datetime:
    """So many days from today, at that time of day by the clocks here."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, clock))


def _post(text: dict[str, Any], topics: dict[str, Topic], by: Actor, under: Page) -> None:
    day = timezone.localdate() - datetime.timedelta(days=text.pop("days_ago"))
    chosen = [topics[slug] for slug in text.pop("topics")]
    organisation = Organisation.objects.filter(slug=text.pop("organisation", "")).first()
    page = NewsPostPage(body=_body(NewsPostPage, text), date=day, author_organisation=organisation, **text)
    page.topics = chosen
    put_page(page=page, parent=under, by=by)


def _event(text: dict[str, Any], by: Actor, under: Page) -> EventPage:
    days = text.pop("in_days")
    start, end = _at(days, text.pop("starts")), _at(days, text.pop("ends"))
    page = EventPage(body=_body(EventPage, text), start_at=start, end_at=end, **text)
    put_page(page=page, parent=under, by=by)
    return page


@transaction.atomic
def load(*, by: Actor) -> None:
    """Make the invented posts, events and people, as they are not there yet. A second run changes nothing.

    People sign up by the way a real one takes.
    """
    news, events = (
        NewsIndexPage.objects.order_by("path").first(),
        EventIndexPage.objects.order_by("path").first(),
    )
    if news is None or events is None:
        return
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for text in _read("posts")["post"]:
        if not NewsPostPage.objects.child_of(news).filter(slug=text["slug"]).exists():
            news.refresh_from_db()
            _post(text, topics, by, news)
    for text in _read("events")["event"]:
        people = text.pop("people", [])
        if EventPage.objects.child_of(events).filter(slug=text["slug"]).exists():
            continue
        events.refresh_from_db()
        page = _event(text, by, events)
        for number, person in enumerate(people):
            asked = Asked(**{**person, "needs": tuple(person.get("needs", ()))})
            sign_up(event=page, asked=asked, once=f"sample-{page.slug}-{number}")
