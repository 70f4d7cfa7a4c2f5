"""Sessions that end, and the second step that staff cannot skip."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from joinedup.foundation.identity.sessions import SECOND_STEP, SIGNED_IN_AT, second_step_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ACCOUNT_PREFIX = "/account/"


def _has_session(request: HttpRequest) -> bool:
    """Looked at first, so that a visitor without a session costs nothing and gets no cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


class SessionsEnd:
    """Middleware: signs people out twelve hours after they signed in, however busy they are.

    An hour without a click ends a session too (SESSION_COOKIE_AGE), a changed password does (Django
    compares it with the session), and so does an account that was stopped (see StaffBackend).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the time in the session; one without a time is over."""
        if _has_session(request):
            started = float(request.session.get(SIGNED_IN_AT, 0))
            if time.time() - started >= settings.SESSION_ABSOLUTE_SECONDS:
                logout(request)
        return self.get_response(request)


class SecondStepRequired:
    """Middleware: without a one-time code set up, the only pages open are those to set it up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Send the person to set up their code; shut a session that never passed the one they have."""
        if request.path_info.startswith(settings.STATIC_URL) or not _has_session(request):
            return self.get_response(request)
        about_account = request.path_info.startswith(ACCOUNT_PREFIX)
        second_step = second_step_of(request.user)
        if second_step is None:
            return self.get_response(request) if about_account else redirect("mfa_activate_totp")
        if request.session.get(SECOND_STEP) != second_step:
            logout(request)
            if not about_account:
                return redirect_to_login(request.get_full_path())
        return self.get_response(request)
