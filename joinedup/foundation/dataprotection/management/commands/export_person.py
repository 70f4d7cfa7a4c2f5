"""`manage.py export_person WHO --out FILE`: everything held about one person, for them."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.foundation.dataprotection.actions import export
from joinedup.foundation.dataprotection.written import as_text
from joinedup.foundation.permissions import System


def write_new(path: Path, text: str) -> None:
    """Write a file that only its owner can read. Raises CommandError when it exists or cannot be made."""
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
    except FileExistsError as fault:
        raise CommandError(f"{path} is there already. Choose another name.") from fault
    except OSError as fault:
        raise CommandError(f"Cannot write {path}: {fault.strerror}.") from fault


class Command(BaseCommand):
    """Make sure first that the person asking is the person. The looking is on the record."""

    help = "Write everything held about one person to FILE (JSON) and beside it FILE.txt (to read)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and where to."""
        parser.add_argument("who", help="e-mail address, telephone number or reference")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="such as person.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Two files, or a clear reason why not."""
        path: Path = options["out"]
        readable = path.with_name(path.name + ".txt")
        for each in (path, readable):
            if each.exists():
                raise CommandError(f"{each} is there already. Choose another name.")
        document = export(who=options["who"], by=System("export_person"))
        write_new(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        write_new(readable, as_text(document))
        held = sum(len(part["entries"]) for part in document["held"])
        self.stdout.write(f"{held} things held, written to {path} and {readable}.")
