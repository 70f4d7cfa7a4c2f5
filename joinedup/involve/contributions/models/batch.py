"""Files of words that people left elsewhere: where they were collected, each file, each row."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, Permission, may
from joinedup.involve.contributions.models.contribution import Contribution

LONGEST_KEY = 80


class Collection(models.Model):
    """Words that one organisation collected in one place or at one time, such as the cards of a library.

    Whatever is brought in under its name is one heap: a card that is in it already never comes in again.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)

    personal_data: ClassVar[dict[str, str]] = {"id": "none", "organisation": "none", "name": "none"}

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="collection_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="collection_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class BatchQuerySet(models.QuerySet["Batch"]):
    """Reading batches."""

    def for_user(self, user: object) -> "BatchQuerySet":
        """Those of the organisations the user enters for; all where that is the whole partnership."""
        permission = Permission.CONTRIBUTION_ENTER
        if may(user, permission, Contribution()):
            return self.all()
        held = getattr(user, "held_roles", None)
        pairs = held() if held is not None else ()
        own = {place for key, place in pairs if key in ROLES and permission in ROLES[key].permissions}
        return self.filter(collection__organisation__in=own - {None}) if own - {None} else self.none()

    def newest_first(self) -> "BatchQuerySet":
        """Latest first."""
        return self.order_by("-brought_in_at", "-pk")


class Batch(models.Model):
    """One file that someone brought in, and what became of its rows.

    Of the rows that were not taken it keeps where they stand and what is wrong, never their words.
    """

    class Way(models.TextChoices):
        PAPER = "paper", _("On paper")
        SURVEY = "survey", _("In a survey")
        EVENT = "event", _("At an event")
        PHONE = "phone", _("By phone")

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="batches")
    way = models.CharField(_("collected"), max_length=10, choices=Way.choices)
    brought_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    brought_in_at = models.DateTimeField(default=timezone.now)
    # Whoever brings it in says that people were told how their words are used.
    were_told = models.BooleanField(default=True)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # Line, column, what is wrong and the key of each row that was not taken, as many as are kept.
    faults = models.JSONField(default=list, blank=True)
    # Headings of columns that were passed over.
    unread = models.JSONField(default=list, blank=True)
    file_digest = models.CharField(max_length=64, editable=False)
    once_digest = models.CharField(max_length=64, unique=True, editable=False)

    objects = BatchQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "collection": "none",
        "way": "none",
        "brought_in_by": "pseudonym",
        "brought_in_at": "none",
        "were_told": "none",
        "added": "none",
        "known": "none",
        "refused": "none",
        "faults": "personal",
        "unread": "none",
        "file_digest": "pseudonym",
        "once_digest": "none",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "what was wrong with which row goes after 90 days; the counts stay"

    class Meta:
        verbose_name_plural = "batches"
        constraints = [
            models.CheckConstraint(condition=Q(were_told=True), name="batch_people_were_told"),
        ]

    def __str__(self) -> str:
        return f"Batch {self.pk} of {self.collection_id}"


class BatchRow(models.Model):
    """That a contribution came in with a file: which, in which line, under which number of theirs.

    It stays when the words are taken back, so that the same file sent again does not bring them back.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="brought_in")
    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=LONGEST_KEY, blank=True)
    said_on = models.DateField(null=True, blank=True)
    # Words and day under a key of ours: it knows the same row again and gives nothing of it away.
    said_digest = models.CharField(max_length=64, editable=False)
    # Something in the words looks like a telephone number, an address or the like.
    has_details = models.BooleanField(default=False)

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "collection": "none",
        "batch": "none",
        "line": "none",
        "key": "pseudonym",
        "said_on": "none",
        "said_digest": "pseudonym",
        "has_details": "none",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "as the contribution; it holds no words, and stays when they are taken back"

    class Meta:
        ordering: ClassVar[list[str]] = ["batch", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "key"], condition=~Q(key=""), name="batch_row_key_once"
            ),
            models.UniqueConstraint(
                fields=["collection", "said_digest"], condition=Q(key=""), name="batch_row_words_once"
            ),
            models.UniqueConstraint(fields=["batch", "line"], name="batch_row_line_once"),
        ]

    def __str__(self) -> str:
        return f"Line {self.line} of batch {self.batch_id}"
