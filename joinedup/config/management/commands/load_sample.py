"""`manage.py load_sample`: the sample borough. Everyone in it is invented."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from joinedup.config import sample_thread
from joinedup.foundation.identity import sample as identity
from joinedup.foundation.organisations import sample as organisations
from joinedup.foundation.permissions import System
from joinedup.govern.outcomes import sample as outcomes
from joinedup.govern.programmes import sample as programmes
from joinedup.inform.animations import sample as animations
from joinedup.inform.news import sample as news
from joinedup.inform.newsletter import sample as newsletter
from joinedup.inform.pages import sample as pages
from joinedup.inform.search.jobs import build as build_search_index
from joinedup.inform.search.listening import until_built
from joinedup.involve.contributions import sample as contributions


class Command(BaseCommand):
    """Idempotent: a second run changes nothing. Refuses to run in production."""

    help = "Fill the site with the sample borough (demonstration only)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load every subject's sample in one transaction: all of it or nothing."""
        if settings.IS_PRODUCTION:
            raise CommandError(
                "load_sample makes invented people who can sign in, so it never runs in production. "
                "Use `manage.py load_pages` for the texts and `manage.py create_first_admin` for yourself."
            )
        by = System("load_sample")
        with transaction.atomic(), until_built():
            organisations.load(by=by, organisations=pages.read("organisations")["organisation"])
            pages.load_pages(by=by)
            programmes.load_pages(by=by)
            outcomes.load(by=by)
            news.load_pages(by=by)
            animations.load_pages(by=by)
            identity.load(by=by)
            newsletter.load(by=by)
            news.load(by=by)
            contributions.load(by=by)
            sample_thread.load(by=by)
        build_search_index()
        self.stdout.write("The sample borough is loaded.")
