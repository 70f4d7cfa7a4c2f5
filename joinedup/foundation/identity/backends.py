"""Who can sign in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from joinedup.foundation.identity.models import User


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """Email and password; asked again at every request, so someone who is stopped is out at once."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and not a sample person on a real site."""
        return isinstance(user, User) and user.may_sign_in
