"""Programmes and their projects."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from joinedup.design.drawings import drawing_choices
from joinedup.govern.programmes.models.shapes import DATED, Dated, Row, citation_faults, refuse
from joinedup.govern.programmes.models.source import Source

PROGRAMME_TEXTS = ("purpose", "summary", "story", "legacy", "verdict", "not_found")
PROJECT_TEXTS = ("purpose", "what_it_did", "legacy", "not_found")


def _source_keys() -> set[str]:
    return set(Source.objects.values_list("key", flat=True))


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Reading programmes."""

    def public(self) -> "ProgrammeQuerySet":
        """Those that everyone may read."""
        return self.filter(is_public=True)

    def featured(self) -> "ProgrammeQuerySet":
        """The one that pages may show as a panel, if it is public."""
        return self.public().filter(is_featured=True)


class Programme(Row, Dated):
    """Work that partners do together for some years: why, from when to when, and what came of it.

    Texts are plain paragraphs in which `[key]` names a source. What is not known is said in
    `not_found`, never filled in.
    """

    slug = models.SlugField(_("web address"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    headline = models.CharField(_("heading on the home page"), max_length=120, blank=True)
    purpose = models.TextField(_("what it was for"), max_length=600)
    summary = models.TextField(_("in short"), max_length=1500, blank=True)
    story = models.TextField(_("what happened"), max_length=6000, blank=True)
    legacy = models.TextField(_("what became of it"), max_length=4000, blank=True)
    verdict = models.TextField(_("what independent judges found"), max_length=3000, blank=True)
    caution = models.CharField(_("what readers must bear in mind"), max_length=300, blank=True)
    not_found = models.TextField(_("what we have not found"), max_length=3000, blank=True)
    drawing = models.CharField(_("drawing"), max_length=40, blank=True, choices=drawing_choices)
    is_public = models.BooleanField(_("everyone may read it"), default=False)
    is_featured = models.BooleanField(_("it is the programme on the home page"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "slug", "name", "headline", "caution", "drawing", "is_public", "is_featured"),
            *PROGRAMME_TEXTS,
            *DATED,
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-began_on", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["is_featured"], condition=Q(is_featured=True), name="programme_one_is_featured"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(purpose=""), name="programme_has_name_and_purpose"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("programmes:programme", args=[self.slug])

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = self.date_faults() | citation_faults(self, PROGRAMME_TEXTS, _source_keys())
        other = Programme.objects.filter(is_featured=True).exclude(pk=self.pk).first()
        if self.is_featured and other is not None:
            told = _("“%(name)s” is on the home page now. Take it off there first.")
            faults["is_featured"] = str(told) % {"name": other.name}
        refuse(faults)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Reading projects."""

    def public(self) -> "ProjectQuerySet":
        """Those that everyone may read: marked so themselves, of a programme that is."""
        return self.filter(is_public=True, programme__is_public=True)


class Project(Row, Dated):
    """One piece of a programme's work, or something that came before, beside or after it.

    Milestones, money and measures will hang on projects; whatever does, points at this table.
    """

    class Place(models.TextChoices):
        PART = "part", _("Part of the programme")
        BEFORE = "before", _("Began before it and went on")
        BESIDE = "beside", _("Ran beside it")
        AFTER = "after", _("Came after it")

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="projects", editable=False
    )
    slug = models.SlugField(_("web address"), max_length=80, editable=False)
    name = models.CharField(_("name"), max_length=120)
    place = models.CharField(_("its place in the programme"), max_length=10, choices=Place.choices)
    purpose = models.TextField(_("what it was for"), max_length=600)
    what_it_did = models.TextField(_("what it did"), max_length=4000, blank=True)
    where = models.CharField(_("where"), max_length=200, blank=True)
    legacy = models.TextField(_("what became of it"), max_length=2000, blank=True)
    not_found = models.TextField(_("what we have not found"), max_length=1000, blank=True)
    is_public = models.BooleanField(_("everyone may read it"), default=False)
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("The smallest number comes first.")
    )

    objects = ProjectQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "programme", "slug", "name", "place", "where", "is_public", "position"),
            *PROJECT_TEXTS,
            *DATED,
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["programme", "slug"], name="project_address_once"),
            models.UniqueConstraint(fields=["programme", "name"], name="project_name_once"),
            models.CheckConstraint(
                condition=Q(place__in=["part", "before", "beside", "after"]), name="project_has_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(purpose=""), name="project_has_name_and_purpose"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("programmes:project", args=[self.programme.slug, self.slug])

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = self.date_faults() | citation_faults(self, PROJECT_TEXTS, _source_keys())
        others = Project.objects.filter(programme_id=self.programme_id, name=self.name).exclude(pk=self.pk)
        if others.exists():
            faults["name"] = _("This programme already has a project of that name.")
        refuse(faults)
