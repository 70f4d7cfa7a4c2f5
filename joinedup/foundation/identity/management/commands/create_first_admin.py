"""`manage.py create_first_admin`: the first person of a new platform, who then invites the others."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from joinedup.foundation.identity.actions import invite
from joinedup.foundation.identity.mail import invitation_link, send_invitation
from joinedup.foundation.identity.models import ADMINISTRATOR, Membership
from joinedup.foundation.organisations.actions import add
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System


class Command(BaseCommand):
    """Invites one administrator, and makes their organisation if it is missing.

    Refuses as soon as an administrator has set a password. Until then it can be run again, for
    instance when the link ran out: the newest link is the one that works.
    """

    help = "Invite the first administrator of the platform; prints the link and sends it by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and for which organisation."""
        parser.add_argument("email", help="the work email address of the administrator")
        parser.add_argument(
            "--organisation", required=True, help="the name of the organisation they work for"
        )
        parser.add_argument(
            "--kind", choices=Organisation.Kind.values, default="council", help="if it is new"
        )
        parser.add_argument(
            "--name", default="", help="the person's name; they can write it themselves later"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """All of it or nothing."""
        if Membership.objects.of_administrators(timezone.localdate()).exists():
            raise CommandError(
                "There is an administrator already. They can invite others at /workspace/staff/."
            )
        by = System("create_first_admin")
        name = " ".join(options["organisation"].split())
        try:
            validate_email(options["email"])
            with transaction.atomic():
                organisation = Organisation.objects.filter(name__iexact=name).first()
                if organisation is None:
                    organisation = add(by=by, name=name, kind=options["kind"])
                user, _invitation, secret = invite(
                    email=options["email"],
                    name=options["name"],
                    organisation=organisation,
                    role=ADMINISTRATOR,
                    by=by,
                )
                send_invitation(user=user, organisation=organisation, role=ADMINISTRATOR, secret=secret)
        except ValidationError as faults:
            raise CommandError(" ".join(faults.messages)) from faults
        if secret:
            self.stdout.write(
                f"Open this link to choose a password. It works once, for 7 days:\n{invitation_link(secret)}"
            )
        else:
            self.stdout.write(f"{user.email} can sign in already, and is an administrator now.")
