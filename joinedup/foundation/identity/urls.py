"""Where people sign in, and the staff's own pages.

The log-in library's pages are named one by one, with the names it looks them up by, so that each
carries our mark and nothing it offers besides (signing up, several addresses) is reachable.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import (
    AccountInactiveView,
    LogoutView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
)
from allauth.mfa.base.views import IndexView
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path, re_path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.decorators.debug import sensitive_post_parameters

from joinedup.foundation.doors.entry import private, public, signed_in
from joinedup.foundation.identity import account_views, views

Page = Callable[..., HttpResponseBase]
_hides = sensitive_post_parameters("password", "password1", "oldpassword", "code")


def _open(page: Page) -> Page:
    """A public page about signing in: kept out of every cache all the same."""

    @public
    @wraps(page)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return private(page(request, *args, **kwargs))

    return enter


account = [
    path("login/", _open(account_views.SignIn.as_view()), name="account_login"),
    path("logout/", _open(LogoutView.as_view()), name="account_logout"),
    path("inactive/", _open(AccountInactiveView.as_view()), name="account_inactive"),
    path(
        "reauthenticate/",
        signed_in(_hides(account_views.PasswordAgain.as_view())),
        name="account_reauthenticate",
    ),
    path(
        "password/change/", signed_in(account_views.ChangePassword.as_view()), name="account_change_password"
    ),
    path("password/reset/", _open(account_views.AskForReset.as_view()), name="account_reset_password"),
    path("password/reset/done/", _open(PasswordResetDoneView.as_view()), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _open(_hides(account_views.ResetPassword.as_view())),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        _open(PasswordResetFromKeyDoneView.as_view()),
        name="account_reset_password_from_key_done",
    ),
    path("second-step/", signed_in(IndexView.as_view()), name="mfa_index"),
    path(
        "second-step/authenticate/",
        _open(_hides(account_views.CheckSecondStep.as_view())),
        name="mfa_authenticate",
    ),
    path(
        "second-step/reauthenticate/",
        signed_in(_hides(account_views.SecondStepAgain.as_view())),
        name="mfa_reauthenticate",
    ),
    path(
        "second-step/totp/activate/",
        signed_in(_hides(account_views.SetUpSecondStep.as_view())),
        name="mfa_activate_totp",
    ),
    path(
        "second-step/totp/deactivate/",
        signed_in(account_views.RemoveSecondStep.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "second-step/recovery-codes/",
        signed_in(account_views.ShowRecoveryCodes.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/recovery-codes/generate/",
        signed_in(account_views.NewRecoveryCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/recovery-codes/download/",
        account_views.keep_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

own = [
    path("account/invitation/<str:secret>/", views.invitation, name="invitation"),
    path("workspace/you/", views.you, name="you"),
    path("workspace/staff/", views.staff, name="staff"),
    path("workspace/staff/invite/", views.invite_someone, name="invite"),
    path("workspace/staff/<int:pk>/end/", views.end, name="end"),
    path("workspace/staff/<int:pk>/send-again/", views.send_again, name="send-again"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(account)),
    path("", include((own, "identity"))),
]
