"""`manage.py routes`: every route and its door."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from joinedup.config.house.routes import MATRIX, ours, routes, write_matrix


class Command(BaseCommand):
    """Shows the doors; `--write` puts them in the reviewed list, to be read before it is kept."""

    help = "List every route and the permission it asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--write` changes routes.csv."""
        parser.add_argument("--write", action="store_true", help=f"Write {MATRIX.name} anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, or write."""
        if options["write"]:
            write_matrix()
        for pattern, door in sorted(ours(routes()).items()):
            self.stdout.write(f"{door:24} {pattern}")
