"""Stories: what people told us, shown to others with their leave and without their names."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.involve.contributions.models import Contribution

REMOVED = "[…]"


class StoryQuerySet(models.QuerySet["Story"]):
    """Reading stories."""

    def public(self) -> "StoryQuerySet":
        """Those that everyone may read."""
        return self.filter(state=Story.State.ACTIVE)

    def newest_first(self) -> "StoryQuerySet":
        """Latest first."""
        return self.order_by("-published_at", "-pk")


class Story(models.Model):
    """One person's words, read by us, with names and other traces taken out, for everyone to read.

    It is made only where the person said that their words may be shown. It comes down when they take them
    back. Everything that stands here was checked; what they said first stays in their contribution.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not yet shown")
        ACTIVE = "active", _("Shown")
        REVOKED = "revoked", _("Taken down")

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="story")
    slug = models.SlugField(_("web address"), max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("the story"), max_length=10_000, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StoryQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "slug": "none",
        "title": "special",
        "text": "special",
        "language": "personal",
        "state": "none",
        "published_at": "none",
        "changed_at": "none",
        "taken_down_at": "none",
        "version": "none",
    }
    lawful_basis = (
        "UK GDPR article 6(1)(a) and 9(2)(a), consent: the person ticked that their words may be shown"
    )
    retention = "until the person takes it back or we take it down"

    class Meta:
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["state", "-published_at"], name="story_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="active") | (Q(published_at__isnull=False) & ~Q(text="") & ~Q(title="")),
                name="story_shown_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | Q(title="", text="", taken_down_at__isnull=False),
                name="story_taken_down_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"Story {self.slug}"

    def get_absolute_url(self) -> str:
        """Its public page, in the language of the moment."""
        return reverse("stories:story", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether everyone may read it."""
        return self.state == self.State.ACTIVE

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key: never a word of it."""
        return f"story {self.pk}"


class Wording(models.Model):
    """How a story stood at one time. What is taken out for someone's safety is taken out of all of them."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(_("why"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "story": "none",
        "number": "none",
        "title": "special",
        "text": "special",
        "written_at": "none",
        "written_by": "pseudonym",
        "why": "none",
    }
    lawful_basis = Story.lawful_basis
    retention = Story.retention

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="wording_numbered")]

    def __str__(self) -> str:
        return f"Wording {self.number} of story {self.story_id}"


class MeToo(models.Model):
    """Someone pressed the button that this happened to them too. It says when, and nothing about who."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="me_too")
    on = models.DateField(default=timezone.localdate)

    personal_data: ClassVar[dict[str, str]] = {"id": "none", "story": "none", "on": "none"}

    class Meta:
        verbose_name_plural = "me too"

    def __str__(self) -> str:
        return f"Also {self.story_id}"
