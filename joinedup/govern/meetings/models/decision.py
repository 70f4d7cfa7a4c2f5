"""What boards decided, and who does what by when."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.meetings.models.meeting import AgendaItem
from joinedup.govern.programmes import due_days
from joinedup.govern.programmes.models.shapes import Row, refuse


class Decision(Row):
    """What a board decided on one item of its agenda, and why. It was decided on the day of the meeting.

    That something cannot be done is an answer as good as another, and it too needs its reason.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        NOT_AGREED = "not-agreed", _("Not agreed: we could not")
        PUT_OFF = "put-off", _("Put off to another meeting")

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision", editable=False)
    outcome = models.CharField(_("what the board said"), max_length=10, choices=Outcome.choices)
    text = models.TextField(_("what was decided"), max_length=600)
    reason = models.TextField(_("why"), max_length=2000)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "version", "item", "outcome", "text", "reason"), "none"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["item__position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(outcome__in=["agreed", "not-agreed", "put-off"]), name="decision_outcome_is_one"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_what"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_says_why"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def decided_on(self) -> datetime.date:
        """The day of the meeting."""
        return self.item.meeting.held_on

    @property
    def could_not(self) -> bool:
        """Whether it says that something cannot be done."""
        return self.outcome == self.Outcome.NOT_AGREED

    @property
    def tone(self) -> str:
        """The look of its tag; the word in it says the same."""
        return {"agreed": "done", "not-agreed": "stopped"}.get(self.outcome, "going")

    @property
    def organisation_id(self) -> int | None:
        """Who answers for it, for permissions."""
        return self.item.meeting.board.organisation_id


class ActionQuerySet(models.QuerySet["Action"]):
    """Reading actions."""

    def public(self) -> "ActionQuerySet":
        """Those of decisions that everyone may read; without who marked them as finished."""
        return self.filter(
            decision__item__meeting__is_public=True, decision__item__meeting__board__is_public=True
        ).defer("finished_by_kind", "finished_by_key")

    def open(self) -> "ActionQuerySet":
        """Those still to be done, the longest late first."""
        return self.filter(finished_on__isnull=True).order_by("due_on", "pk")

    def overdue(self, today: datetime.date) -> "ActionQuerySet":
        """Those whose day has passed."""
        return self.open().filter(due_on__lt=today)

    def of_organisations(self, keys: set[int]) -> "ActionQuerySet":
        """Those that these organisations have to do."""
        return self.filter(organisation__in=keys)

    def of_meeting(self, meeting_id: int) -> "ActionQuerySet":
        """Those that a meeting gave."""
        return self.filter(decision__item__meeting=meeting_id)

    def in_full(self) -> "ActionQuerySet":
        """With all that a list of them shows, in one query."""
        return self.select_related("organisation", "decision__item__meeting__board")


class Action(Row):
    """What an organisation does because of a decision, by which day, and who there answers for it.

    The owner is a job and never a person's name. Whether it is late, anyone can see.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions", editable=False)
    text = models.TextField(_("what is done"), max_length=400)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("which organisation does it"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.CharField(_("who there answers for it"), max_length=120)
    due_on = models.DateField(_("by when"))
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    finished_by_kind = models.CharField(max_length=80, blank=True, editable=False)
    finished_by_key = models.CharField(max_length=80, blank=True, editable=False)
    note = models.TextField(_("what was done"), max_length=600, blank=True)

    objects = ActionQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            (
                *("id", "version", "decision", "text", "organisation", "owner", "due_on"),
                *("finished_on", "finished_by_kind", "note"),
            ),
            "none",
        ),
        "finished_by_key": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: showing who said that an action was finished"
    retention = "as long as the decision; it holds the key of a member of staff only"

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["decision", "text"],
                name="action_once",
                violation_error_message=_("This action was given already."),
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(owner=""), name="action_has_text_and_owner"),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True, finished_by_kind="", finished_by_key="", note="")
                | (Q(finished_on__isnull=False) & ~Q(finished_by_kind="") & ~Q(note="")),
                name="action_finished_on_a_day_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_finished(self) -> bool:
        """Whether it was done."""
        return self.finished_on is not None

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed without it."""
        return not self.is_finished and due_days.days_late(self.due_on, timezone.localdate()) > 0

    @property
    def done(self) -> str:
        """On which day it was done, and how late; empty where it is not."""
        return due_days.done(self.finished_on, self.due_on) if self.finished_on is not None else ""

    @property
    def told(self) -> str:
        """Where it stands today, in words."""
        if self.is_finished:
            return str(_("done %(day)s")) % {"day": self.done}
        return due_days.due(self.due_on, timezone.localdate())

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = {}
        decided_on = self.decision.decided_on
        if self.due_on and self.due_on < decided_on:
            faults["due_on"] = _("It cannot be due before it was decided.")
        if self.finished_on is not None and not decided_on <= self.finished_on <= timezone.localdate():
            faults["finished_on"] = _("Choose a day between the decision and today.")
        if self.finished_on is not None and not self.note.strip():
            faults["note"] = _("Say what was done.")
        refuse(faults)
