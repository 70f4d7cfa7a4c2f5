"""What programs read: Atom feeds (RFC 4287) and calendars (RFC 5545)."""

import datetime
import unicodedata

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import public
from joinedup.inform.news import calendars, catalogue, localities
from joinedup.inform.news.catalogue import Chosen
from joinedup.inform.news.models import EventPage, NewsPostPage
from joinedup.inform.newsletter.models import Topic

IN_A_FEED = 20


class Feed(Atom1Feed):
    """An Atom feed that says when the newest of its entries changed, also when it has none."""

    def latest_post_date(self) -> datetime.datetime:
        """The newest change; the day of the first feed where nothing has been written yet."""
        changes = [item["updateddate"] for item in self.items]
        return max(changes, default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))


def _fit_for_xml(text: str) -> str:
    """The text without control signs, which XML must not hold."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _chosen(by: str, key: str) -> tuple[Chosen, str]:
    """What a feed is about, and its name in words. Raises Http404 for what nobody offers."""
    if not by:
        return Chosen(), ""
    if by == "place" and key in localities.localities():
        return Chosen(place=key), localities.names([key])[0]
    if by == "kind" and key in NewsPostPage.Kind.values:
        return Chosen(kind=key), str(NewsPostPage.Kind(key).label)
    topic = Topic.objects.filter(slug=key).first() if by == "topic" else None
    if topic is None:
        raise Http404
    return Chosen(topic=key), topic.name


@public
@require_safe
def feed(request: HttpRequest, by: str = "", key: str = "") -> HttpResponse:
    """The newest posts in the site's own language: all, or those of one place, topic or kind."""
    chosen, about = _chosen(by, key)
    language = settings.LANGUAGE_CODE
    posts = NewsPostPage.objects.live().filter(locale__language_code=language).newest_first()
    wanted = [line.pk for line in catalogue.read(posts) if chosen.fits(line)][:IN_A_FEED]
    fetched = NewsPostPage.objects.with_authors().in_bulk(wanted)
    title = _("News from %(name)s") % {"name": settings.PARTNERSHIP["name"]}
    atom = Feed(
        title=_fit_for_xml(f"{title}: {about}" if about else title),
        link=f"{settings.SITE_URL}/news/",
        description="",
        language=language,
        feed_url=f"{settings.SITE_URL}{request.path}",
        feed_guid=f"{settings.SITE_URL}{request.path}",
        author_name=settings.PARTNERSHIP["name"],
    )
    for pk in wanted:
        post = fetched[pk]
        day = timezone.make_aware(datetime.datetime.combine(post.date, datetime.time(9)))
        atom.add_item(
            title=_fit_for_xml(post.title),
            link=f"{settings.SITE_URL}{post.get_url_parts(request)[2]}",
            description=_fit_for_xml(post.lead),
            author_name=_fit_for_xml(post.author_role),
            pubdate=post.first_published_at or day,
            updateddate=post.last_published_at or day,
            unique_id=f"urn:uuid:{post.translation_key}",
            categories=[str(post.get_kind_display()), *post.place_names],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@require_safe
def calendar_of_all(request: HttpRequest) -> HttpResponse:
    """Every event ahead, to subscribe to. One that is cancelled stays in it and says so."""
    events = EventPage.objects.live().in_first_language().ahead(timezone.now())
    name = _("Events: %(name)s") % {"name": settings.PARTNERSHIP["name"]}
    return HttpResponse(calendars.written(events, name, request), content_type=calendars.TYPE)


@public
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, to put in one's own calendar."""
    event = EventPage.objects.live().in_first_language().filter(slug=slug).first()
    if event is None:
        raise Http404
    response = HttpResponse(calendars.written([event], event.title, request), content_type=calendars.TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response
