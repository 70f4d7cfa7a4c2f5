"""`manage.py erase_person WHO`: say what would be erased; with `--yes` erase it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from joinedup.foundation.dataprotection.actions import erase, look_up
from joinedup.foundation.permissions import System


class Command(BaseCommand):
    """Make sure first that the person asking is the person, and give them an export if they want one."""

    help = "Erase what is held about one person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and that it is meant."""
        parser.add_argument("who", help="e-mail address, telephone number or reference")
        parser.add_argument("--yes", action="store_true", help="Erase now. It cannot be taken back.")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each place where something is held."""
        by = System("erase_person")
        found = [held for held in look_up(who=options["who"], by=by) if held.entries]
        done = erase(who=options["who"], by=by) if options["yes"] else {}
        for held in found:
            holder, count = held.holder, len(held.entries)
            if holder.erase is None:
                self.stdout.write(f"{count:>6} kept   {holder.what}: {holder.kept_because}")
            elif options["yes"]:
                self.stdout.write(f"{done.get(holder.key, 0):>6} erased {holder.what}")
            else:
                self.stdout.write(f"{count:>6} held   {holder.what}")
        if not found:
            self.stdout.write("Nothing is held under this address, number or reference.")
        elif not options["yes"]:
            self.stdout.write("Nothing was erased. To erase, run it again with --yes.")
