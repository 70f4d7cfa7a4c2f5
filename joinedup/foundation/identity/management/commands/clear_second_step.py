"""`manage.py clear_second_step`: for someone who lost phone and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.foundation.identity.actions import clear_second_step
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System


class Command(BaseCommand):
    """The way back in for the only administrator; others can be ended and invited again."""

    help = "Take away the one-time code of someone who lost it; they set up a new one at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose."""
        parser.add_argument("email", help="the email address the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make sure first, by telephone or face to face, that it is this person who asks."""
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError("Nobody signs in with this address.")
        clear_second_step(user=user, by=System("clear_second_step"))
        self.stdout.write(f"{user.email} sets up a new code at the next sign-in.")
