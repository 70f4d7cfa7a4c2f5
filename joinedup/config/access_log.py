"""One line a request: what was asked for and how it went, without saying by whom or exactly where."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from joinedup.config.logs import ACCESS, request_id, route_of

_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
_NUMBER = re.compile(r"[0-9a-f]{32}", re.ASCII)
_log = logging.getLogger(ACCESS)


def _number_of(request: HttpRequest) -> str:
    """The number the web server in front gave the request, so that its lines and ours match; or a new one."""
    given = str(request.META.get("HTTP_X_REQUEST_ID", ""))
    return given if settings.TRUSTED_PROXIES and _NUMBER.fullmatch(given) else uuid.uuid4().hex


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
                "route": route_of(request) or "(none)",
                "status": response.status_code,
                "ms": round((time.monotonic() - started) * 1000, 1),
                "face": settings.FACE,
            }
            _log.info("request", extra=about)
            return response
        finally:
            request_id.reset(token)

    return answer
