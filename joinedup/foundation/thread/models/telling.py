"""Telling those who spoke what came of it, and what they say to that."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.thread.models.link import Link
from joinedup.foundation.thread.plugs import Form

BASIS = (
    "UK GDPR article 6(1)(e), public task: involving people and telling them what came of it"
    " (NHS Act 2006 sections 13Q, 14Z45 and 242)"
)
RETENTION = "as long as the link it tells of; it holds keys and dates, and no word of the people told"


class TellingQuerySet(models.QuerySet["Telling"]):
    """Reading tellings."""

    def offered(self) -> "TellingQuerySet":
        """Those about which nobody has decided."""
        return self.filter(state=Telling.State.OFFERED)

    def going_out(self) -> "TellingQuerySet":
        """Those that are decided and still go out."""
        return self.filter(state=Telling.State.SENDING)


class Telling(models.Model):
    """Something came about, and everyone at the start of the way there may be told.

    It is offered when a link is tied and when an outcome is reached. Someone decides in which words, or
    says why not; nobody is told unasked.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Not yet decided")
        SENDING = "sending", _("Going out")
        TOLD = "told", _("Told")
        DECLINED = "declined", _("Not told")

    about_kind = models.CharField(max_length=80)
    about_key = models.PositiveBigIntegerField()
    link = models.OneToOneField(Link, null=True, blank=True, on_delete=models.PROTECT, related_name="telling")
    # For what is no link: what was reached, so that it is offered once.
    occasion = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    text = models.TextField(_("what we tell them"), max_length=2000, blank=True)
    why_not = models.TextField(_("why nobody is told"), max_length=600, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_kind = models.CharField(max_length=80, blank=True)
    decided_by_key = models.CharField(max_length=80, blank=True)

    objects = TellingQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "about_kind": "none",
        "about_key": "none",
        "link": "none",
        "occasion": "none",
        "state": "none",
        "text": "none",
        "why_not": "none",
        "offered_at": "none",
        "decided_at": "none",
        "decided_by_kind": "none",
        "decided_by_key": "pseudonym",
    }
    lawful_basis = BASIS
    retention = RETENTION

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_key"], name="telling_by_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["about_kind", "about_key", "occasion"],
                condition=Q(link__isnull=True),
                name="telling_once_an_occasion",
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, occasion="") | (Q(link__isnull=True) & ~Q(occasion="")),
                name="telling_has_an_occasion",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at__isnull=True)
                | (Q(state__in=["sending", "told"], decided_at__isnull=False) & ~Q(text=""))
                | (Q(state="declined", decided_at__isnull=False) & ~Q(why_not="")),
                name="telling_decided_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Telling {self.pk} of {self.about_kind} {self.about_key}"

    @property
    def about(self) -> tuple[str, int]:
        """What came about."""
        return self.about_kind, self.about_key


class ToldQuerySet(models.QuerySet["Told"]):
    """Reading who is told."""

    def waiting(self) -> "ToldQuerySet":
        """Those whom nobody has told yet, though someone decided to."""
        return self.filter(told_on__isnull=True, gone_on__isnull=True)

    def disputed(self) -> "ToldQuerySet":
        """Those who say that it has not changed, and wait for what we say to that."""
        return self.filter(waits_for_reply=True)

    def of_voice(self, kind: str, key: int) -> "ToldQuerySet":
        """What one voice was told."""
        return self.filter(voice_kind=kind, voice_key=key)


class Told(models.Model):
    """One of those who spoke, told of one thing that came about, and what they say to it.

    It knows them by the key of what they said and by nothing else.
    """

    class Verdict(models.TextChoices):
        NONE = "", _("No word yet")
        CONFIRMED = "confirmed", _("Yes, it changed")
        DISPUTED = "disputed", _("No, it has not changed")

    telling = models.ForeignKey(Telling, on_delete=models.CASCADE, related_name="told")
    voice_kind = models.CharField(max_length=80)
    voice_key = models.PositiveBigIntegerField()
    form = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Form])
    told_on = models.DateField(null=True, blank=True)
    noted_by_key = models.CharField(max_length=80, blank=True)
    gone_on = models.DateField(null=True, blank=True)
    """When it turned out that they are not told: out of reach, or they or we took something back."""
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.NONE, blank=True)
    verdict_on = models.DateField(null=True, blank=True)
    # They dispute it, and nobody has answered since; an earlier reply stays when they say so again.
    waits_for_reply = models.BooleanField(default=False)
    reply = models.TextField(_("what we say to that"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by_key = models.CharField(max_length=80, blank=True)

    objects = ToldQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "telling": "none",
        "voice_kind": "none",
        "voice_key": "pseudonym",
        "form": "personal",
        "told_on": "none",
        "noted_by_key": "pseudonym",
        "gone_on": "none",
        "verdict": "personal",
        "verdict_on": "none",
        "waits_for_reply": "none",
        "reply": "personal",
        "replied_at": "none",
        "replied_by_key": "pseudonym",
    }
    lawful_basis = BASIS
    retention = RETENTION

    class Meta:
        verbose_name_plural = "told"
        indexes = [
            models.Index(fields=["voice_kind", "voice_key"], name="told_by_voice"),
            models.Index(fields=["told_on"], name="told_waiting", condition=Q(told_on__isnull=True)),
            models.Index(fields=["verdict_on"], name="told_disputed", condition=Q(waits_for_reply=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["telling", "voice_kind", "voice_key"], name="told_once_each"),
            models.CheckConstraint(
                condition=Q(verdict="", verdict_on__isnull=True)
                | (~Q(verdict="") & Q(verdict_on__isnull=False)),
                name="told_verdict_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True)
                | (~Q(reply="") & Q(replied_at__isnull=False) & ~Q(verdict="")),
                name="told_reply_to_a_word",
            ),
            models.CheckConstraint(
                condition=Q(waits_for_reply=False) | Q(verdict="disputed"), name="told_waits_after_a_dispute"
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | Q(gone_on__isnull=True), name="told_or_gone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_kind} {self.voice_key} told of {self.telling_id}"

    @property
    def voice(self) -> tuple[str, int]:
        """Who is told, as the thread knows them."""
        return self.voice_kind, self.voice_key
