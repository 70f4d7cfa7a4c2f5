"""What `manage.py check --deploy` looks at before a real site opens."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError


def no_sample_people(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """In production nobody is invented: sample sign-ins have a password that everyone can read.

    They could not sign in there in any case (see User.may_sign_in); their being there means that
    the database of a demonstration was put to real use. Says nothing before the first migrate.
    """
    if not settings.IS_PRODUCTION:
        return []
    try:
        found = apps.get_model("foundation_identity", "User")._default_manager.filter(is_sample=True).count()
    except DatabaseError:
        return []
    if not found:
        return []
    return [
        Error(
            f"{found} invented people from the demonstration are in this database.",
            hint="Start production with an empty database, then `manage.py create_first_admin`.",
            id="identity.E001",
        )
    ]
