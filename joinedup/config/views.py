"""The few pages that belong to no area."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from joinedup.foundation.doors.entry import public


@public
def editor_sign_in(request: HttpRequest) -> HttpResponse:
    """The page editor has no sign-in of its own: everyone uses the one with the second step."""
    return redirect(settings.LOGIN_URL)
