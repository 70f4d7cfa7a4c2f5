"""`manage.py load_pages`: the texts of the site, where they are not there yet."""

from typing import Any

from django.core.management.base import BaseCommand

from joinedup.foundation.permissions import System
from joinedup.govern.programmes import sample as programmes
from joinedup.inform.animations import sample as animations
from joinedup.inform.news import sample as news
from joinedup.inform.pages.sample import load_pages
from joinedup.inform.search.jobs import build as build_search_index


class Command(BaseCommand):
    """Safe to run again and in production: pages that exist are left as they are."""

    help = "Put the pages the platform brings along in place."

    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing and say how many."""
        added = load_pages(by=System("load_pages"))
        added += news.load_pages(by=System("load_pages"))
        added += animations.load_pages(by=System("load_pages"))
        self.stdout.write(f"{added} pages added.")
        told = programmes.load_pages(by=System("load_pages"))
        self.stdout.write(f"{told} programmes and projects added.")
        build_search_index()
