"""How the log-in library (allauth) behaves here."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest

from joinedup.foundation.identity.actions import note_sign_in
from joinedup.foundation.identity.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves, and every sign-in is written to the record."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: staff are invited."""
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Note a sign-in that went through both steps."""
        note_sign_in(user=user, succeeded=True)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password for an account that exists; other addresses leave no trace."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        if user is not None:
            note_sign_in(user=user, succeeded=False)


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second-step:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time-code secrets are kept encrypted, so a copy of the database alone signs nobody in."""

    def encrypt(self, text: str) -> str:
        """Fernet (AES-128-CBC with HMAC), with a key derived from the site's secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The reverse."""
        return _cipher().decrypt(encrypted_text.encode()).decode()
