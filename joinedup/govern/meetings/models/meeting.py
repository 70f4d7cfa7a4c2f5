"""Meetings and what is on their agendas."""

import datetime
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.govern.meetings.models.board import Board
from joinedup.govern.programmes import due_days
from joinedup.govern.programmes.models.shapes import Row, refuse


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Reading meetings."""

    def public(self) -> "MeetingQuerySet":
        """Those that everyone may read: marked so themselves, of a board that is."""
        return self.filter(is_public=True, board__is_public=True)

    def coming(self, today: datetime.date) -> "MeetingQuerySet":
        """Those that are planned for today or later, the next one first."""
        return self.filter(state=Meeting.State.PLANNED, held_on__gte=today).order_by("held_on", "starts_at")

    def past(self, today: datetime.date) -> "MeetingQuerySet":
        """Those that were held, cancelled, or should have been by now, the newest first."""
        return self.exclude(state=Meeting.State.PLANNED, held_on__gte=today).order_by("-held_on")

    def without_minutes(self, today: datetime.date) -> "MeetingQuerySet":
        """Those whose day has passed and whose minutes nobody has published."""
        return self.filter(state=Meeting.State.PLANNED, held_on__lt=today).order_by("held_on", "pk")


class Meeting(Row):
    """One meeting of a board on one day. Its agenda is public before it, its minutes and decisions after it.

    Minutes and how many were there are written when it is marked as held, and the quorum of that day is kept
    with them, so that a board that changes its rules later does not change the past.
    """

    class State(models.TextChoices):
        """The codes of a FHIR Encounter."""

        PLANNED = "planned", _("Planned")
        HELD = "completed", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings", editable=False)
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=200)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED, editable=False
    )
    is_public = models.BooleanField(_("everyone may read about it"), default=True)
    minutes = models.TextField(_("minutes"), max_length=20_000, blank=True)
    present = models.PositiveSmallIntegerField(
        _("how many members were there"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    quorum = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "board", "held_on", "starts_at", "place", "state", "is_public", "minutes"),
            *("present", "quorum", "cancelled_because", "changed_at"),
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["board", "held_on"],
                name="meeting_once_a_day",
                violation_error_message=_("This board already has a meeting on that day."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "completed", "cancelled"]), name="meeting_state_is_one"
            ),
            models.CheckConstraint(condition=~Q(place=""), name="meeting_is_somewhere"),
            models.CheckConstraint(
                condition=(Q(state="completed", present__isnull=False, present__gte=1) & ~Q(minutes=""))
                | (~Q(state="completed") & Q(minutes="", present__isnull=True, quorum__isnull=True)),
                name="meeting_held_has_minutes",
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                name="meeting_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {due_days.in_words(self.held_on)}"

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("meetings:meeting", args=[self.board.slug, self.held_on.isoformat()])

    @property
    def organisation_id(self) -> int | None:
        """Who answers for it, for permissions."""
        return self.board.organisation_id

    @property
    def is_shown(self) -> bool:
        """Whether everyone may read about it."""
        return self.is_public and self.board.is_public

    @property
    def is_planned(self) -> bool:
        """Whether it was neither held nor cancelled."""
        return self.state == self.State.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether it was held and its minutes are published."""
        return self.state == self.State.HELD

    @property
    def may_decide(self) -> bool:
        """Whether decisions of it can be written down: it was not cancelled, and its day has come."""
        return self.state != self.State.CANCELLED and self.held_on <= timezone.localdate()

    @property
    def had_quorum(self) -> bool | None:
        """Whether enough members were there; None where the board had no rule, or it was not held."""
        if self.quorum is None or self.present is None:
            return None
        return self.present >= self.quorum

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        others = Meeting.objects.filter(board_id=self.board_id, held_on=self.held_on).exclude(pk=self.pk)
        faults = {}
        if self.held_on and others.exists():
            faults["held_on"] = _("This board already has a meeting on that day.")
        if self.is_held and not self.minutes.strip():
            faults["minutes"] = _("Write what was said and decided.")
        if self.is_held and not self.present:
            faults["present"] = _("Say how many members were there.")
        refuse(faults)


class AgendaItem(Row):
    """One thing a board is asked, with what people told us, whom it may harm, and what we do not know.

    What it is about stands elsewhere in the thread, such as a theme: it is named by label and key. How many
    spoke is kept as it was published on the day it was put on the agenda, hidden where it was few.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField(
        _("place on the agenda"), default=0, help_text=_("The smallest number comes first.")
    )
    title = models.CharField(_("what it is about"), max_length=160)
    question = models.TextField(_("what the board is asked"), max_length=600)
    about_kind = models.CharField(max_length=80, blank=True, editable=False)
    about_key = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    what_people_told_us = models.TextField(_("what people told us"), max_length=3000, blank=True)
    how_many_spoke = models.CharField(max_length=12, blank=True, editable=False)
    equality_impact = models.TextField(
        _("who gains, who may lose, and what we do about it"), max_length=2000, blank=True
    )
    not_known = models.TextField(_("what we do not know"), max_length=2000, blank=True)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "meeting", "position", "title", "question", "about_kind", "about_key"),
            *("what_people_told_us", "how_many_spoke", "equality_impact", "not_known"),
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["meeting", "title"],
                name="agendaitem_once",
                violation_error_message=_("This is on that agenda already."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(question=""), name="agendaitem_has_title_and_question"
            ),
            models.CheckConstraint(
                condition=Q(about_kind="", about_key__isnull=True, how_many_spoke="")
                | (
                    ~Q(about_kind="")
                    & Q(about_key__isnull=False)
                    & ~Q(how_many_spoke="")
                    & ~Q(what_people_told_us="")
                ),
                name="agendaitem_about_people_says_what_they_told",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on the public page of the meeting."""
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"

    @property
    def about(self) -> tuple[str, int] | None:
        """What it is about in the thread, if anything."""
        return (self.about_kind, self.about_key) if self.about_key is not None else None

    @property
    def is_decided(self) -> bool:
        """Whether the board has decided on it."""
        return hasattr(self, "decision")

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        if self.about_kind and not self.what_people_told_us.strip():
            refuse(
                {
                    "what_people_told_us": _(
                        "People spoke about this. Say what they told us, so that the board hears it."
                    )
                }
            )
        others = AgendaItem.objects.filter(meeting_id=self.meeting_id, title=self.title).exclude(pk=self.pk)
        if self.meeting_id and self.title and others.exists():
            refuse({"title": _("This is on that agenda already.")})
