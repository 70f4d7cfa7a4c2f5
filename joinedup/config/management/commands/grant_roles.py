"""`manage.py grant_roles`: gives the two PostgreSQL roles what the lists allow. Run after each migrate."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection, transaction

from joinedup.config.environment import env
from joinedup.config.grants import applying, lists


def _passwords() -> dict[str, str]:
    """What new roles sign in with; only this command needs it."""
    return {
        "JOINEDUP_PUBLIC_ROLE": env.str("JOINEDUP_PUBLIC_ROLE_PASSWORD", default=""),
        "JOINEDUP_WORKSPACE_ROLE": env.str("JOINEDUP_WORKSPACE_ROLE_PASSWORD", default=""),
    }


class Command(BaseCommand):
    """Runs as the role that owns the tables. Safe to run again; whole or not at all."""

    help = "Give the public and the workspace role exactly what the lists in joinedup/config/grants say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` changes nothing, `--create` makes the roles first."""
        parser.add_argument("--check", action="store_true", help="Change nothing; say what differs.")
        parser.add_argument("--create", action="store_true", help="Make the roles that are missing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Lists first, then roles, then rights."""
        tables = lists.tables_there_are()
        if faults := lists.faults(tables):
            raise CommandError("The lists in joinedup/config/grants are not complete:\n" + "\n".join(faults))
        if connection.vendor != "postgresql":
            self.stdout.write(
                f"The lists speak of all {len(tables)} tables. SQLite has no roles to grant to."
            )
            return
        wanted = {
            "JOINEDUP_PUBLIC_ROLE": (settings.PUBLIC_ROLE, lists.public()),
            "JOINEDUP_WORKSPACE_ROLE": (settings.WORKSPACE_ROLE, lists.workspace(tables)),
        }
        if settings.PUBLIC_ROLE and settings.PUBLIC_ROLE == settings.WORKSPACE_ROLE:
            raise CommandError("The two roles must differ.")
        with transaction.atomic():
            for variable, (role, grants) in wanted.items():
                self.settle(variable, role, grants, tables, options)

    def settle(
        self, variable: str, role: str, grants: applying.Granted, tables: set[str], options: dict[str, Any]
    ) -> None:
        """One role: there, fit, and with the rights of its list."""
        if not role:
            raise CommandError(f"Set {variable}: the name of the role. See docs/operations.md.")
        if not applying.exists(role):
            if not options["create"]:
                raise CommandError(f"There is no role {role!r}. Make it, or run this with --create.")
            password = _passwords()[variable]
            if len(password) < 16:
                raise CommandError(f"Set {variable}_PASSWORD: at least 16 characters, for the new role.")
            applying.create(role, password)
            self.stdout.write(f"{role}: made.")
        try:
            if options["check"]:
                if differences := applying.faults_of(role, grants, tables):
                    raise CommandError("\n".join(differences))
            else:
                applying.apply(role, grants, tables)
        except (applying.UnfitRole, Error) as fault:
            raise CommandError(f"Nothing was changed. {fault}") from fault
        opened = sum(1 for grant in grants.values() if grant.verbs or grant.columns)
        self.stdout.write(f"{role}: {opened} of {len(tables)} tables, as listed.")
