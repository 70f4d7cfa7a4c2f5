"""`manage.py check_promises`: where we did not do what we said, on live data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from joinedup.foundation.promises import promises


class Command(BaseCommand):
    """Names every broken promise by kind, key and reference, and ends with an error where there is one."""

    help = "Name every promise that is broken today; ends with 1 where there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each promise that is broken, and one for each place where it is."""
        day, many = timezone.localdate(), 0
        for promise in promises():
            broken = list(promise.broken(day))
            many += len(broken)
            if broken:
                self.stdout.write(f"{promise.key}: {promise.words} Broken {len(broken)} times:")
            for place in broken:
                self.stdout.write(f"  {place}")
        if many:
            raise CommandError(f"{many} broken. See above.", returncode=1)
        self.stdout.write(f"{len(promises())} promises looked at, all kept.")
