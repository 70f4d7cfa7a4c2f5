"""Events: when and where, how easy it is to come, and the page that lists them."""

import datetime
from typing import Any, ClassVar, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Paginator
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from joinedup.inform.news import localities, times
from joinedup.inform.news.access_words import access_names
from joinedup.inform.news.editing import EventForm
from joinedup.inform.news.models.reading import WRITTEN, ListPage, ReadablePage
from joinedup.inform.pages.hints import ReadingAgePanel

PER_PAGE = 20
# A change of these is a change of plan for whoever put the event in a calendar (RFC 5545, SEQUENCE).
PLAN = ("start_at", "end_at", "place_name", "address", "postcode", "online", "is_cancelled")
RESERVED = frozenset({"past", "your-place"})


class EventQuerySet(PageQuerySet):  # type: ignore[misc]
    """Reading events."""

    def ahead(self, now: datetime.datetime) -> "EventQuerySet":
        """Those that are not over, the next one first."""
        return cast("EventQuerySet", self.filter(end_at__gt=now).order_by("start_at", "pk"))

    def over(self, now: datetime.datetime) -> "EventQuerySet":
        """Those that are over, the latest first."""
        return cast("EventQuerySet", self.filter(end_at__lte=now).order_by("-start_at", "-pk"))

    def to_come_to(self, now: datetime.datetime) -> "EventQuerySet":
        """Those ahead that are not cancelled."""
        return cast("EventQuerySet", self.ahead(now).filter(is_cancelled=False))

    def in_first_language(self) -> "EventQuerySet":
        """Those in the site's own language: sign-ups belong to them, whichever version someone read."""
        return cast("EventQuerySet", self.filter(locale__language_code=settings.LANGUAGE_CODE))


class EventPage(ReadablePage):
    """Something people can come to, in a room or online, with what they need to know to decide.

    Its times are moments, so a clock change moves nothing. When it is cancelled its page stays and
    says so; when it is over its page stays and says that.
    """

    start_at = models.DateTimeField(_("begins"))
    end_at = models.DateTimeField(_("ends"))
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    online = models.CharField(
        _("how to join online"),
        max_length=200,
        blank=True,
        help_text=_("Such as “By video. We send you the link when you sign up.” Empty if it is not online."),
    )
    access = models.JSONField(_("access"), default=list, blank=True)
    access_text = models.TextField(
        _("more about access"),
        max_length=800,
        blank=True,
        help_text=_("Doors, lifts, seats, lights, noise, and the way from the bus stop or station."),
    )
    cost = models.CharField(_("cost"), max_length=120, default="Free")
    who_for = models.CharField(
        _("who it is for"), max_length=200, help_text=_("Such as “Anyone who looks after someone”.")
    )
    ask_phone = models.CharField(_("whom to ring"), max_length=40, blank=True, help_text=_("With spaces."))
    ask_who = models.CharField(
        _("who answers"), max_length=120, blank=True, help_text=_("A team, not a person’s name.")
    )
    places = models.JSONField(_("parts of the borough"), default=list, blank=True)
    takes_sign_ups = models.BooleanField(_("people sign up on this site"), default=True)
    max_places = models.PositiveIntegerField(
        _("how many can come"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty means that there is room for everyone."),
    )
    sign_up_until = models.DateTimeField(
        _("sign-up is open until"), null=True, blank=True, help_text=_("Empty means until it begins.")
    )
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("This only changes the page. To tell everyone who signed up, use Workspace, Events."),
    )
    cancel_reason = models.CharField(
        _("why it is cancelled"), max_length=300, blank=True, help_text=_("One plain sentence.")
    )
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = PageManager.from_queryset(EventQuerySet)()

    base_form_class = EventForm
    content_panels = (
        *ReadablePage.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("start_at", help_text=_("When people can come in.")),
                FieldPanel("end_at", help_text=_("When it is over.")),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "place_name", help_text=_("The name over the door, such as Idea Store Whitechapel.")
                ),
                FieldPanel("address", help_text=_("House number, street and part of the borough.")),
                FieldPanel("postcode", help_text=_("So that people find it on a map.")),
                FieldPanel("online"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("access", help_text=_("Tick only what is sure to be there.")),
                FieldPanel("access_text"),
            ],
            heading=_("Access"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("cost", help_text=_("“Free”, or what people pay.")),
                FieldPanel("who_for"),
                FieldPanel("ask_phone"),
                FieldPanel("ask_who"),
                FieldPanel("places", help_text=_("None for the whole borough.")),
            ],
            heading=_("What people ask"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "takes_sign_ups", help_text=_("Untick it when people just come, or sign up elsewhere.")
                ),
                FieldPanel("max_places"),
                FieldPanel("sign_up_until"),
            ],
            heading=_("Signing up"),
        ),
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancel_reason")], heading=_("Cancelled")),
        FieldPanel("drawing"),
        FieldPanel("body"),
        ReadingAgePanel(),
    )
    search_fields = (
        *ReadablePage.search_fields,
        index.SearchField("place_name"),
        index.SearchField("address"),
        index.SearchField("who_for"),
        index.SearchField("access_text"),
    )
    needs_review: ClassVar[bool] = False
    parent_page_types: ClassVar[list[str]] = ["inform_news.EventIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "news/event.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *WRITTEN,
            *("start_at", "end_at", "place_name", "address", "postcode", "online", "access", "access_text"),
            *("cost", "who_for", "ask_phone", "ask_who", "places", "takes_sign_ups", "max_places"),
            *("sign_up_until", "is_cancelled", "cancel_reason", "sequence"),
        ),
        "none",
    )

    class Meta:
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(condition=Q(end_at__gt=F("start_at")), name="event_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(max_places__isnull=True) | Q(max_places__gt=0), name="event_has_room_for_one"
            ),
        ]

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return str(self.title)

    @property
    def when(self) -> str:
        """From when until when, in words."""
        return times.span(self.start_at, self.end_at)

    @property
    def where(self) -> str:
        """The place in one line; online where there is none."""
        parts = [part for part in (self.place_name, self.address, self.postcode) if part]
        return ", ".join(parts) or str(_("Online"))

    @property
    def place_names(self) -> list[str]:
        """The parts of the place it is for, in words."""
        return localities.names(self.places)

    @property
    def access_names(self) -> list[str]:
        """What it offers, in words."""
        return access_names(self.access)

    @property
    def closes_at(self) -> datetime.datetime:
        """When nobody can sign up any more."""
        return self.sign_up_until or self.start_at

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return bool(self.end_at <= timezone.now())

    def takes_sign_ups_at(self, now: datetime.datetime) -> bool:
        """Whether someone can sign up at that moment, be it for a place or for the waiting list."""
        return self.takes_sign_ups and self.live and not self.is_cancelled and now < self.closes_at

    def clean(self) -> None:
        """Say beside the field what cannot be."""
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("The list uses this address itself. Choose another.")})
        if self.start_at and self.end_at and self.end_at <= self.start_at:
            raise ValidationError({"end_at": _("It must end after it begins.")})
        if self.sign_up_until and self.end_at and self.sign_up_until > self.end_at:
            raise ValidationError({"sign_up_until": _("Nobody can sign up after it has ended.")})
        if not self.place_name and not self.online:
            raise ValidationError({"place_name": _("Say where it is, or how to join online.")})
        if self.is_cancelled and not self.cancel_reason:
            raise ValidationError({"cancel_reason": _("Say why, in one plain sentence.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keep it, and count up when the plan changed against what calendars have been told."""
        before = EventPage.objects.filter(pk=self.pk).values("sequence", *PLAN).first() if self.pk else None
        if before is not None:
            changed = any(before[name] != getattr(self, name) for name in PLAN)
            self.sequence = before["sequence"] + changed
        return super().save(*args, **kwargs)

    def in_first_language(self) -> "EventPage":
        """The version that sign-ups belong to; this one where there is no other."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        first = EventPage.objects.translation_of(self).in_first_language().live().first()
        return first if first is not None else self

    def in_language(self, code: str) -> "EventPage":
        """The same event as it is written in that language, if that version is public; else this one."""
        if self.locale.language_code == code:
            return self
        found = EventPage.objects.translation_of(self).live().filter(locale__language_code=code).first()
        return found if found is not None else self

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page; one that says whether places are left is drawn anew for each reader."""
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        if self.max_places is not None and self.takes_sign_ups_at(timezone.now()):
            answer.headers["Cache-Control"] = "no-store"
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add whether it takes sign-ups now, whether it is full, and where to sign up."""
        context = super().get_context(request, *args, **kwargs)
        first = self.in_first_language()
        open_now = first.takes_sign_ups_at(timezone.now())
        here = self.locale.language_code
        context |= {
            "sign_up_slug": first.slug,
            "form_language": "" if here == settings.LANGUAGE_CODE else here,
            "is_open": open_now,
            "closes_on": f"{times.day(first.closes_at)}, {times.hour(first.closes_at)}",
            "is_full": open_now and first.max_places is not None and first.sign_ups.is_full(first.max_places),
        }
        return context


class EventIndexPage(ListPage):
    """The list of what is on, the next event first, to be narrowed by part of the place.

    Events that are over leave it, and stay readable in a list of their own.
    """

    subpage_types: ClassVar[list[str]] = ["inform_news.EventPage"]
    template = "news/events.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(WRITTEN, "none")

    class Meta:
        verbose_name = _("events: the list")

    def listed(self) -> EventQuerySet:
        """Those anyone may read."""
        return cast(EventQuerySet, EventPage.objects.child_of(self).live().select_related("locale"))

    @path("")  # type: ignore[untyped-decorator]
    def ahead(self, request: HttpRequest) -> HttpResponse:
        """What is on, or what `?place=` leaves of it. An event for the whole place is for every part."""
        place, known = request.GET.get("place", ""), localities.localities()
        if place and place not in known:
            raise Http404
        events = list(self.listed().ahead(timezone.now()))
        fitting = [e for e in events if not place or not e.places or place in e.places]
        links = [
            {"label": name, "query": f"place={key}", "current": key == place} for key, name in known.items()
        ]
        every = {"label": _("All"), "query": "", "current": not place}
        row = {"name": "place", "heading": _("What is on near you"), "links": [every, *links]}
        heading = gettext("Events: %(place)s") % {"place": known[place]} if place else self.title
        filters = [row] if known else []
        return self._listed(request, fitting, heading=heading, filters=filters, place=place, is_all=not place)

    @path("past/")  # type: ignore[untyped-decorator]
    def over(self, request: HttpRequest) -> HttpResponse:
        """What is over, the latest first."""
        return self._listed(
            request, self.listed().over(timezone.now()), heading=gettext("Events that are over"), is_past=True
        )

    def _listed(
        self, request: HttpRequest, events: list[EventPage] | EventQuerySet, **context: Any
    ) -> HttpResponse:
        """One page of a list."""
        try:
            page = Paginator(events, PER_PAGE).page(request.GET.get("page", "1"))
        except InvalidPage as fault:
            raise Http404 from fault
        place = context.get("place", "")
        overrides = {
            "page_of_events": page,
            "subscribe_href": f"webcal://{settings.SITE_URL.partition('://')[2]}/events/calendar.ics",
            "listing_address": f"?place={place}&page=" if place else "?page=",
            **context,
        }
        answer: HttpResponse = self.render(request, context_overrides=overrides)
        return answer
