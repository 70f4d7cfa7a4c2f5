"""What the sorter suggests of a contribution, and what a person decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from joinedup.involve.contributions.models import Contribution
from joinedup.involve.themes.models import Theme


class Tone(models.TextChoices):
    """How someone speaks of it."""

    POSITIVE = "positive", pgettext_lazy("tone", "Content")
    NEUTRAL = "neutral", pgettext_lazy("tone", "Neutral or mixed")
    NEGATIVE = "negative", pgettext_lazy("tone", "Not content")


class Suggestion(models.Model):
    """What the sorter makes of what someone says now: a hint for the reader, on which nothing rests.

    It goes when the person takes back what they said, and is made anew when they say more. Whatever it
    says, a person reads the words; what has none, or is pressing, is read first.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="suggestion")
    heard_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    sorter = models.CharField(max_length=40)
    label = models.CharField(max_length=80, blank=True)
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tone = models.CharField(max_length=10, choices=Tone.choices, blank=True)
    confidence = models.FloatField(default=0)
    severity = models.FloatField(default=0)
    # Words of danger were found, or it ranks among the most severe.
    is_pressing = models.BooleanField(default=False)
    has_danger_words = models.BooleanField(default=False)
    because = models.JSONField(default=list, blank=True)
    near = models.ForeignKey(Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    likeness = models.FloatField(default=0)

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "heard_at": "none",
        "made_at": "none",
        "sorter": "none",
        "label": "special",
        "theme": "special",
        "tone": "personal",
        "confidence": "none",
        "severity": "personal",
        "is_pressing": "special",
        "has_danger_words": "special",
        "because": "special",
        "near": "pseudonym",
        "likeness": "none",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "as the contribution; goes at once when the person takes back what they said"

    class Meta:
        indexes = [
            models.Index(fields=["is_pressing"], name="suggestion_pressing", condition=Q(is_pressing=True))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="suggestion_confidence_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(likeness__gte=0, likeness__lte=1), name="suggestion_likeness_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"Suggestion for {self.contribution_id}"

    @property
    def percent(self) -> int:
        """How sure the sorter is of the theme, in whole per cent."""
        return round(100 * self.confidence)


class SortingQuerySet(models.QuerySet["Sorting"]):
    """Reading what people decided."""

    def newest_first(self) -> "SortingQuerySet":
        """The one that stands first."""
        return self.order_by("-sorted_at", "-pk")

    def corrections(self) -> "SortingQuerySet":
        """Those where the person decided otherwise than the sorter had suggested."""
        return self.filter(agreed=False)


class Sorting(models.Model):
    """What a person decided after reading: what it is about, how it sounds, whether it is urgent.

    Rows are only ever added; the last one stands. Beside the decision it keeps what had been suggested,
    so that it can be told how often the sorter is wrong.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="sortings")
    theme = models.ForeignKey(Theme, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tone = models.CharField(_("tone"), max_length=10, choices=Tone.choices, blank=True)
    is_urgent = models.BooleanField(_("someone may come to harm"), default=False)
    suggested_theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    suggested_label = models.CharField(max_length=80, blank=True)
    suggested_tone = models.CharField(max_length=10, blank=True)
    sorter = models.CharField(max_length=40, blank=True)
    agreed = models.BooleanField(null=True)
    """Whether it is the theme that was suggested; None where none was."""
    sorted_at = models.DateTimeField(default=timezone.now)
    sorted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SortingQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "theme": "special",
        "tone": "personal",
        "is_urgent": "special",
        "suggested_theme": "special",
        "suggested_label": "special",
        "suggested_tone": "personal",
        "sorter": "none",
        "agreed": "none",
        "sorted_at": "none",
        "sorted_by": "pseudonym",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "as the contribution; themes and tones stay, for counts, without a word of what was said"

    class Meta:
        indexes = [
            models.Index(fields=["contribution", "-sorted_at"], name="sorting_last"),
            models.Index(fields=["contribution"], name="sorting_urgent", condition=Q(is_urgent=True)),
        ]

    def __str__(self) -> str:
        return f"Sorting of {self.contribution_id}"
