"""The links of the thread."""

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.thread.plugs import STEPS, Part

# UNION and not UNION ALL, so that it ends whatever is tied to what.
_ONWARDS = """WITH RECURSIVE way (id, end_kind, end_key) AS (
    SELECT id, end_kind, end_key FROM foundation_thread_link WHERE ended_at IS NULL AND (%(some)s)
    UNION
    SELECT l.id, l.end_kind, l.end_key FROM foundation_thread_link l
    JOIN way ON l.start_kind = way.end_kind AND l.start_key = way.end_key WHERE l.ended_at IS NULL
) SELECT id FROM way"""


class LinkQuerySet(models.QuerySet["Link"]):
    """Reading links."""

    def standing(self) -> "LinkQuerySet":
        """Those that nobody has taken back."""
        return self.filter(ended_at__isnull=True)

    def from_ends(self, ends: list[tuple[str, int]]) -> "LinkQuerySet":
        """Those that begin at one of these (kind, key)."""
        return self.filter(_any("start", ends))

    def to_ends(self, ends: list[tuple[str, int]]) -> "LinkQuerySet":
        """Those that lead to one of these (kind, key)."""
        return self.filter(_any("end", ends))

    def leading_on_from(self, starts: Collection[tuple[str, int]]) -> "LinkQuerySet":
        """Standing ones on every way from these (kind, key), by their day; in one query."""
        if not starts:
            return self.none()
        by_kind: dict[str, list[int]] = {}
        for kind, key in starts:
            by_kind.setdefault(kind, []).append(key)
        some = " OR ".join(
            f"(start_kind = %s AND start_key IN ({', '.join(['%s'] * len(keys))}))"
            for keys in by_kind.values()
        )
        values = [value for kind, keys in by_kind.items() for value in (kind, *keys)]
        return self.filter(pk__in=RawSQL(_ONWARDS % {"some": some}, values)).order_by("on", "pk")  # noqa: S611


def _a_step() -> Q:
    """That one part may follow the other. Parts have an order, so no chain comes back to where it was."""
    found = Q()
    for start, end in STEPS:
        found |= Q(start_part=start.value, end_part=end.value)
    return found


def _any(side: str, ends: list[tuple[str, int]]) -> Q:
    by_kind: dict[str, list[int]] = {}
    for kind, key in ends:
        by_kind.setdefault(kind, []).append(key)
    found = Q(pk__in=[])
    for kind, keys in by_kind.items():
        found |= Q(**{f"{side}_kind": kind, f"{side}_key__in": keys})
    return found


class Link(models.Model):
    """One step of the way from what someone said to what came of it: this led to that, on that day.

    Its ends are named by label and key and not by foreign key, because they stand in areas that know
    nothing of each other. A link is never changed: it is ended, and another one made.
    """

    start_kind = models.CharField(max_length=80)
    start_key = models.PositiveBigIntegerField()
    start_part = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Part])
    end_kind = models.CharField(max_length=80)
    end_key = models.PositiveBigIntegerField()
    end_part = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Part])
    on = models.DateField(_("on"))
    linked_at = models.DateTimeField(default=timezone.now)
    linked_by_kind = models.CharField(max_length=80)
    linked_by_key = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_kind = models.CharField(max_length=80, blank=True)
    ended_by_key = models.CharField(max_length=80, blank=True)

    objects = LinkQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "start_kind": "none",
        "start_key": "pseudonym",
        "start_part": "none",
        "end_kind": "none",
        "end_key": "pseudonym",
        "end_part": "none",
        "on": "none",
        "linked_at": "none",
        "linked_by_kind": "none",
        "linked_by_key": "pseudonym",
        "ended_at": "none",
        "ended_by_kind": "none",
        "ended_by_key": "pseudonym",
    }
    lawful_basis = (
        "UK GDPR article 6(1)(e), public task: involving people and telling them what came of it"
        " (NHS Act 2006 sections 13Q, 14Z45 and 242)"
    )
    retention = "as long as both ends; it holds keys and dates only"

    class Meta:
        indexes = [
            models.Index(fields=["start_kind", "start_key"], name="link_by_start"),
            models.Index(fields=["end_kind", "end_key"], name="link_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["start_kind", "start_key", "end_kind", "end_key"],
                condition=Q(ended_at__isnull=True),
                name="link_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by_kind="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by_kind="")),
                name="link_ended_by_someone",
            ),
            models.CheckConstraint(condition=_a_step(), name="link_is_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.start_kind} {self.start_key} to {self.end_kind} {self.end_key}"

    @property
    def start(self) -> tuple[str, int]:
        """Where it begins."""
        return self.start_kind, self.start_key

    @property
    def end(self) -> tuple[str, int]:
        """Where it leads."""
        return self.end_kind, self.end_key
