"""One line a request: what was asked for and how it went, without saying by whom or exactly where."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

from joinedup.config.logs import ACCESS, request_id, route_of

_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)
_log = logging.getLogger(ACCESS)


def _number_of(request: HttpRequest) -> str:
    """The number the web server in front gave the request, so that its lines and ours match; or a new one."""
    given = str(request.META.get("HTTP_X_REQUEST_ID", ""))
    return given if settings.TRUSTED_PROXIES and _NUMBER.fullmatch(given) else uuid.uuid4().hex


@lru_cache(maxsize=2_000)
def _route_of_address(path: str) -> str:
    """The pattern of an address whose kept page was given, for which no view was looked up."""
    try:
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            return str(resolve(path).route)
    except Resolver404:
        return ""


def _route(request: HttpRequest, response: HttpResponseBase) -> str:
    if found := route_of(request):
        return found
    # Only pages without a secret in their address are kept, so remembering the address is safe.
    return (_route_of_address(request.path_info) if response.status_code == 200 else "") or "(none)"


def access_line(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, the outermost. The answer carries the request's number, for whoever reports a fault."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if getattr(request, "is_dummy", False):  # a preview drawn inside the editor's own request
            return get_response(request)
        started = time.monotonic()
        token = request_id.set(_number_of(request))
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            about = {
                "method": request.method if request.method in _METHODS else "OTHER",
                "route": _route(request, response),
                "status": response.status_code,
                "ms": round((time.monotonic() - started) * 1000, 1),
                "face": settings.FACE,
            }
            _log.info("request", extra=about)
            return response
        finally:
            request_id.reset(token)

    return answer
