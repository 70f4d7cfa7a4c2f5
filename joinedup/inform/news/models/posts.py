"""News: posts by role, the briefing of the chair, and the page that lists them."""

from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.fields import RichTextField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from joinedup.foundation.organisations.models import Organisation
from joinedup.inform.news import catalogue, localities
from joinedup.inform.news.catalogue import Chosen, Line
from joinedup.inform.news.editing import PostForm
from joinedup.inform.news.models.reading import WRITTEN, ListPage, ReadablePage
from joinedup.inform.newsletter.models import Topic
from joinedup.inform.pages.hints import ReadingAgePanel
from joinedup.inform.pictures.models import Picture

PER_PAGE = 10
SHORT_TEXT = ["bold", "ol", "ul", "link"]


class NewsPostQuerySet(PageQuerySet):  # type: ignore[misc]
    """Reading posts."""

    def newest_first(self) -> "NewsPostQuerySet":
        """Latest day first; of one day, the one that went live last."""
        return cast("NewsPostQuerySet", self.order_by("-date", "-first_published_at", "-pk"))

    def with_authors(self) -> "NewsPostQuerySet":
        """The same, with what a list shows of them fetched along."""
        return cast("NewsPostQuerySet", self.select_related("author_organisation"))


class NewsPostPage(ReadablePage):
    """One piece of news, with a date and the role of whoever says it.

    Posts are by role, never by a person's name: people change jobs, and a name says little to a
    reader. A chair's briefing has three parts of its own, so that it is never only words.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        BRIEFING = "briefing", _("Chair’s briefing")
        LOCALITY = "locality", _("Local news")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    date = models.DateField(_("date"), default=timezone.localdate)
    author_role = models.CharField(
        _("who says it"),
        max_length=120,
        help_text=_("A role, such as “Chair of the partnership board”. Never a person’s name."),
    )
    author_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("their organisation"),
        help_text=_("Leave it empty when they speak for the partnership."),
    )
    picture = models.ForeignKey(
        Picture,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Shown at the top. No real faces without a written yes."),
    )
    places = models.JSONField(_("parts of the borough"), default=list, blank=True)
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("topics"),
        help_text=_("The same topics that people choose for their newsletter."),
    )
    decisions = RichTextField(
        _("what the board decided"),
        blank=True,
        features=SHORT_TEXT,
        help_text=_("One line for each decision: what, from when, and who does it."),
    )
    heard = RichTextField(
        _("what we heard from people"),
        blank=True,
        features=SHORT_TEXT,
        help_text=_("What residents, carers and staff told us since the last briefing."),
    )
    coming = RichTextField(
        _("what comes next"), blank=True, features=SHORT_TEXT, help_text=_("With dates, where there are any.")
    )

    objects = PageManager.from_queryset(NewsPostQuerySet)()

    base_form_class = PostForm
    content_panels = (
        *ReadablePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("kind", help_text=_("News, or the chair’s own briefing.")),
                FieldPanel("date", help_text=_("The day that stands above it.")),
                FieldPanel("author_role"),
                FieldPanel("author_organisation"),
                FieldPanel("places", help_text=_("None for the whole borough.")),
                FieldPanel("topics"),
            ],
            heading=_("What it is"),
        ),
        FieldPanel("picture"),
        FieldPanel("drawing"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("decisions"), FieldPanel("heard"), FieldPanel("coming")],
            heading=_("Only for a chair’s briefing"),
        ),
        ReadingAgePanel(),
    )
    search_fields = (
        *ReadablePage.search_fields,
        index.SearchField("author_role"),
        index.SearchField("decisions"),
        index.SearchField("heard"),
        index.SearchField("coming"),
    )
    needs_review: ClassVar[bool] = False
    parent_page_types: ClassVar[list[str]] = ["inform_news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "news/post.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *WRITTEN,
            "kind",
            "date",
            "author_role",
            "author_organisation",
            "picture",
            "places",
            "topics",
            "decisions",
            "heard",
            "coming",
        ),
        "none",
    )

    class Meta:
        verbose_name = _("news post")

    @property
    def place_names(self) -> list[str]:
        """The parts of the place it is about, in words."""
        return localities.names(self.places)

    @property
    def places_named(self) -> list[dict[str, str]]:
        """The same with their keys, for links."""
        known = localities.localities()
        return [{"key": key, "name": name} for key, name in known.items() if key in self.places]

    @property
    def briefing_parts(self) -> list[tuple[Promise, str]]:
        """The parts that only a chair's briefing has, those that are written."""
        parts = [
            (_("What the board decided"), self.decisions),
            (_("What we heard from people"), self.heard),
            (_("What comes next"), self.coming),
        ]
        # The editor leaves an empty paragraph behind in a box that was emptied.
        return [(heading, text) for heading, text in parts if strip_tags(text).strip()]

    def clean(self) -> None:
        """Say beside the field what does not fit the kind of post."""
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("The list uses this address itself. Choose another.")})
        if self.kind == self.Kind.BRIEFING and not strip_tags(self.decisions).strip():
            raise ValidationError(
                {"decisions": _("Say what the board decided. If it decided nothing, say so.")}
            )
        if self.kind != self.Kind.BRIEFING and self.briefing_parts:
            raise ValidationError(
                {"kind": _("Only a chair’s briefing has these parts. Choose it, or empty them.")}
            )
        if self.kind == self.Kind.LOCALITY and not self.places:
            raise ValidationError({"places": _("Tick the part of the borough it is about.")})


RESERVED = frozenset({"chairs-briefing", "feed"})


class NewsIndexPage(ListPage):
    """The list of news, newest first, to be narrowed by part of the place, topic and kind.

    Each choice is a plain link, so every list has an address that can be kept, sent and found.
    """

    subpage_types: ClassVar[list[str]] = ["inform_news.NewsPostPage"]
    template = "news/index.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(WRITTEN, "none")

    class Meta:
        verbose_name = _("news: the list")

    def posts(self) -> NewsPostQuerySet:
        """Those anyone may read, newest first."""
        return cast(NewsPostQuerySet, NewsPostPage.objects.child_of(self).live().newest_first())

    def listed(self) -> NewsPostQuerySet:
        """The same, whole."""
        return cast(NewsPostQuerySet, self.posts().select_related("author_organisation", "picture"))

    @path("")  # type: ignore[untyped-decorator]
    def everything(self, request: HttpRequest) -> HttpResponse:
        """All news, or what `?place=`, `?topic=` and `?kind=` leave of it."""
        topics = _topics()
        chosen = _chosen(request, topics)
        lines = catalogue.read(self.posts())
        fitting = [line for line in lines if chosen.fits(line)]
        return self._listed(
            request,
            fitting,
            lines,
            topics,
            chosen=chosen,
            filters=_filters(lines, chosen, topics),
            heading=_heading(chosen, topics) or self.title,
            is_all=not chosen.given(),
        )

    @path("chairs-briefing/")  # type: ignore[untyped-decorator]
    def briefings(self, request: HttpRequest) -> HttpResponse:
        """The briefings of the chair alone."""
        lines = catalogue.read(self.posts())
        fitting = [line for line in lines if line.kind == NewsPostPage.Kind.BRIEFING]
        return self._listed(
            request, fitting, lines, _topics(), heading=gettext("The chair’s briefing"), is_briefings=True
        )

    @path("<int:year>/<int:month>/")  # type: ignore[untyped-decorator]
    def month(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        """The news of one month; 404 for one that has none."""
        lines = catalogue.read(self.posts())
        fitting = [line for line in lines if (line.day.year, line.day.month) == (year, month)]
        if not fitting:
            raise Http404
        named = gettext("News of %(month)s %(year)s") % {"month": MONTHS[month], "year": year}
        return self._listed(request, fitting, lines, _topics(), heading=named)

    def _listed(
        self,
        request: HttpRequest,
        fitting: list[Line],
        lines: list[Line],
        topics: dict[str, Topic],
        **context: Any,
    ) -> HttpResponse:
        """One page of a list; only its posts are fetched."""
        try:
            page = Paginator(fitting, PER_PAGE).page(request.GET.get("page", "1"))
        except InvalidPage as fault:
            raise Http404 from fault
        fetched = NewsPostPage.objects.with_authors().in_bulk([line.pk for line in page.object_list])
        given = context["chosen"].given() if "chosen" in context else {}
        items = [
            {"post": fetched[line.pk], "topics": [t.name for t in topics.values() if t.slug in line.topics]}
            for line in page.object_list
            if line.pk in fetched
        ]
        overrides = {
            "items": items,
            "page_of_posts": page,
            "address": f"?{urlencode(given)}&page=" if given else "?page=",
            "months": catalogue.months(lines),
            "feed": _feed(context.get("chosen"), is_briefings=context.get("is_briefings", False)),
            "noindex": len(given) > 1,
            **context,
        }
        answer: HttpResponse = self.render(request, context_overrides=overrides)
        return answer


def _topics() -> dict[str, Topic]:
    return {topic.slug: topic for topic in Topic.objects.order_by("position", "name")}


def _chosen(request: HttpRequest, topics: dict[str, Topic]) -> Chosen:
    """What the address asks for; 404 for a choice that nobody offers."""
    chosen = Chosen(**{name: request.GET.get(name, "") for name in ("place", "topic", "kind")})
    offered: dict[str, Any] = {
        "place": localities.localities(),
        "topic": topics,
        "kind": NewsPostPage.Kind.values,
    }
    if any(value not in offered[name] for name, value in chosen.given().items()):
        raise Http404
    return chosen


def _heading(chosen: Chosen, topics: dict[str, Topic]) -> str:
    """What a narrower list is called, such as "Local news: North West, Care at home"."""
    kind = NewsPostPage.Kind(chosen.kind).label if chosen.kind else gettext("News")
    narrower = [*localities.names([chosen.place] if chosen.place else [])]
    narrower += [topics[chosen.topic].name] if chosen.topic else []
    if narrower:
        return f"{kind}: {', '.join(narrower)}"
    return str(kind) if chosen.kind else ""


def _feed(chosen: Chosen | None, *, is_briefings: bool) -> str:
    """The feed that fits a list best, under the address of all feeds."""
    given = chosen.given() if chosen is not None else {}
    if is_briefings or given == {"kind": NewsPostPage.Kind.BRIEFING.value}:
        return "kind/briefing/"
    if len(given) == 1:
        ((name, value),) = given.items()
        return f"{name}/{value}/"
    return ""


def _filters(lines: list[Line], chosen: Chosen, topics: dict[str, Topic]) -> list[dict[str, Any]]:
    """The three rows of links. Only what leads to something is offered, with how much."""
    rows: list[tuple[str, Promise, dict[str, str]]] = [
        ("kind", _("Kind"), {kind.value: str(kind.label) for kind in NewsPostPage.Kind}),
        ("place", _("Part of the borough"), localities.localities()),
        ("topic", _("Topic"), {slug: topic.name for slug, topic in topics.items()}),
    ]
    found = []
    for name, heading, labels in rows:
        given = chosen.given()
        here = given.pop(name, "")
        counts = catalogue.numbers(lines, chosen, name, labels)
        links = [
            {
                "label": label,
                "number": counts[key],
                "query": urlencode({**given, name: key}),
                "current": key == here,
            }
            for key, label in labels.items()
            if counts[key] or key == here
        ]
        every = {"label": _("All"), "query": urlencode(given), "current": not here}
        found.append({"name": name, "heading": heading, "links": [every, *links]})
    return found
