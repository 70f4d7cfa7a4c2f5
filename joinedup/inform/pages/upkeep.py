"""What keeps pages right after they went out: when to look again, broken links, what is gone, readings."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

DAYS_AHEAD = 14  # the first reminder, before the day
DAYS_BETWEEN = 7  # each one after it
MONTHS_COUNTED = 25  # this year and the two before it in part, so that a month can be laid beside last year's
MONTHS = [(1, _("every month")), (3, _("every 3 months")), (6, _("every 6 months")), (12, _("every year"))]


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last day of a shorter month."""
    number = day.month - 1 + months
    first = datetime.date(day.year + number // 12, number % 12 + 1, 1)
    last = (first + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


class PageReviewQuerySet(models.QuerySet["PageReview"]):
    """Reading when pages are to be looked at again."""

    def of_live_pages(self) -> "PageReviewQuerySet":
        """Of pages that the public sees; with the page and who looks after it."""
        return self.filter(page__live=True).select_related("page", "owner")

    def due_by(self, day: datetime.date) -> "PageReviewQuerySet":
        """To be looked at on that day or before it, the longest overdue first."""
        return self.of_live_pages().filter(review_on__lte=day).order_by("review_on", "page__title", "pk")

    def to_remind(self, today: datetime.date) -> "PageReviewQuerySet":
        """Due within a fortnight or overdue, nobody was told; or told a week ago, and the day has come."""
        never = Q(reminded_on__isnull=True)
        again = Q(review_on__lte=today, reminded_on__lte=today - datetime.timedelta(days=DAYS_BETWEEN))
        return self.due_by(today + datetime.timedelta(days=DAYS_AHEAD)).filter(never | again)


class PageReview(models.Model):
    """When a page was last found to be right, when to look again, and who looks after it.

    Any page of ours has one from its first publication on; without an owner it belongs to all editors.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="review", verbose_name=_("page"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who looks after it"),
    )
    every_months = models.PositiveSmallIntegerField(_("how often"), choices=MONTHS, default=12)
    checked_on = models.DateField(_("last checked on"), default=timezone.localdate)
    review_on = models.DateField(_("look again on"))
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    objects = PageReviewQuerySet.as_manager()

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "page", "every_months", "checked_on", "review_on", "reminded_on"), "none"),
        "owner": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing who keeps a page right"
    retention = "as long as the page"

    class Meta:
        verbose_name = _("review of a page")

    def __str__(self) -> str:
        return f"{self.page_id} on {self.review_on}"

    def found_right(self, day: datetime.date) -> None:
        """Someone read the page that day and it is right: look again after the usual time. Not saved yet."""
        self.checked_on, self.review_on, self.reminded_on = day, months_after(day, self.every_months), None


class BrokenLink(models.Model):
    """A link of a public page that leads nowhere, from the day we noticed.

    The row goes when the link is mended, or the page is taken down.
    """

    class Fault(models.TextChoices):
        NO_PAGE = "no-page", _("No page stands at this address.")
        NOT_PUBLIC = "not-public", _("The page is not public: a draft, taken down, or for staff only.")
        NO_ANCHOR = "no-anchor", _("The page is there, but not the place on it that the link names.")
        NO_FILE = "no-file", _("There is no such file.")
        FAULT = "fault", _("The page answers with a fault.")
        NO_ANSWER = "no-answer", _("The other website does not answer.")
        REFUSED = "refused", _("We do not follow this address: it leads into a private network.")
        ADDRESS = "address", _("This is not an address.")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="broken_links")
    href = models.CharField(_("link"), max_length=500)
    words = models.CharField(_("words of the link"), max_length=250, blank=True)
    fault = models.CharField(_("what is wrong"), max_length=20, choices=Fault.choices)
    since = models.DateField(_("since"), default=timezone.localdate)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "page", "href", "words", "fault", "since"), "none"
    )

    class Meta:
        ordering = ["page__title", "page_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["page", "href", "words"], name="broken_link_once")]

    def __str__(self) -> str:
        return f"{self.href} ({self.fault})"


class Gone(models.Model):
    """An address whose page was taken down, and where people should go instead.

    Whoever follows an old link reads a kind sentence, not "page not found".
    """

    path = models.CharField(_("old address"), max_length=255, unique=True)
    words = models.CharField(_("what we say there"), max_length=300, blank=True)
    see_page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    see_address = models.CharField(_("address"), max_length=300, blank=True)
    since = models.DateField(_("since"), default=timezone.localdate)

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "path", "words", "see_page", "see_address", "since"), "none"
    )

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.path

    @property
    def see_href(self) -> str:
        """Where to go instead; nothing when that page went as well."""
        if self.see_page is not None:
            return str(self.see_page.url or "") if self.see_page.live else ""
        return self.see_address

    @property
    def see_title(self) -> str:
        """What stands there, as far as we know."""
        return self.see_page.title if self.see_page is not None else self.see_address


class PageCountQuerySet(models.QuerySet["PageCount"]):
    """Reading how often pages were read."""

    def of_month(self, first: datetime.date) -> dict[str, int]:
        """Path to number of readings in the month that begins on that day."""
        rows = self.filter(day__gte=first, day__lt=months_after(first, 1)).order_by()
        return dict(rows.values_list("path").annotate(times=Sum("count")))

    def before(self, day: datetime.date) -> "PageCountQuerySet":
        """Older than that day."""
        return self.filter(day__lt=day)


class PageCount(models.Model):
    """How often the page at an address was read on a day.

    A number only: nothing of the reader is kept, so that nobody needs a cookie.
    """

    path = models.CharField(max_length=255)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = PageCountQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(("id", "path", "day", "count"), "none")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "day"], name="page_count_once")]
        indexes = [models.Index(fields=["day"], name="page_count_day")]

    def __str__(self) -> str:
        return f"{self.path} {self.day}: {self.count}"


def path_of(page: Any) -> str:
    """The address of a page on this site, with its language, without the host; empty when it has none."""
    parts = page.get_url_parts()
    return str(parts[2] or "") if parts else ""
