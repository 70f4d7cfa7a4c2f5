"""`manage.py loom`: draws areas and sockets from the real imports. Needs the development tools."""

from typing import Any

import grimp
from django.core.management.base import BaseCommand

from joinedup.config.house.loom import PICTURE, files, loom, svg


def imports() -> list[tuple[str, str]]:
    """Every import of one module of ours by another: importer, imported."""
    graph = grimp.build_graph("joinedup", cache_dir=None)
    return [
        (module, imported)
        for module in sorted(graph.modules)
        for imported in graph.find_modules_directly_imported_by(module)
    ]


class Command(BaseCommand):
    """Writes docs/areas.svg anew; a test says when it is out of date."""

    help = "Draw areas and sockets from the real imports."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the drawing."""
        PICTURE.write_text(svg(loom(imports(), files())), encoding="utf-8")
        self.stdout.write(f"Drawn: {PICTURE.name}")
