"""How the log-in library (allauth) behaves here."""

import base64
import hashlib
from typing import Any
from urllib.parse import quote

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.doors.throttle import client_address
from joinedup.foundation.identity.actions import note_change, note_refusal, note_sign_in
from joinedup.foundation.identity.models import User
from joinedup.foundation.identity.sessions import signed_in_lately

TOO_MANY = _("There were too many tries. For your safety we stopped them. Wait 5 minutes, then try again.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves, and every sign-in is written to the record."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This email address and password do not go together. Check both and try again."
        ),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": _("This is not your password. Check it and try again."),
        "enter_current_password": _("This is not your present password. Check it and try again."),
        "incorrect_code": _("This code is not right. Wait for the next code in your app and enter that one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: staff are invited."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: these pages are for people, and answer no scripts."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address limits are counted by: the same as for every other door (see TRUSTED_PROXIES)."""
        return client_address(request) or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count tries by account alone: the library adds the Host header, whose port anyone may choose."""
        return str(credentials.get("email", "")).strip().lower()

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Stop those who may not sign in although their password is right."""
        if not user.may_sign_in:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        """Note a sign-in that went through both steps."""
        note_sign_in(user=user)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password; for an address nobody has, the note names nobody."""
        super().authentication_failed(request, **credentials)
        user = User.objects.filter(email__iexact=credentials.get("email") or "").first()
        note_refusal(verb="sign_in_failed", user=user)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Ask for the password again, with the address people sign in with."""
        found = self.authenticate(allauth_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within the first ten minutes after signing in: that was proof enough."""
        if signed_in_lately(allauth_context.request, app_settings.REAUTHENTICATION_TIMEOUT):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Change or reset: the new password and the note of it, or neither."""
        super().set_password(user, password)
        note_change(verb="password_change", user=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """A changed password ends every session, this one too: sign in with the new one."""
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link in the mail, on the workspace's own address whatever the request said it was."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.WORKSPACE_URL}{path.replace('UID-KEY', quote(key))}"

    def format_email_subject(self, subject: str) -> str:
        """As written in the template."""
        return str(subject)

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> EmailMessage:
        """Draw it with what the frame of every mail of ours needs to know."""
        about = {
            "partnership": settings.PARTNERSHIP,
            "site_url": settings.SITE_URL,
            "workspace_url": settings.WORKSPACE_URL,
        }
        words = {**context, **about, "language": get_language()}
        words["subject"] = " ".join(render_to_string(f"{template_prefix}_subject.txt", words).split())
        mail: EmailMessage = super().render_mail(template_prefix, email, words, headers)
        return mail

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell someone of a change to their account, at the address they sign in with."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


def _cipher() -> MultiFernet:
    """The present key first, then the ones before it, so that changing the site's secret locks nobody out."""
    keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    digests = [hashlib.sha256(f"second-step:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time-code secrets are kept encrypted, so a copy of the database alone signs nobody in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Wait for the next code in your app and enter that one."),
    }

    def encrypt(self, text: str) -> str:
        """Fernet (AES-128-CBC with HMAC), with a key derived from the site's secret key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The reverse; raises InvalidToken for anything this site did not encrypt."""
        return _cipher().decrypt(encrypted_text.encode()).decode()
