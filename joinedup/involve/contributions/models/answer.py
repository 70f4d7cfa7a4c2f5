"""An answer to a contribution."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.messages.models import Message
from joinedup.involve.contributions.models.contribution import Contribution


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Reading answers."""

    def told(self) -> "AnswerQuerySet":
        """Those that have reached the person, or wait at their reference because they wanted nothing sent."""
        return self.filter(Q(told_on__isnull=False) | Q(form=Contribution.ReplyBy.NONE))

    def oldest_first(self) -> "AnswerQuerySet":
        """In the order they were written."""
        return self.order_by("answered_at", "pk")


class Answer(models.Model):
    """What we answered, and when the person was told it in the form they asked for.

    An email is told when its message is queued; a call when it was made and a letter when it was
    posted, which a member of staff marks. Only then is the contribution answered: a trigger in the
    database holds that.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Contribution.ReplyBy.choices)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(default=timezone.now)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    told_noted_at = models.DateTimeField(null=True, blank=True)
    told_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    once_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = AnswerQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "text": "special",
        "form": "none",
        "answered_by": "pseudonym",
        "answered_at": "none",
        "told_on": "none",
        "told_noted_at": "none",
        "told_noted_by": "pseudonym",
        "message": "pseudonym",
        "once_digest": "pseudonym",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "as the contribution; the text goes at once when the person takes back what they said"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_noted_at__isnull=True)
                | Q(told_on__isnull=False, told_noted_at__isnull=False),
                name="answer_told_is_noted",
            ),
            models.CheckConstraint(
                condition=~Q(form="none") | Q(told_on__isnull=True), name="answer_unsent_is_not_told"
            ),
            models.CheckConstraint(
                condition=~Q(form="email") | Q(told_on__isnull=False), name="answer_by_email_goes_at_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} to {self.contribution_id}"

    @property
    def is_told(self) -> bool:
        """Whether it has reached the person, or waits at their reference because they wanted nothing sent."""
        return self.told_on is not None or self.form == Contribution.ReplyBy.NONE
