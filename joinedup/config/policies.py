"""What every response tells the browser it may do."""

from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from joinedup.config.editor import EDITOR_PREFIX

# The page editor (Wagtail's admin) draws styles and starts its widgets inline; docs/adr/0004 says what for.
EDITOR_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-ancestors": ["'self'"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
}


class ContentSecurityPolicy(CSPMiddleware):
    """The strict policy everywhere, and a wider one, recorded in an ADR, in the page editor only."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The parts django-csp builds the header from."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(EDITOR_PREFIX):
            parts.replace = {**(parts.replace or {}), **EDITOR_POLICY}
        elif getattr(request, "is_dummy", False):  # a page as the editor previews it, in a frame of our own
            parts.replace = {**(parts.replace or {}), "frame-ancestors": EDITOR_POLICY["frame-ancestors"]}
        return parts


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no browser feature is used, so none is allowed."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
        )
        return response

    return respond
