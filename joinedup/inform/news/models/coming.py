"""Who comes to an event, and what they need so that they can."""

import datetime
import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.inform.news import phones
from joinedup.inform.news.access_words import Need
from joinedup.inform.news.models.events import EventPage

MOST_PEOPLE = 10  # in one sign-up; a larger group rings us
DETAILS = ("name", "phone", "needs", "interpreter_language", "needs_other", "wording")
KEPT_FOR = datetime.timedelta(days=28)  # after the event


def check_needs(keys: object) -> None:
    """Field validator: a list of needs that we know."""
    if not isinstance(keys, list) or any(key not in Need.values for key in keys):
        raise ValidationError(_("Choose from the list."), code="needs")


class EventSignUpQuerySet(models.QuerySet["EventSignUp"]):
    """Reading sign-ups."""

    def placed(self) -> "EventSignUpQuerySet":
        """Those with a place."""
        return self.filter(state=EventSignUp.State.PLACED)

    def without_details(self) -> "EventSignUpQuerySet":
        """Without what a person wrote about themselves: the public site has no right to read it back."""
        return self.defer(*DETAILS)

    def waiting(self) -> "EventSignUpQuerySet":
        """Those on the waiting list, who asked first on top."""
        return self.filter(state=EventSignUp.State.WAITING).in_order()

    def standing(self) -> "EventSignUpQuerySet":
        """Those with a place or waiting for one."""
        return self.exclude(state=EventSignUp.State.WITHDRAWN)

    def of_address(self, email: str) -> "EventSignUpQuerySet":
        """Those with this e-mail address, however it is written; none for an empty one."""
        return self.filter(email__iexact=email) if email else self.none()

    def in_order(self) -> "EventSignUpQuerySet":
        """Who asked first on top."""
        return self.order_by("created_at", "pk")

    def of_person(self, who: str) -> "EventSignUpQuerySet":
        """Those of the person with this e-mail address or phone number, as typed."""
        typed = who.strip()
        try:
            phone = phones.as_kept(typed)
        except ValidationError:
            phone = ""
        theirs = Q(email__iexact=typed) if "@" in typed else Q(phone=phone) & ~Q(phone="")
        return self.filter(theirs)

    def people(self) -> int:
        """How many people these are together."""
        return int(self.aggregate(people=Sum("people"))["people"] or 0)

    def is_full(self, room_for: int) -> bool:
        """Whether no place is left."""
        return self.placed().people() >= room_for

    def to_forget(self, now: datetime.datetime) -> "EventSignUpQuerySet":
        """Those of events that ended 28 days ago or earlier."""
        return self.filter(event__end_at__lte=now - KEPT_FOR)


class EventSignUp(models.Model):
    """That someone wants to come to an event, alone or with others, and what they need for it.

    They have a place or wait for one. Someone who takes it back leaves an empty row, so that their
    link still says so; 28 days after the event every row goes. `told` is what they last heard from
    us, so that nobody is told twice and nobody is forgotten.
    """

    class State(models.TextChoices):
        PLACED = "placed", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        WITHDRAWN = "withdrawn", _("Does not come")

    class Told(models.TextChoices):
        PLACED = "placed", _("That they have a place")
        WAITING = "waiting", _("That they are on the waiting list")
        CANCELLED = "cancelled", _("That the event is cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=State.choices)
    told = models.CharField(max_length=10, choices=Told.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("email address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    people = models.PositiveSmallIntegerField(
        _("how many people"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)]
    )
    needs = models.JSONField(_("what they need"), default=list, blank=True, validators=[check_needs])
    interpreter_language = models.CharField(_("language of the interpreter"), max_length=10, blank=True)
    needs_other = models.CharField(_("in their own words"), max_length=400, blank=True)
    language = models.CharField(_("language we write in"), max_length=10, default="en")
    wording = models.CharField(max_length=20)
    once_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EventSignUpQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "pseudonym",
        "event": "special",
        "state": "personal",
        "told": "personal",
        "name": "personal",
        "email": "personal",
        "phone": "personal",
        "people": "personal",
        "needs": "special",
        "interpreter_language": "special",
        "needs_other": "special",
        "language": "special",
        "wording": "none",
        "once_digest": "pseudonym",
        "created_at": "personal",
        "withdrawn_at": "personal",
    }
    lawful_basis = (
        "UK GDPR article 6(1)(e), public task: holding an event people can come to; "
        "access needs: article 9(2)(a), explicit consent"
    )
    retention = "28 days after the event; details at once when the person takes it back"

    class Meta:
        indexes = [models.Index(fields=["event", "state", "created_at"], name="sign_up_by_event")]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="sign_up_some_people"
            ),
            models.CheckConstraint(
                condition=Q(
                    state="withdrawn",
                    withdrawn_at__isnull=False,
                    name="",
                    email="",
                    phone="",
                    interpreter_language="",
                    needs_other="",
                )
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True) & ~Q(email="", phone="")),
                name="sign_up_empty_or_reachable",
            ),
        ]

    def __str__(self) -> str:
        return f"Sign-up {self.pk} ({self.state})"

    @property
    def need_names(self) -> list[str]:
        """What they ticked, in words, in our order."""
        return [str(need.label) for need in Need if need.value in self.needs]

    def owed(self) -> str:
        """What they must hear now: one of `Told`."""
        return str(self.Told.CANCELLED if self.event.is_cancelled else self.state)

    @property
    def is_to_be_told(self) -> bool:
        """Whether something changed that they have not heard."""
        return self.state != self.State.WITHDRAWN and self.told != self.owed()
