"""People who sign in, their memberships of organisations, and invitations."""

import datetime
import hashlib
import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES

INVITATION_LASTS = datetime.timedelta(days=7)
INVITATION_KEPT = datetime.timedelta(days=30)
ACCOUNT_KEPT = datetime.timedelta(days=365)
NO_DOMAIN = "removed.invalid"  # RFC 2606: no mail can ever go there
ADMINISTRATOR = "administrator"


class UserManager(BaseUserManager["User"]):
    """Making users. There are no superusers: what someone may do comes from roles alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with that email; without a password nobody can sign in as them yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """By email, whatever its capitals."""
        return self.get(email__iexact=username)


class UserQuerySet(models.QuerySet["User"]):
    """Reading users."""

    def left_before(self, day: datetime.date) -> "UserQuerySet":
        """Those whose last role ended before that day, and whose name and address are still here."""
        lasting = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=day)
        stays = self.filter(lasting).values("pk")
        found = self.filter(memberships__ends_on__lt=day).exclude(pk__in=stays)
        return found.exclude(email__endswith=f"@{NO_DOMAIN}").distinct()


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # Wagtail has no types
    """Someone who signs in with an email address: staff of a partner, or of the platform itself.

    What they may do comes from roles held in organisations (see Membership). Residents do not need
    an account for anything.
    """

    email = models.EmailField(_("email address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_sample = models.BooleanField(_("invented, for demonstration"), default=False, editable=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager.from_queryset(UserQuerySet)()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    personal_data: ClassVar[dict[str, str]] = {
        "id": "pseudonym",
        "password": "secret",
        "last_login": "personal",
        "is_superuser": "none",
        "email": "personal",
        "name": "personal",
        "is_active": "none",
        "is_sample": "none",
        "joined_at": "personal",
        "groups": "none",
        "user_permissions": "none",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: staff need an account to do this work"
    retention = "until 12 months after the last membership ends, then name and address are removed"

    class Meta:
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_never_superuser"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name shown in the workspace and in the page editor's history."""
        return self.name or self.email

    get_short_name = get_full_name
    first_name = property(get_full_name)
    last_name = ""

    @property
    def may_sign_in(self) -> bool:
        """Active, and not an invented person on a real site, whatever else the database says."""
        return self.is_active and not (self.is_sample and settings.IS_PRODUCTION)

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return self.get_full_name()

    @property
    def actor_kind(self) -> str:
        """The label under which the audit knows this actor."""
        return "foundation_identity.user"

    @property
    def actor_id(self) -> str:
        """The key under which the audit knows this actor."""
        return str(self.pk)

    @cached_property
    def _held(self) -> list[tuple[str, int | None]]:
        return list(self.memberships.in_force(timezone.localdate()).values_list("role", "organisation_id"))

    def held_roles(self) -> list[tuple[str, int | None]]:
        """Role and organisation of each membership in force today; one query, kept for the request."""
        return self._held if self.may_sign_in else []

    def forget_held_roles(self) -> None:
        """Look the roles up again when next asked: they were changed."""
        self.__dict__.pop("_held", None)

    def organisation_ids(self) -> set[int]:
        """The organisations this person acts for today."""
        return {
            organisation_id for _role, organisation_id in self.held_roles() if organisation_id is not None
        }


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reading memberships."""

    def in_force(self, day: datetime.date) -> "MembershipQuerySet":
        """Begun, and not ended, on that day. The day it ends on is the first without it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)

    def ended(self, day: datetime.date) -> "MembershipQuerySet":
        """Over on that day."""
        return self.filter(ends_on__lte=day)

    def of_administrators(self, day: datetime.date) -> "MembershipQuerySet":
        """Administrators who can do their work that day: in force, active, with a password of their own."""
        found = self.in_force(day).filter(role=ADMINISTRATOR, user__is_active=True)
        found = found.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX).exclude(user__password="")
        return found.exclude(user__is_sample=True) if settings.IS_PRODUCTION else found

    def matching(self, words: str) -> "MembershipQuerySet":
        """Those whose person's name or email address holds each of these words."""
        found = self
        for word in words.split():
            found = found.filter(Q(user__name__icontains=word) | Q(user__email__icontains=word))
        return found

    def for_list(self) -> "MembershipQuerySet":
        """With person and organisation, and whether an invitation waits; in the order of names."""
        waiting = Invitation.objects.open().filter(user=OuterRef("user"))
        found = self.select_related("user", "organisation").annotate(invitation_waits=Exists(waiting))
        return found.order_by("user__name", "user__email", "organisation__name", "role", "pk")


class Membership(models.Model):
    """That a person acts for an organisation in a role, from a day until a day.

    It is ended, never deleted, so that what someone was allowed to do on a past day can be told.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        _("role"), max_length=40, choices=[(role.key, role.name) for role in ROLES.values()]
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "user": "pseudonym",
        "organisation": "none",
        "role": "personal",
        "starts_on": "personal",
        "ends_on": "personal",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing who may do what"
    retention = "8 years after it ends, with the audit it explains"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="staff_membership_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at {self.organisation_id}"

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today."""
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on > today)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reading invitations."""

    def open(self) -> "InvitationQuerySet":
        """Neither used nor out of date; its person has no password yet and has not left meanwhile."""
        waiting = Q(user__password="") | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(
            waiting, accepted_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True
        )

    def finished_before(self, moment: datetime.datetime) -> "InvitationQuerySet":
        """Used or run out before that moment."""
        return self.filter(Q(accepted_at__lt=moment) | Q(expires_at__lt=moment))

    def by_secret(self, secret: str) -> "Invitation | None":
        """The open invitation whose link carries this secret."""
        return self.open().select_related("user").filter(secret_digest=Invitation.digest(secret)).first()


class Invitation(models.Model):
    """A link by email with which someone chooses their password, once, within seven days.

    Only a digest of the link's secret is kept.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "user": "pseudonym",
        "secret_digest": "secret",
        "invited_at": "personal",
        "expires_at": "none",
        "accepted_at": "personal",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: letting the right person in"
    retention = "30 days after it is used or runs out"

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @staticmethod
    def digest(secret: str) -> str:
        """SHA-256 of the secret in the link; the secret is 256 random bits, so no salt is needed."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @staticmethod
    def new_secret() -> str:
        """A fresh secret for a link."""
        return secrets.token_urlsafe(32)
