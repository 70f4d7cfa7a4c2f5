"""A contribution: one thing that someone told the partnership."""

import datetime
from contextlib import suppress
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, Permission, Scope
from joinedup.involve.contributions import references
from joinedup.involve.contributions.contact import check_phone, check_postcode, phone_as_kept


def check_needs(value: object) -> None:
    """Field validator: a list of needs that we know, none twice."""
    known = set(Contribution.Need.values)
    if not isinstance(value, list) or not set(value) <= known or len(set(value)) != len(value):
        raise ValidationError(_("Choose from the list of needs."), code="needs")


def _of_someone(text: str) -> Q:
    """Whether the text finds a person: in their name, or as their email address or phone number."""
    found = Q(name__icontains=text) | Q(email__iexact=text)
    try:
        return found | Q(phone=phone_as_kept(text))
    except ValidationError:
        return found


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Reading contributions."""

    def for_user(
        self, user: object, permission: Permission = Permission.CONTRIBUTION_VIEW
    ) -> "ContributionQuerySet":
        """Those for which the user's roles carry the permission: all, their organisations', or none."""
        held = getattr(user, "held_roles", None)
        own: set[int] = set()
        for key, organisation_id in held() if held is not None else ():
            role = ROLES.get(key)
            if role is None or permission not in role.permissions:
                continue
            if role.scope is Scope.PARTNERSHIP:
                return self.all()
            if organisation_id is not None:
                own.add(organisation_id)
        return self.filter(organisation_id__in=own) if own else self.none()

    def open(self) -> "ContributionQuerySet":
        """Those that still wait for an answer."""
        return self.filter(state__in=Contribution.OPEN)

    def late(self, day: datetime.date) -> "ContributionQuerySet":
        """Those for which a promise was broken: unread, or unanswered, after the day we named."""
        unread = Q(state=Contribution.State.RECEIVED, read_by_on__lt=day)
        return self.open().filter(unread | Q(answer_by_on__lt=day))

    def searching(self, text: str, *, by: object = None) -> "ContributionQuerySet":
        """Those with the text in their words, their reference, or the service they name.

        Where `by` may answer or enter, and so works with contact details, also those whose name has
        the text in it, or whose email address or phone number it is.
        """
        found = Q(words__text__icontains=text) | Q(service_or_place__icontains=text)
        reference = references.parse(text)
        found |= Q(reference=reference) if reference else Q(reference__icontains=text)
        # Words join as several rows, so keys are gathered first and each contribution comes once.
        keys = Q(pk__in=Contribution.objects.filter(found).order_by().values("pk"))
        for permission in (Permission.CONTRIBUTION_ANSWER, Permission.CONTRIBUTION_ENTER):
            theirs = Contribution.objects.for_user(by, permission).filter(_of_someone(text))
            keys |= Q(pk__in=theirs.order_by().values("pk"))
        return self.filter(keys)

    def of_person(self, who: str) -> "ContributionQuerySet":
        """Those of someone known by email address, telephone number or reference, exactly."""
        theirs = Q(email__iexact=who.strip(), email__gt="") | Q(reference=references.parse(who) or "-")
        with suppress(ValidationError):
            theirs |= Q(phone=phone_as_kept(who))
        return self.filter(theirs)

    def with_details(self) -> "ContributionQuerySet":
        """Those that still say who the person is, how to reach them or what they need."""
        empty = Q(needs=[])
        for field in Contribution.DETAILS:
            empty &= Q(**{field: ""})
        return self.exclude(empty)

    def soonest_after(self, contribution: "Contribution") -> "ContributionQuerySet":
        """Those behind that one in a list with what is owed first on top."""
        due, came = contribution.answer_by_on, contribution.received_at
        behind = Q(received_at__gt=came) | Q(received_at=came, pk__gt=contribution.pk)
        return self.filter(Q(answer_by_on__gt=due) | Q(behind, answer_by_on=due))

    def newest_after(self, contribution: "Contribution") -> "ContributionQuerySet":
        """Those behind that one in a list with the latest on top."""
        came = contribution.received_at
        return self.filter(Q(received_at__lt=came) | Q(received_at=came, pk__lt=contribution.pk))

    def undelivered(self) -> "ContributionQuerySet":
        """Those with an answer by email that could not be delivered."""
        failed = Contribution.objects.filter(answers__message__state="failed").order_by().values("pk")
        return self.filter(pk__in=failed)

    def soonest_first(self) -> "ContributionQuerySet":
        """What is owed first stands first."""
        return self.order_by("answer_by_on", "received_at", "pk")

    def newest_first(self) -> "ContributionQuerySet":
        """Latest first."""
        return self.order_by("-received_at", "-pk")


class Contribution(models.Model):
    """One thing someone told the partnership: feedback on what happened, or an idea.

    It carries who speaks, how they want to be answered and what they need for it, and the two days
    we promised: read by, and answered by. The words themselves are rows of their own (see Words),
    so that nothing said is ever overwritten.
    """

    class Kind(models.TextChoices):
        FEEDBACK = "feedback", _("Feedback")
        IDEA = "idea", _("Idea")

    class Speaker(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        PATIENT = "patient", _("Patient")
        CARER = "carer", _("Carer")
        STAFF = "staff", _("Member of staff")

    class About(models.TextChoices):
        SELF = "self", _("Themselves, or what they saw")
        SOMEONE_ELSE = "someone-else", _("Someone else")

    class ReplyBy(models.TextChoices):
        EMAIL = "email", _("Email")
        PHONE = "phone", _("Phone call")
        LETTER = "letter", _("Letter")
        NONE = "none", _("No answer sent")

    class Channel(models.TextChoices):
        WEB = "web", _("The form on our website")
        PHONE = "phone", _("A phone call")
        PAPER = "paper", _("A letter or a paper form")
        IN_PERSON = "in-person", _("Face to face")

    class Need(models.TextChoices):
        EASY_READ = "easy-read", _("Easy read")
        LARGE_PRINT = "large-print", _("Large print")
        BSL = "bsl", _("British Sign Language")
        AUDIO = "audio", _("Audio")
        BRAILLE = "braille", _("Braille")
        INTERPRETER = "interpreter", _("An interpreter")
        SOMEONE_ELSE = "someone-else", _("Someone else to speak to for me")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        IN_PROGRESS = "in-progress", _("Being looked at")
        COMPLETED = "completed", _("Answered")
        REVOKED = "revoked", _("Taken back")

    OPEN: ClassVar[tuple[str, ...]] = (State.RECEIVED, State.IN_PROGRESS)
    # What is removed when someone takes back what they said; a constraint holds it.
    REMOVED: ClassVar[tuple[str, ...]] = (
        "service_or_place",
        "name",
        "email",
        "phone",
        "address_line_1",
        "address_line_2",
        "town",
        "postcode",
        "needs_other",
    )

    # What goes when nobody needs to reach the person any more; the words and the place they name stay.
    DETAILS: ClassVar[tuple[str, ...]] = tuple(name for name in REMOVED if name != "service_or_place")

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    speaker = models.CharField(_("who speaks"), max_length=20, choices=Speaker.choices)
    about = models.CharField(_("about"), max_length=20, choices=About.choices)
    service_or_place = models.CharField(_("service or place"), max_length=200, blank=True)

    reply_by = models.CharField(_("answer wanted"), max_length=10, choices=ReplyBy.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("email"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, validators=[check_phone])
    address_line_1 = models.CharField(_("address"), max_length=120, blank=True)
    address_line_2 = models.CharField(_("address, second line"), max_length=120, blank=True)
    town = models.CharField(_("town or city"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True, validators=[check_postcode])
    # A key of PARTNERSHIP["languages"]: which there are is the place's own data, so not choices here.
    language = models.CharField(_("language"), max_length=10, default="en")
    needs = models.JSONField(_("needs"), default=list, blank=True, validators=[check_needs])
    needs_other = models.CharField(_("needs, in their words"), max_length=300, blank=True)

    # They said that others may read their words, without their name.
    may_publish = models.BooleanField(_("words may be shown"), default=False)

    channel = models.CharField(_("came by"), max_length=20, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    once_digest = models.CharField(max_length=64, unique=True, editable=False)
    word_digest = models.CharField(max_length=64, editable=False)

    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    read_by_on = models.DateField(_("to be read by"))
    answer_by_on = models.DateField(_("to be answered by"))
    # When they last told us something; an answer counts only if it was written after it.
    last_heard_at = models.DateTimeField(_("last heard from"), default=timezone.now)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # One answer goes to all of a case, from all who have a part in it; see actions/together.py.
    in_case = models.BooleanField(_("answered with others"), default=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    completed_at = models.DateTimeField(_("answered"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "pseudonym",
        "reference": "pseudonym",
        "kind": "none",
        "speaker": "personal",
        "about": "personal",
        "service_or_place": "special",
        "reply_by": "personal",
        "name": "personal",
        "email": "personal",
        "phone": "personal",
        "address_line_1": "personal",
        "address_line_2": "personal",
        "town": "personal",
        "postcode": "personal",
        "language": "personal",
        "needs": "special",
        "needs_other": "special",
        "may_publish": "none",
        "channel": "none",
        "entered_by": "pseudonym",
        "once_digest": "pseudonym",
        "word_digest": "secret",
        "state": "none",
        "received_at": "none",
        "read_by_on": "none",
        "answer_by_on": "none",
        "last_heard_at": "none",
        "organisation": "none",
        "assigned_to": "pseudonym",
        "in_case": "none",
        "started_at": "none",
        "completed_at": "none",
        "withdrawn_at": "none",
    }
    lawful_basis = (
        "UK GDPR article 6(1)(e), public task: involving people (NHS Act 2006 sections 13Q, 14Z45 and 242);"
        " article 9(2)(h) where it tells of health or care"
    )
    retention = (
        "3 years after it was answered, then contact details go; at once when the person takes it back"
    )

    class Meta:
        indexes = [
            # The last three columns are there so that the queue is put in order without reading the rows.
            models.Index(
                fields=["state", "answer_by_on", "received_at", "last_heard_at", "read_by_on"],
                name="contribution_owed",
            ),
            models.Index(fields=["organisation", "state", "answer_by_on"], name="contribution_owed_by"),
            models.Index(fields=["-received_at"], name="contribution_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(channel="web") | Q(entered_by__isnull=True), name="contribution_web_by_nobody"
            ),
            models.CheckConstraint(
                condition=Q(assigned_to__isnull=True) | Q(organisation__isnull=False),
                name="contribution_person_of_organisation",
            ),
            models.CheckConstraint(
                condition=Q(state="received", started_at__isnull=True)
                | Q(state__in=["in-progress", "completed"], started_at__isnull=False)
                | Q(state="revoked"),
                name="contribution_started_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | Q(state__in=["received", "in-progress"], completed_at__isnull=True)
                | Q(state="revoked"),
                name="contribution_completed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="revoked",
                    withdrawn_at__isnull=False,
                    service_or_place="",
                    name="",
                    email="",
                    phone="",
                    address_line_1="",
                    address_line_2="",
                    town="",
                    postcode="",
                    needs_other="",
                )
                | (~Q(state="revoked") & Q(withdrawn_at__isnull=True)),
                name="contribution_revoked_is_empty",
            ),
            models.CheckConstraint(
                # While an answer is owed; afterwards contact details may go (see `retention`).
                condition=Q(state__in=["completed", "revoked"])
                | Q(reply_by="none")
                | (Q(reply_by="email") & ~Q(email=""))
                | (Q(reply_by="phone") & ~Q(phone=""))
                | (Q(reply_by="letter") & ~Q(address_line_1="") & ~Q(postcode="")),
                name="contribution_can_be_answered",
            ),
            models.CheckConstraint(
                condition=Q(answer_by_on__gte=F("read_by_on")), name="contribution_read_before_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key: the reference, nothing of what was said."""
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.state in self.OPEN

    def is_late(self, day: datetime.date) -> bool:
        """Whether a promise was broken by that day (as `late`, for one)."""
        unread = self.state == self.State.RECEIVED and self.read_by_on < day
        return self.is_open and (unread or self.answer_by_on < day)

    @property
    def language_name(self) -> str:
        """The language as the place's list names it."""
        languages: dict[str, str] = settings.PARTNERSHIP["languages"]
        return languages.get(self.language, self.language)

    @property
    def need_names(self) -> list[str]:
        """The needs in words."""
        return [str(self.Need(need).label) for need in self.needs]

    @property
    def address(self) -> list[str]:
        """Where a letter goes, line by line."""
        lines = [self.name, self.address_line_1, self.address_line_2, self.town, self.postcode]
        return [line for line in lines if line]
