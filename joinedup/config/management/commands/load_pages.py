"""`manage.py load_pages`: the texts of the site, where they are not there yet."""

from typing import Any

from django.core.management.base import BaseCommand

from joinedup.foundation.permissions import System
from joinedup.inform.pages.sample import load_pages
from joinedup.inform.search.jobs import build as build_search_index


class Command(BaseCommand):
    """Safe to run again and in production: pages that exist are left as they are."""

    help = "Put the pages the platform brings along in place."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing and say how many."""
        added = load_pages(by=System("load_pages"))
        build_search_index()
        self.stdout.write(f"{added} pages added.")
