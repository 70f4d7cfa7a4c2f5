"""Raising and reading the version stamp. No permission is asked: whoever changed a page was asked then."""

from django.db.models import F

from joinedup.foundation.freshness.models import Stamp

ONLY = 1


def bump() -> None:
    """Say that public pages changed. Inside a transaction it counts when that is committed."""
    if not Stamp.objects.filter(pk=ONLY).update(number=F("number") + 1):
        Stamp.objects.create(pk=ONLY, number=1)


def current() -> int:
    """The number now; 0 before the first change."""
    return Stamp.objects.filter(pk=ONLY).values_list("number", flat=True).first() or 0


def overtake(number: int) -> None:
    """Bring the stamp above a number that pages were kept under before (a backup came back)."""
    highest = max(current(), number) + 1
    Stamp.objects.update_or_create(pk=ONLY, defaults={"number": highest})
