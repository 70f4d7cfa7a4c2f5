"""The log-in library's forms in our words: labels instead of placeholders, one password box with "show"."""

import hashlib
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.identity.actions import note_refusal
from joinedup.foundation.identity.adapters import AccountAdapter
from joinedup.foundation.identity.models import User

PASSWORD_RULES = _(
    "Use at least 12 characters. Three words that only you would put together work well. "
    "Do not use your name or email address, or a password that many people use. "
    "You can paste it from a password manager."
)


class ShowablePassword(forms.PasswordInput):
    """A password box that may be pasted into, with a button to show what is in it where scripts run."""

    def __init__(self, autocomplete: str) -> None:
        words = {"data-show": _("Show password"), "data-hide": _("Hide password")}
        super().__init__(
            attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false", **words}
        )


def _password(field: forms.Field, label: Any, autocomplete: str, hint: Any = "") -> None:
    """Draw this password field our way."""
    field.label, field.help_text = label, hint
    field.widget = ShowablePassword(autocomplete)
    field.error_messages["required"] = _("Enter a password.")


def _address(field: forms.Field, hint: Any = "") -> None:
    """Draw this email field our way; browsers offer the address the password is kept under."""
    field.label, field.help_text = _("Email address"), hint
    field.widget = forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    field.error_messages["required"] = _("Enter your email address.")


def _code(field: forms.Field, label: Any, hint: Any) -> None:
    """Draw this one-time-code field our way: phones offer the code, and it can be pasted."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = _("Enter the code.")
    field.widget = forms.TextInput(
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "spellcheck": "false",
            "class": "nhsuk-input--width-10",
        }
    )


class SignInForm(LoginForm):  # type: ignore[misc]
    """Email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["login"])
        _password(self.fields["password"], _("Password"), "current-password")


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self.fields["password"], _("Password"), "current-password")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The present password and the new one, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _password(self.fields["oldpassword"], _("Your present password"), "current-password")
        _password(self.fields["password1"], _("Your new password"), "new-password", PASSWORD_RULES)


class ResetForm(ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link. Known or unknown, the answer is the same and takes as long."""

    users: list[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _address(self.fields["email"], _("The address you sign in with."))

    def clean_email(self) -> str:
        """The address; no link for those who may not sign in, or have yet to use their invitation."""
        email = str(super().clean_email())
        self.users = [user for user in self.users if user.may_sign_in and user.has_usable_password()]
        return email

    @transaction.atomic
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Note that someone asked, and send the link if there is an account."""
        email = str(self.cleaned_data["email"])
        note_refusal(verb="reset_asked", user=self.users[0] if self.users else None)
        if self.users:
            super().save(request, **kwargs)
        else:
            self._work_as_long(email)
        return email

    def _work_as_long(self, email: str) -> None:
        """Make a link and draw the mail as for an account, and throw both away."""
        nobody = User(pk=0)
        adapter = AccountAdapter()
        url = adapter.get_reset_password_from_key_url(f"0-{default_token_generator.make_token(nobody)}")
        adapter.render_mail(
            "account/email/password_reset_key",
            email,
            {"user": nobody, "password_reset_url": url},
        )


class ResetPasswordOnceForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """The new password, once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _password(self.fields["password1"], _("Your new password"), "new-password", PASSWORD_RULES)


class CodesOnce(forms.Form):
    """A one-time code signs in once.

    The library remembers used codes for thirty seconds, but with the tolerance we allow for slow
    clocks a code is good for ninety: so it is remembered here for as long as it is good.
    """

    user: User
    authenticator: Authenticator

    def _used_key(self) -> str:
        code = normalize_user_code(str(self.cleaned_data.get("code", "")))
        return "second-step-used:" + hashlib.sha256(f"{self.user.pk}:{code}".encode()).hexdigest()

    def clean_code(self) -> str:
        """The code, if it is right and was not used before."""
        used = ValidationError(
            _("This code was used already. Wait for the next code in your app and enter that one."),
            code="used",
        )
        if cache.get(self._used_key()):
            raise used
        code = str(super().clean_code())  # type: ignore[misc]
        good_for = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
        if self._is_from_app() and not cache.add(self._used_key(), 1, timeout=good_for):
            raise used
        return code

    def _is_from_app(self) -> bool:
        return bool(self.authenticator.type == Authenticator.Type.TOTP)


class SecondStepForm(CodesOnce, AuthenticateForm):  # type: ignore[misc]
    """The code from the app, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(
            self.fields["code"],
            _("Code"),
            _("The 6 figures your authenticator app shows now, or one of your recovery codes."),
        )


class SecondStepAgainForm(CodesOnce, CodeAgainForm):  # type: ignore[misc]
    """The same, before something important."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code"), _("The 6 figures your authenticator app shows now."))


class SetUpSecondStepForm(CodesOnce, ActivateTOTPForm):  # type: ignore[misc]
    """The first code from the app, which shows that it holds our secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self.fields["code"], _("Code from the app"), _("The 6 figures it shows now."))

    def _is_from_app(self) -> bool:
        return True
