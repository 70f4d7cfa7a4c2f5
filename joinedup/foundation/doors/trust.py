"""Public forms that lose nothing when the form-protection token is missing, old or wrong.

A cached public page carries no token, so the box on it posts without one; a phone that dropped its
cookies posts with a wrong one. Neither is refused with an error: the view is told that the post is
not to be trusted, stores nothing, and answers with the filled form and a fresh token to confirm.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt

from joinedup.foundation.doors.entry import View, mark, public
from joinedup.foundation.doors.trap import OnceField

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class _Check(CsrfViewMiddleware):
    """Django's own check, told to answer with the reason instead of an error page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _unused(request: HttpRequest) -> HttpResponseBase:
    raise AssertionError("the check never calls on")


def _is_trusted(request: HttpRequest) -> bool:
    check = _Check(_unused)
    check.process_request(request)
    return check.process_view(request, _unused, (), {}) is None


def confirming(view: Callable[..., HttpResponseBase]) -> View:
    """Mark a public view whose POST may arrive untrusted; it gets `trusted: bool` as a keyword.

    An untrusted POST must store nothing and answer with the filled form. The decorated view is
    public.
    """

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        trusted = request.method in SAFE or _is_trusted(request)
        if not trusted:
            get_token(request)
        response = view(request, *args, trusted=trusted, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return mark(csrf_exempt(public(enter)), "public")  # type: ignore[no-any-return]


def refill(form_class: type[forms.Form], data: QueryDict) -> forms.Form:
    """The form, filled with what was sent and without complaints: the answer to an untrusted post."""
    initial = {
        name: field.widget.value_from_datadict(data, MultiValueDict(), name)
        for name, field in form_class.base_fields.items()
        if not isinstance(field, OnceField)  # one chosen by another site would tell it the receipt
    }
    return form_class(initial={name: value for name, value in initial.items() if value not in (None, "", [])})
