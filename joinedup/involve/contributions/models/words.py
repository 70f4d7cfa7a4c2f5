"""The words of a contribution, kept one after the other."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.involve.contributions.models.contribution import Contribution

LONGEST = 10_000  # characters of words taken at once; more can be added afterwards


class WordsQuerySet(models.QuerySet["Words"]):
    """Reading words."""

    def oldest_first(self) -> "WordsQuerySet":
        """In the order they were said."""
        return self.order_by("said_at", "pk")


class Words(models.Model):
    """Something a person said at one time: at first, added later, or said anew to put it right.

    Rows are only ever added, so that what was said at any time can be told. A trigger in the
    database lets the text change in one way: to nothing, when the person takes it back.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("First said")
        ADDITION = "addition", _("Added")
        CORRECTION = "correction", _("Put right")

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField(blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    # Staff who wrote them down for a caller; empty when the person wrote them.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    once_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = WordsQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "kind": "none",
        "text": "special",
        "said_at": "none",
        "entered_by": "pseudonym",
        "once_digest": "pseudonym",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "as the contribution; the text goes at once when the person takes it back"

    class Meta:
        verbose_name_plural = "words"
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=models.Q(kind="original"), name="words_one_original"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} words of {self.contribution_id}"


def as_they_stand(words: list[Words]) -> list[Words]:
    """What someone says now, out of all they said, oldest first: the last wording, then each addition."""
    wordings = [row for row in words if row.kind != Words.Kind.ADDITION]
    return wordings[-1:] + [row for row in words if row.kind == Words.Kind.ADDITION]
