"""`manage.py build_places SOURCE_FOLDER`: makes the compact files of the place anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from joinedup.foundation.places.atlas import BY_HAND, SHIPPED, Atlas, AtlasFault
from joinedup.foundation.places.building import build


class Command(BaseCommand):
    """Writes into the folder that place.toml names under `places`; what is kept by hand there stays."""

    help = "Make postcodes, wards and neighbourhoods of the place from open data."
    requires_system_checks: list[str] = []  # one of them reads the very files that are missing before

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder to read from."""
        parser.add_argument("source", type=Path, help="folder with the open data of the place")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        """Write, read again as the site will, and say how many of each."""
        target = SHIPPED / settings.PARTNERSHIP["places"]
        if not (target / BY_HAND).exists():
            raise CommandError(f"Write {target / BY_HAND} first: the areas and their wards, by hand.")
        try:
            counts = build(source, target)
            Atlas(target)
        except (OSError, KeyError, AtlasFault) as fault:
            raise CommandError(f"{type(fault).__name__}: {fault}") from fault
        for name, count in counts.items():
            self.stdout.write(f"{target / name}: {count} rows, {(target / name).stat().st_size:,} bytes")
