"""Who gets the newsletter, about what, and the evidence that they said yes."""

import datetime
import secrets
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower, TruncMonth
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CONSENT_BASIS = "UK GDPR article 6(1)(a), consent; PECR regulation 22"
_MARK_SALT = "joinedup.newsletter.mark"


class NeverChanged(TypeError):
    """Someone tried to change or delete a row that is evidence."""


def tidy_address(email: str) -> str:
    """An e-mail address as we keep it: without spaces around it, in small letters."""
    return email.strip().lower()


def address_marks(email: str) -> list[str]:
    """The keyed digests (HMAC-SHA256) of an address: with today's secret key first, then the older ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(_MARK_SALT, tidy_address(email), secret=key, algorithm="sha256").hexdigest()
        for key in keys
    ]


def new_link_key() -> str:
    """A fresh key for preference links; giving a subscriber a new one ends all older links."""
    return secrets.token_urlsafe(16)


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reading topics."""

    def offered(self) -> "TopicQuerySet":
        """Those a person can choose today, in order."""
        return self.filter(is_offered=True).order_by("position", "name")

    def with_people(self) -> "TopicQuerySet":
        """Every topic with `people`: how many confirmed subscribers chose it."""
        confirmed = Q(subscribers__state=Subscriber.State.CONFIRMED)
        return self.annotate(people=Count("subscribers", filter=confirmed)).order_by("position", "name")


class Topic(models.Model):
    """A broad subject that people can ask for news about.

    Topics stay broad on purpose: a narrow one would say something about a person's health.
    """

    slug = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    # The name in other languages of the site, by their code.
    names = models.JSONField(_("name in other languages"), default=dict, blank=True)
    description = models.CharField(_("what it covers"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    objects = TopicQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "slug", "name", "names", "description", "position", "is_offered"), "none"
    )

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_here(self) -> str:
        """The name in the language in force, else the English one."""
        return str(self.names.get(get_language() or "", self.name))


Row = TypeVar("Row", bound=models.Model)


class EvidenceQuerySet(models.QuerySet[Row]):
    """Rows that are written once: bulk changes are refused, here and by triggers in the database."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise NeverChanged(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise NeverChanged(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refused: evidence goes with the subscriber it is about, or when its time is over."""
        raise NeverChanged(self.model.__name__)


class Evidence(models.Model):
    """A row that is written once and then kept as it is; the abstract parent of such rows.

    Triggers in the database refuse UPDATE as well (see triggers.py). They let DELETE through: a
    person has a right to be forgotten, and the evidence goes with them.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, once."""
        if not self._state.adding:
            raise NeverChanged(type(self).__name__)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise NeverChanged(type(self).__name__)


class ConsentWordingQuerySet(EvidenceQuerySet["ConsentWording"]):
    """Reading wordings."""

    def current(self, now: datetime.datetime | None = None) -> "ConsentWording":
        """The wording in force in the language of the page, or in English where there is none in it.

        That is the latest that has begun. Raises DoesNotExist when there is none at all.
        """
        begun = self.filter(in_force_from__lte=now or timezone.now()).order_by("-in_force_from", "-pk")
        said = begun.filter(language__in=[get_language() or "", settings.LANGUAGE_CODE])
        rows = sorted(said, key=lambda row: row.language != get_language())
        if not rows:
            raise self.model.DoesNotExist("No words of consent are in force.")
        return rows[0]


class ConsentWording(Evidence):
    """The words a person says yes to when they sign up, in one version and one language.

    A new version is a new row with a later date; older rows stay as they were, because people said
    yes to them. The Bengali wording of version 1 is version 1-bn.
    """

    version = models.CharField(_("version"), max_length=20, unique=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(_("words"), max_length=2000)
    in_force_from = models.DateTimeField(_("in force from"))

    objects = ConsentWordingQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "version", "language", "text", "in_force_from"), "none"
    )

    class Meta:
        ordering = ["in_force_from", "pk"]

    def __str__(self) -> str:
        return self.version


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Reading subscribers."""

    def by_address(self, email: str) -> "SubscriberQuerySet":
        """The one with this address, whatever its capitals; also one who left, known by the mark alone."""
        return self.filter(Q(email=tidy_address(email)) | Q(address_mark__in=address_marks(email)))

    def unconfirmed_since(self, moment: datetime.datetime) -> "SubscriberQuerySet":
        """Those who asked before that moment and never confirmed."""
        return self.filter(state=Subscriber.State.PENDING, asked_at__lt=moment)

    def left_before(self, moment: datetime.datetime) -> "SubscriberQuerySet":
        """Those who left before that moment and have not come back."""
        return self.filter(state=Subscriber.State.LEFT, left_at__lt=moment)

    def count_by(self, field: str) -> dict[str, int]:
        """How many people have each value of a field."""
        rows = self.order_by().values_list(field).annotate(people=Count("pk"))
        return {str(value): people for value, people in rows}


class Subscriber(models.Model):
    """Someone who asked for the newsletter: not yet confirmed, on the list, or gone from it.

    When they leave, their address, name and topics are deleted at once. What stays is a keyed mark
    of the address, which cannot be turned back into it, and the evidence. `left_at` is when they
    last left; it stays when they come back.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Asked, not yet confirmed")
        CONFIRMED = "confirmed", _("On the list")
        LEFT = "left", _("Left")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, null=True, blank=True)
    address_mark = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    topics = models.ManyToManyField(Topic, blank=True, related_name="subscribers", verbose_name=_("topics"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    link_key = models.CharField(max_length=40, default=new_link_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubscriberQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "pseudonym",
        "email": "personal",
        "address_mark": "pseudonym",
        "name": "personal",
        "language": "special",
        "topics": "special",
        "state": "personal",
        "link_key": "secret",
        "created_at": "personal",
        "asked_at": "personal",
        "confirmed_at": "personal",
        "left_at": "personal",
    }
    lawful_basis = CONSENT_BASIS
    retention = "7 days if never confirmed; address, name and topics until they leave; the mark always"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscriber_email_once"),
            models.CheckConstraint(
                condition=Q(state="left", email__isnull=True, name="", left_at__isnull=False)
                | (~Q(state="left") & Q(email__isnull=False)),
                name="subscriber_left_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
                name="subscriber_confirmed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(address_mark="") & ~Q(link_key=""), name="subscriber_has_keys"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="subscriber_by_state")]

    def __str__(self) -> str:
        return f"Subscriber {self.pk} ({self.state})"


class ConsentEventQuerySet(EvidenceQuerySet["ConsentEvent"]):
    """Reading the ledger."""

    def asking(self) -> "ConsentEventQuerySet":
        """Those that a confirmation can answer."""
        return self.filter(kind__in=ConsentEvent.ASKING)

    def ending(self) -> "ConsentEventQuerySet":
        """Those that end what was asked before them."""
        return self.filter(kind__in=(ConsentEvent.Kind.LEFT, ConsentEvent.Kind.LAPSED))

    def after(self, event: "ConsentEvent") -> "ConsentEventQuerySet":
        """What the same person did later."""
        return self.filter(subscriber=event.subscriber_id, pk__gt=event.pk)

    def by_month(self, kinds: Iterable[str]) -> list[tuple[datetime.date, dict[str, int]]]:
        """How many events of each kind each month (London time) saw, latest month first."""
        rows = (
            self.filter(kind__in=kinds)
            .order_by()
            .annotate(month=TruncMonth("at"))
            .values_list("month", "kind")
            .annotate(events=Count("pk"))
        )
        months: dict[datetime.date, dict[str, int]] = {}
        for month, kind, events in rows:
            months.setdefault(month.date(), {})[kind] = events
        return sorted(months.items(), reverse=True)

    def expire(self) -> int:
        """Delete evidence whose time is over. For the action that keeps our promise about it, only."""
        return int(super(EvidenceQuerySet, self).delete()[0])


class ConsentEvent(Evidence):
    """One line of the ledger of consent: what someone did, when, where, and to which words.

    Lines are only ever added, and the state of the subscriber follows from them. They are deleted
    with the subscriber, or three years after the person left.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked to join")
        ASKED_AGAIN = "asked-again", _("Asked again before confirming")
        CONFIRMED = "confirmed", _("Confirmed")
        CHANGED = "changed", _("Changed their choices")
        LEFT = "left", _("Left")
        LAPSED = "lapsed", _("Came back, but did not confirm in time")

    ASKING = (Kind.ASKED, Kind.ASKED_AGAIN)

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    wording = models.ForeignKey(
        ConsentWording, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    page = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentEventQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "pseudonym",
        "subscriber": "pseudonym",
        "kind": "personal",
        "wording": "none",
        "answers": "pseudonym",
        "page": "none",
        "language": "none",
        "at": "personal",
    }
    lawful_basis = "UK GDPR article 7(1): showing that the person said yes"
    retention = "3 years after the person leaves"

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["asked", "asked-again", "confirmed"]) | Q(wording__isnull=False),
                name="consent_has_wording",
            ),
            models.CheckConstraint(
                condition=Q(kind="confirmed", answers__isnull=False)
                | (~Q(kind="confirmed") & Q(answers__isnull=True)),
                name="consent_confirmed_answers",
            ),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="consent_by_kind")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.subscriber_id}"
