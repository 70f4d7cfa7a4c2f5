"""The log-in library's pages with our forms, and a note in the record of what people change."""

import time
from typing import Any

from allauth.account.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetFromKeyView,
    PasswordResetView,
    ReauthenticateView,
)
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy

from joinedup.foundation.doors.entry import signed_in
from joinedup.foundation.identity.account_forms import (
    NewPasswordForm,
    PasswordAgainForm,
    ResetForm,
    ResetPasswordOnceForm,
    SecondStepAgainForm,
    SecondStepForm,
    SetUpSecondStepForm,
    SignInForm,
)
from joinedup.foundation.identity.actions import note_change, note_refusal
from joinedup.foundation.identity.sessions import remember_second_step

_CODES_SHOWN_AT = "recovery_codes_shown_at"
_CODES_KEPT_SECONDS = 600


class SignIn(LoginView):  # type: ignore[misc]
    """Email address and password; the second step follows."""

    form_class = SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say to someone who has just signed out that they have; not once more above a wrong password."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["has_left"] = self.request.method == "GET" and self.request.GET.get("left") == "1"
        return context


class PasswordAgain(ReauthenticateView):  # type: ignore[misc]
    """The password once more, before something important."""

    form_class = PasswordAgainForm


class ChangePassword(PasswordChangeView):  # type: ignore[misc]
    """A new password, by the present one. Every session ends with it."""

    form_class = NewPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Someone without a password has nothing to change, but can have a link sent."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class AskForReset(PasswordResetView):  # type: ignore[misc]
    """Have a link sent; the answer tells nobody whether there is an account."""

    form_class = ResetForm


class ResetPassword(PasswordResetFromKeyView):  # type: ignore[misc]
    """A new password, by the link that was sent."""

    form_class = ResetPasswordOnceForm


class CheckSecondStep(AuthenticateView):  # type: ignore[misc]
    """The one-time code, after the password was right."""

    form_class = SecondStepForm

    def _build_forms(self) -> Any:
        """One form, whatever was or was not sent."""
        data = self.request.POST if self.request.method == "POST" else None
        self.auth_form = self.get_form_class()(user=self.stage.login.user, data=data)
        self.webauthn_form = None
        return self.auth_form

    def form_invalid(self, form: Any) -> HttpResponse:
        """Note it: whoever this is knows the password."""
        note_refusal(verb="second_step_failed", user=self.stage.login.user)
        response: HttpResponse = super().form_invalid(form)
        return response


class SecondStepAgain(CodeAgainView):  # type: ignore[misc]
    """The one-time code once more, before something important."""

    form_class = SecondStepAgainForm


class SetUpSecondStep(ActivateTOTPView):  # type: ignore[misc]
    """Show the secret as a picture and as letters, and take the first code."""

    form_class = SetUpSecondStepForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the secret in groups of four, for typing."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret_in_groups"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return context

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Keep it; this session now stands behind it."""
        response: HttpResponse = super().form_valid(form)
        remember_second_step(self.request)
        note_change(verb="second_step_set_up", user=self.request.user)
        return response


class RemoveSecondStep(DeactivateTOTPView):  # type: ignore[misc]
    """Let go of the app on an old phone, and set up the new one straight away."""

    success_url = reverse_lazy("mfa_activate_totp")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it; until a new one is set up, nothing but these pages opens."""
        response: HttpResponse = super().form_valid(form)
        note_change(verb="second_step_removed", user=self.request.user)
        return response


class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """Ten new codes; the old ones work no more."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Make them; the next page shows them, once."""
        response: HttpResponse = super().form_valid(form)
        note_change(verb="recovery_codes_made", user=self.request.user)
        return response


class ShowRecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes, once; for ten minutes after that the same browser may keep them as a file."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Remember in the session that they were shown here."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if context["can_view_codes"]:
            self.request.session[_CODES_SHOWN_AT] = time.time()
        return context


@signed_in
def keep_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that this browser was shown just now, as a text file to keep or print."""
    shown_at = float(request.session.get(_CODES_SHOWN_AT, 0))
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if found is None or time.time() - shown_at > _CODES_KEPT_SECONDS:
        raise Http404
    response = HttpResponse(
        "\n".join(found.wrap().get_unused_codes()) + "\n", content_type="text/plain; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response
