"""What is said to have come of it, how it is known, and where sources do not agree."""

from typing import ClassVar

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from joinedup.govern.programmes.arithmetic import Working
from joinedup.govern.programmes.models.shapes import Belonging, Row, once, refuse
from joinedup.govern.programmes.models.source import Source

NOTHING_STATED = "Nothing stated"
NOBODY = ("not stated", "not known", "unknown", "nobody", "n/a", "-", "–")
NOBODY_AS_TYPED = [*NOBODY, "Not stated", "Not known", "Unknown", "Nobody", "N/A"]


# What is about the whole programme first, then project by project.
_IN_ORDER = (models.F("project__position").asc(nulls_first=True), "project", "position", "pk")


class ResultQuerySet(models.QuerySet["Result"]):
    """Reading results."""

    def public(self) -> "ResultQuerySet":
        """Those of programmes and projects that everyone may read."""
        return self.filter(
            Q(programme__is_public=True) | Q(project__is_public=True, project__programme__is_public=True)
        )

    def within(self, programme_id: int) -> "ResultQuerySet":
        """Those of a programme and of all its projects, the programme's first."""
        return self.filter(Q(programme=programme_id) | Q(project__programme=programme_id)).order_by(
            *_IN_ORDER
        )

    def on_the_home_page(self) -> "ResultQuerySet":
        """Those that editors chose for the panel, with all that it shows of them."""
        featured = self.filter(Q(programme__is_featured=True) | Q(project__programme__is_featured=True))
        disputes = Disagreement.objects.filter(result=OuterRef("pk")).exclude(in_short="")
        return (
            featured.exclude(shown=Result.Shown.NOT)
            .select_related("source", "programme", "project__programme")
            .annotate(told_in_short=Subquery(disputes.values("in_short")[:1]))
            .order_by(models.F("project__position").asc(nulls_last=True), "project", "position", "pk")
        )

    def in_full(self) -> "ResultQuerySet":
        """With all that a card of it shows, in one query."""
        return self.select_related("source", "project")


class Result(Row, Belonging):
    """One thing that is said to have come of a programme or a project, as its source says it.

    It always tells how it is known (claimed, measured or part of each), compared with what, by
    whom, and where that stands. Nothing is rounded up, and one thing is not said to cause another.
    """

    class Basis(models.TextChoices):
        MEASURED = "measured", _("Measured")
        CLAIMED = "claimed", _("Claimed")
        MIXED = "mixed", pgettext_lazy("basis of a result", "Mixed")

    class Scope(models.TextChoices):
        HERE = "here", _("What happened here")
        NATIONAL = "national", _("All of England, not only here")

    class Shown(models.TextChoices):
        NOT = "", _("Only on its own page")
        FIGURE = "figure", _("On the home page too, as a large figure")
        LINE = "line", _("On the home page too, as a line")

    statement = models.TextField(_("what came of it"), max_length=600)
    figure = models.CharField(_("figure"), max_length=40, blank=True)
    unit = models.CharField(_("what the figure counts"), max_length=200, blank=True)
    basis = models.CharField(_("how it is known"), max_length=10, choices=Basis.choices)
    compared_with = models.CharField(_("compared with"), max_length=300, default=NOTHING_STATED)
    by_whom = models.CharField(_("who says or measured it"), max_length=200)
    source = models.ForeignKey(
        Source, verbose_name=_("source"), on_delete=models.PROTECT, related_name="results"
    )
    period = models.CharField(_("time it is about"), max_length=120, blank=True)
    caveat = models.TextField(_("what to bear in mind"), max_length=600, blank=True)
    scope = models.CharField(_("where it is about"), max_length=10, choices=Scope.choices, default=Scope.HERE)
    shown = models.CharField(_("where it is shown"), max_length=10, choices=Shown.choices, blank=True)

    objects = ResultQuerySet.as_manager()

    # What a page found about it, see `reading.mark_disputed`.
    disputes: "list[Disagreement]"

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "programme", "project", "position", "statement", "figure", "unit", "basis"),
            *("compared_with", "by_whom", "source", "period", "caveat", "scope", "shown"),
        ),
        "none",
    )

    class Meta(Belonging.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *once("result", "statement"),
            *Belonging.Meta.constraints,
            models.CheckConstraint(
                condition=Q(basis__in=["measured", "claimed", "mixed"]), name="result_says_how_it_is_known"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="result_says_something"),
            models.CheckConstraint(condition=~Q(compared_with=""), name="result_says_compared_with_what"),
            models.CheckConstraint(condition=~Q(by_whom=""), name="result_says_by_whom"),
            models.CheckConstraint(
                condition=~Q(basis="measured") | ~Q(by_whom__in=NOBODY_AS_TYPED),
                name="result_measured_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=["here", "national"]) & Q(shown__in=["", "figure", "line"]),
                name="result_scope_and_place",
            ),
            models.CheckConstraint(
                condition=~Q(shown="figure") | (~Q(figure="") & ~Q(unit="")), name="result_figure_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.statement[:80]

    @property
    def owner(self) -> models.Model:
        """The programme or project it is about."""
        return self.project or self.programme  # type: ignore[return-value]

    @property
    def is_compared(self) -> bool:
        """Whether it is compared with anything at all."""
        return self.compared_with.strip().casefold() != NOTHING_STATED.casefold()

    @property
    def tone(self) -> str:
        """The look of its tag; the word in it says the same."""
        return {"measured": "new", "mixed": "going"}.get(self.basis, "stopped")

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = {}
        if self.basis == self.Basis.MEASURED and self.by_whom.strip().casefold() in NOBODY:
            faults["by_whom"] = _("Say who measured it. If nobody is named, it is claimed.")
        if self.shown == self.Shown.FIGURE and not self.figure:
            faults["figure"] = _("Write the figure, or show it as a line.")
        elif self.figure and not self.unit:
            faults["unit"] = _("Say what the figure counts.")
        refuse(faults)


class Disagreement(Row, Belonging):
    """A question to which sources, or a source and the figures in it, give different answers.

    Both stand side by side with who says what; our own sum is worked out anew each time and marked
    as ours. We do not choose between them.
    """

    question = models.CharField(_("question"), max_length=200)
    result = models.ForeignKey(
        Result,
        verbose_name=_("result it is about"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="disagreements",
    )
    first_says = models.CharField(_("one says"), max_length=300)
    first_source = models.ForeignKey(
        Source, verbose_name=_("source of the one"), on_delete=models.PROTECT, related_name="+"
    )
    second_says = models.CharField(_("the other says"), max_length=300, blank=True)
    second_source = models.ForeignKey(
        Source,
        verbose_name=_("source of the other"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    part = models.DecimalField(_("our sum: this"), max_digits=16, decimal_places=4, null=True, blank=True)
    whole = models.DecimalField(
        _("our sum: divided by"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    times = models.DecimalField(_("our sum: times"), max_digits=16, decimal_places=4, default=100)
    unit = models.CharField(_("our sum: unit"), max_length=40, blank=True, default="%")
    what_we_make_of_it = models.TextField(_("what we make of it"), max_length=600, blank=True)
    in_short = models.CharField(_("in short"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "programme", "project", "position", "question", "result"),
            *("first_says", "first_source", "second_says", "second_source"),
            *("part", "whole", "times", "unit", "what_we_make_of_it", "in_short"),
        ),
        "none",
    )

    class Meta(Belonging.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *once("disagreement", "question"),
            *Belonging.Meta.constraints,
            models.CheckConstraint(
                condition=(~Q(second_says="") & Q(second_source__isnull=False))
                | (Q(second_says="") & Q(second_source__isnull=True) & Q(part__isnull=False)),
                name="disagreement_has_two_sides",
            ),
            models.CheckConstraint(
                condition=Q(part__isnull=True, whole__isnull=True)
                | Q(part__isnull=False, whole__isnull=False, whole__gt=0),
                name="disagreement_sum_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(first_says=""), name="disagreement_says_about_what"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def working(self) -> Working | None:
        """Our own sum, if there is one."""
        if self.part is None or self.whole is None:
            return None
        return Working(self.part, self.whole, self.times, self.unit)

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = {}
        if bool(self.second_says) != (self.second_source_id is not None):
            faults["second_says"] = _("Write what the other says and choose its source, or leave both empty.")
        if (self.part is None) != (self.whole is None):
            faults["part"] = _("Our sum needs both numbers, or none.")
        if self.whole is not None and self.whole <= 0:
            faults["whole"] = _("This must be more than nothing.")
        if not self.second_says and self.part is None:
            faults["second_says"] = _("A disagreement has two sides: another source, or our own sum.")
        refuse(faults)
