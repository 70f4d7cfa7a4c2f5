"""Where a statement comes from."""

import datetime
from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.govern.programmes import citations
from joinedup.govern.programmes.known_dates import Precision, known, words
from joinedup.govern.programmes.models.shapes import Row, refuse


class SourceQuerySet(models.QuerySet["Source"]):
    """Reading sources."""

    def named_in(self, *texts: str) -> "dict[str, Source]":
        """Those that texts cite, by their keys."""
        keys = citations.keys_in(*texts)
        return {source.key: source for source in self.filter(key__in=keys)} if keys else {}


class Source(Row):
    """A page, paper or report that says something about a programme.

    Its date is given as exactly as the source gives it; `retrieved_on` is the day we last read it.
    """

    key = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("who published it"), max_length=160)
    url = models.URLField(
        _("web address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    published_on = models.DateField(_("published"), null=True, blank=True)
    published_precision = models.CharField(
        max_length=10, choices=Precision.choices, default=Precision.UNKNOWN, editable=False
    )
    retrieved_on = models.DateField(_("we last read it on"))
    note = models.TextField(_("how far to trust it"), max_length=600, blank=True)

    objects = SourceQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id",
            "version",
            "key",
            "title",
            "publisher",
            "url",
            "published_on",
            "published_precision",
            "retrieved_on",
            "note",
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["publisher", "title", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, published_precision=Precision.UNKNOWN)
                | Q(published_on__isnull=False, published_precision__in=Precision.values[:3]),
                name="source_published_as_known",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(publisher=""), name="source_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    @property
    def published(self) -> str:
        """When it was published, as known; empty when nothing is."""
        return words(self.published_on, self.published_precision)

    @property
    def label(self) -> str:
        """Who published it and when, short enough to stand in a sentence."""
        return f"{self.publisher}, {self.published}" if self.published else self.publisher

    def clean(self) -> None:
        """Say beside the field what is wrong."""
        faults = {}
        exact = known(self.published_on, self.published_precision)
        if exact is not None and self.published_on != exact.first():
            faults["published_on"] = _("This day is more exact than what is known.")
        if self.retrieved_on and self.retrieved_on > timezone.localdate() + datetime.timedelta(days=1):
            faults["retrieved_on"] = _("This day has not come yet.")
        refuse(faults)
