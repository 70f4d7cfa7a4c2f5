"""`manage.py build_search_index`: everything the public may find, as it is now."""

from typing import Any

from django.core.management.base import BaseCommand

from joinedup.inform.search.jobs import build


class Command(BaseCommand):
    """Safe to run again, and while people search: what is right stays untouched."""

    help = "Make the search index hold exactly what is public."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say what was found and done."""
        built = build()
        self.stdout.write(
            f"{built.entries} can be found; {built.changed} were added or changed, {built.removed} removed."
        )
