"""Who may come in. Every view of ours carries one of these marks; a test reads them all.

`@public` lets anyone in, `@signed_in` anyone with an account, and `@requires(Permission.X)` those
whose roles carry the permission. A view without a mark fails the test of the house.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from joinedup.foundation.permissions import Permission, may

View = Callable[..., HttpResponseBase]

PUBLIC = "public"
SIGNED_IN = "signed-in"


def mark(view: Any, door: str) -> Any:
    """Write on the view which door it is, where the test of the house reads it."""
    view.door = door
    return view


def public(view: View) -> View:
    """Anyone may come in; nothing here shows anything that is not public."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return mark(enter, PUBLIC)  # type: ignore[no-any-return]


def signed_in(view: View) -> View:
    """Anyone with an account may come in, whatever their role."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return private(view(request, *args, **kwargs))

    return mark(enter, SIGNED_IN)  # type: ignore[no-any-return]


def requires(permission: Permission) -> Callable[[View], View]:
    """Only those whose roles carry the permission; strangers are asked to sign in, others refused.

    This asks "anywhere at all"; a view of one object asks again about that object, through the
    subject's `access.get_for`, and answers 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, permission):
                raise PermissionDenied(str(permission))
            return private(view(request, *args, **kwargs))

        return mark(enter, str(permission))  # type: ignore[no-any-return]

    return decorate


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Keep the page out of every cache, also the browser's on a shared computer."""
    if isinstance(response, HttpResponse) or hasattr(response, "headers"):
        response.headers["Cache-Control"] = "no-store, private"
    return response


def keep_address_quiet(request: HttpRequest, *, instead: str) -> None:
    """Have the language switch name `instead` where it would repeat the address of the page."""
    request.quiet_address = instead  # type: ignore[attr-defined]
