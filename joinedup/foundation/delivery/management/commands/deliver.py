"""`manage.py deliver`: send what is due, once or until nothing is left."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from joinedup.foundation.delivery.actions import deliver
from joinedup.foundation.messages.actions import forget_old
from joinedup.foundation.permissions import System


class Command(BaseCommand):
    """One round of delivery, or with --drain as many as it takes; then old messages are forgotten."""

    help = "Send the messages that are due, and delete those that are older than we may keep them."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument(
            "--drain", action="store_true", help="Go on until nothing is due or the relay cannot be reached."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say in one line what was done."""
        rounds = [deliver()]
        while options["drain"] and rounds[-1].total and not rounds[-1].relay_down:
            rounds.append(deliver())
        forgotten = forget_old(by=System("deliver"))
        sent, put_off, failed = (
            sum(getattr(r, name) for r in rounds) for name in ("sent", "put_off", "failed")
        )
        self.stdout.write(
            f"Sent {sent}, put off {put_off}, failed {failed}; forgot {forgotten} old messages."
        )
        if rounds[-1].relay_down:
            self.stderr.write("The mail relay cannot be reached; the messages wait.")
