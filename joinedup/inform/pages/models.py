"""The pages residents read, and the site-wide notice."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from joinedup.design.drawings import CHOICES as DRAWINGS
from joinedup.foundation import page_versions
from joinedup.foundation.organisations.models import Organisation
from joinedup.inform.pages.approval import SecondPerson, SecondPersonState
from joinedup.inform.pages.blocks import CONTENT_SECTIONS, EASY_READ_SECTIONS, HOME_SECTIONS
from joinedup.inform.pages.editing import PageForm
from joinedup.inform.pages.hints import ReadingAgePanel
from joinedup.inform.pages.upkeep import BrokenLink, Gone, PageCount, PageReview

__all__ = [
    "BrokenLink",
    "ContentPage",
    "EasyReadPage",
    "Gone",
    "HomePage",
    "Notice",
    "OpenPage",
    "PageCount",
    "PageReview",
    "PolicyPage",
    "SecondPerson",
    "SecondPersonState",
    "WrittenPage",
]


class OpenPage(Page):  # type: ignore[misc]
    """What all our pages share: they are for everyone, and know the way that led to them.

    Abstract; see HomePage and WrittenPage.
    """

    # What is on this site is for everyone: pages cannot be put behind a password.
    private_page_options: ClassVar[list[str]] = []
    # Whether someone must look at it again after a time; not so what tells of one day, such as news.
    needs_review: ClassVar[bool] = True

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> Any:
        """None: nobody can set any, so nobody needs to ask the database for them."""
        return PageViewRestriction.objects.none()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the page at an address, and tell it which pages lie on the way there."""
        found = super().route(request, path_components)
        if found.page is not self:
            found.page.way_here = [self, *getattr(found.page, "way_here", [])]
        return found


class HomePage(OpenPage):
    """The first page of the site: four plain ways in, then who we are and what we stand for.

    Its sections stand in the order editors put them in; the list of partners comes from the
    organisations that are partners today.
    """

    body = StreamField(HOME_SECTIONS, verbose_name=_("sections"), help_text=_("Drag a section to move it."))

    content_panels = (*Page.content_panels, FieldPanel("body"), ReadingAgePanel())
    search_fields = (*Page.search_fields, index.SearchField("body"))
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = len(settings.LANGUAGES)
    template = "pages/home.html"

    personal_data: ClassVar[dict[str, str]] = {"page_ptr": "none", "body": "none"}

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `partners`, those in the partnership today, as the section that lists them expects."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["partners"] = [
            {
                "name": partner.name,
                "kind": partner.get_kind_display(),
                "text": partner.role,
                "href": partner.get_absolute_url(),
                "logo": partner.logo.url if partner.logo else "",
            }
            for partner in Organisation.objects.partners_today()
        ]
        return context


class WrittenPage(OpenPage):
    """What all inner pages share: a title, one sentence that says what it is about, a drawing, and blocks.

    Abstract; see ContentPage and PolicyPage.
    """

    lead = models.CharField(
        _("first sentence"),
        max_length=300,
        blank=True,
        help_text=_("One sentence under the title: what the reader finds here."),
    )
    drawing = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        choices=DRAWINGS,
        help_text=_("One of our own drawings, beside the title. It only decorates."),
    )
    body = StreamField(
        CONTENT_SECTIONS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("Press + to add a part. Drag a part to move it."),
    )

    search_fields = (*Page.search_fields, index.SearchField("lead"), index.SearchField("body"))
    base_form_class = PageForm

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `crumbs`, the way back to the home page; `last_checked_on`; `versions`, words and address."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        above = getattr(self, "way_here", None) or self.get_ancestors().filter(depth__gt=1)
        context["crumbs"] = [
            {"label": _("Home") if page.depth == 2 else page.title, "href": page.get_url(request)}
            for page in above
        ]
        return {**context, **self._checked_and_versions(request)}

    def _checked_and_versions(self, request: HttpRequest) -> dict[str, Any]:
        """When the page was last found right, and where its other versions are, in one query."""
        kinds, paths = page_versions.kinds(), {}
        for number, kind in enumerate(kinds):
            told = {kind.field: OuterRef("pk"), "locale": OuterRef("locale")}
            found = kind.model.objects.live().filter(**told).order_by("pk")
            paths[f"version_{number}"] = Subquery(found.values("url_path")[:1])
        row = (
            Page.objects.filter(pk=self.pk)
            .annotate(**paths)
            .values_list("review__checked_on", *paths)
            .first()
        ) or (None,)
        links = [
            {"words": kind.words, "href": kind.model(url_path=path, locale=self.locale).get_url(request)}
            for kind, path in zip(kinds, row[1:], strict=False)
            if path
        ]
        return {"last_checked_on": row[0], "versions": links}

    def live_children(self) -> Any:
        """Public pages directly under this one, in the editors' order; none can be behind a password."""
        return self.get_children().live()


class ContentPage(WrittenPage):
    """An inner page such as About us or The challenges.

    Pages under it are listed at its foot, so that nothing can be lost in the tree.
    """

    content_panels = (
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("drawing"),
        FieldPanel("body"),
        ReadingAgePanel(),
    )
    parent_page_types: ClassVar[list[str]] = ["inform_pages.HomePage", "inform_pages.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["inform_pages.ContentPage", "inform_pages.EasyReadPage"]
    template = "pages/content.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(("page_ptr", "lead", "drawing", "body"), "none")

    class Meta:
        verbose_name = _("content page")


class PolicyPage(WrittenPage):
    """A policy with a version and a date: privacy, accessibility, cookies, terms.

    When a policy changes, its old text is kept as a page under it, so that anyone can read what held
    on the day they agreed to something.
    """

    version = models.CharField(
        _("version"), max_length=20, help_text=_("Such as 1.0. Raise it when the meaning changes.")
    )
    in_force_from = models.DateField(
        _("in force from"),
        default=timezone.localdate,
        help_text=_("The day from which this version holds."),
    )
    what_changed = models.TextField(
        _("what changed"),
        max_length=600,
        blank=True,
        help_text=_("What is different from the version before."),
    )

    content_panels = (
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel("version"), FieldPanel("in_force_from"), FieldPanel("what_changed")],
            heading=_("Version"),
        ),
        FieldPanel("lead"),
        FieldPanel("drawing"),
        FieldPanel("body"),
        ReadingAgePanel(),
    )
    parent_page_types: ClassVar[list[str]] = ["inform_pages.HomePage", "inform_pages.PolicyPage"]
    subpage_types: ClassVar[list[str]] = ["inform_pages.PolicyPage", "inform_pages.EasyReadPage"]
    template = "pages/policy.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("page_ptr", "lead", "drawing", "body", "version", "in_force_from", "what_changed"), "none"
    )

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")


class EasyReadPage(WrittenPage):
    """An easy read text: pictures beside short sentences in big type, for people with learning disabilities.

    It says which page it is the easy version of, and that page links to it.
    """

    easy_version_of = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("easy version of"),
        help_text=_("The page that says the same in more words. It will link here."),
    )
    drawing = None  # type: ignore[assignment]  # Django takes this as: no such field here
    body = StreamField(
        EASY_READ_SECTIONS,
        verbose_name=_("pictures and sentences"),
        help_text=_("One picture and one sentence for each idea, in the order people need them."),
    )

    content_panels = (
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("easy_version_of"),
        FieldPanel("body"),
        ReadingAgePanel(),
    )
    parent_page_types: ClassVar[list[str]] = [
        "inform_pages.HomePage",
        "inform_pages.ContentPage",
        "inform_pages.PolicyPage",
    ]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/easy_read.html"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("page_ptr", "lead", "body", "easy_version_of"), "none"
    )

    class Meta:
        verbose_name = _("easy read page")

    @property
    def picture_credits(self) -> list[Any]:
        """The pictures on this page, each once: who made them stands at its foot."""
        pictures = (row.value.get("image") for row in self.body if row.block_type == "row")
        return list({picture.pk: picture for picture in pictures if picture is not None}.values())

    def clean(self) -> None:
        """No page is the easy version of itself."""
        super().clean()
        if self.pk and self.easy_version_of_id == self.pk:
            raise ValidationError({"easy_version_of": _("Choose another page.")})


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reading notices."""

    def showing_at(self, now: datetime.datetime) -> "NoticeQuerySet":
        """Begun and not ended at that moment; the newest first."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now).order_by(
            "-starts_at"
        )


class Notice(models.Model):
    """A band across every page for something urgent, such as a flood or a closed walk-in centre.

    At most one shows at a time: the newest that has begun and not ended.
    """

    title = models.CharField(_("heading"), max_length=80)
    body = models.TextField(_("what people should know"), max_length=400)
    link_text = models.CharField(_("words of the link"), max_length=60, blank=True)
    link_href = models.CharField(_("address of the link"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "title", "body", "link_text", "link_href", "starts_at", "ends_at"), "none"),
        "set_by": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing who told everyone something urgent"
    retention = "8 years, with the audit"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="notice_span"
            ),
            models.CheckConstraint(
                condition=Q(link_text="", link_href="") | (~Q(link_text="") & ~Q(link_href="")),
                name="notice_link_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title
