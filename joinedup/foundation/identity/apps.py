from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.checks import Tags, register

from joinedup.foundation.identity.checks import no_sample_people
from joinedup.foundation.identity.sessions import remember_sign_in


class IdentityConfig(AppConfig):
    """Who signs in, for which organisation, in which role."""

    name = "joinedup.foundation.identity"
    label = "foundation_identity"
    verbose_name = "Identity"

    def ready(self) -> None:
        """Plug in what has to be known to Django from the start."""
        register(no_sample_people, Tags.security, deploy=True)
        user_logged_in.connect(remember_sign_in, dispatch_uid="foundation_identity.remember_sign_in")
