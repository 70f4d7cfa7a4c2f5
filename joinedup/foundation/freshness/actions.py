"""Raising and reading the version stamp. No permission is asked: whoever changed a page was asked then."""

from django.db import connection
from django.db.models import F

from joinedup.foundation.freshness.models import Stamp

ONLY = 1
# Read before every public page, so it is written out: building it anew costs more than running it.
_READ = f"SELECT number FROM {Stamp._meta.db_table} WHERE id = %s"  # noqa: S608 - our own table's name


def bump() -> None:
    """Say that public pages changed. Inside a transaction it counts when that is committed."""
    if not Stamp.objects.filter(pk=ONLY).update(number=F("number") + 1):
        Stamp.objects.create(pk=ONLY, number=1)


def current() -> int:
    """The number now; 0 before the first change."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [ONLY])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def overtake(number: int) -> None:
    """Bring the stamp above a number that pages were kept under before (a backup came back)."""
    highest = max(current(), number) + 1
    Stamp.objects.update_or_create(pk=ONLY, defaults={"number": highest})
