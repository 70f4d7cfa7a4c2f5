"""The one answer of a case, and who agrees to it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.cases.models.case import BASIS, Case


class CaseAnswerQuerySet(models.QuerySet["CaseAnswer"]):
    """Reading answers."""

    def latest(self) -> "CaseAnswer | None":  # type: ignore[override]
        """The wording that stands."""
        return self.order_by("-number").first()


class CaseAnswer(models.Model):
    """One wording of the answer that goes to everyone in a case; a change is a new one, to be agreed anew.

    Saying that something could not be done, with the reason, is an answer like any other.
    """

    class Outcome(models.TextChoices):
        DONE = "done", _("We did it, or are doing it")
        COULD_NOT = "could-not", _("We could not, because")
        INFORMED = "informed", _("We explained how things are")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome.choices)
    text = models.TextField(_("the answer"), max_length=10_000)
    because = models.TextField(_("because"), max_length=1000, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Shown with a theme, for everyone to read; it names nobody.
    is_public = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseAnswerQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "case": "none",
        "number": "none",
        "outcome": "none",
        "text": "none",
        "because": "none",
        "written_at": "none",
        "written_by": "pseudonym",
        "is_public": "none",
        "sent_at": "none",
        "sent_by": "pseudonym",
    }
    lawful_basis = BASIS
    retention = "as the case; it goes to several people, so it names none of them"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="caseanswer_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="caseanswer_has_words"),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(sent_at__isnull=False), name="caseanswer_shown_was_sent"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="could-not") | ~Q(because=""), name="caseanswer_says_why_not"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.number} of case {self.case_id}"

    @property
    def whole(self) -> str:
        """The words as people get them: the answer, and where something could not be done, why."""
        if self.outcome != self.Outcome.COULD_NOT:
            return self.text
        return f"{self.text}\n\n{_('We could not, because')} {self.because}"


class Agreement(models.Model):
    """What one organisation says to one wording of the answer: agreed, or not and why.

    It may think again until the answer goes out; a new wording is agreed to anew.
    """

    answer = models.ForeignKey(CaseAnswer, on_delete=models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    objection = models.TextField(_("what should be different"), max_length=1000, blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "answer": "none",
        "organisation": "none",
        "agrees": "none",
        "objection": "none",
        "said_at": "none",
        "said_by": "pseudonym",
    }
    lawful_basis = BASIS
    retention = "as the case"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "organisation"], name="agreement_once_each"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(objection=""), name="agreement_or_why_not"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.answer_id}"
