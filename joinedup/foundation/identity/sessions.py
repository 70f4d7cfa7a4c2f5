"""What a session remembers from the moment someone signs in."""

import time
from typing import Any

from django.apps import apps
from django.http import HttpRequest

SIGNED_IN_AT = "signed_in_at"
SECOND_STEP = "second_step"


def second_step_of(user: Any) -> int | None:
    """The key of the person's one-time-code authenticator, if they have set one up."""
    authenticators = apps.get_model("mfa", "Authenticator")._default_manager
    found: int | None = authenticators.filter(user=user, type="totp").values_list("pk", flat=True).first()
    return found


def remember_sign_in(sender: object, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Receiver of Django's `user_logged_in`: note when, and behind which second step.

    Whoever has a second step passes it before they are logged in. Its key is kept in the session, so
    a session that began with a password alone stays shut when a second step is set up elsewhere.
    """
    request.session[SIGNED_IN_AT] = time.time()
    request.session[SECOND_STEP] = second_step_of(user)


def remember_second_step(request: HttpRequest) -> None:
    """The second step was set up just now, in this session."""
    request.session[SECOND_STEP] = second_step_of(request.user)


def signed_in_lately(request: HttpRequest, seconds: int) -> bool:
    """Whether this session began, with every step it takes, within the last so many seconds."""
    started = request.session.get(SIGNED_IN_AT)
    return started is not None and 0 <= time.time() - float(started) < seconds
