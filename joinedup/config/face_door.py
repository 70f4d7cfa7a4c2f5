"""The door between the two faces: what a process refuses, or sends on, because the other one answers it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from joinedup.config.faces import ALL, Belongs, belongs
from joinedup.config.faults import not_found

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def nobody(get_response: GetResponse) -> GetResponse:
    """Middleware of the public face: whatever cookie comes along, nobody is signed in here."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.user = AnonymousUser()
        return get_response(request)

    return answer


def face_door(get_response: GetResponse) -> GetResponse:
    """Middleware: the public process knows no staff page; the workspace sends readers to the public site.

    A page that the editor previews is drawn by the process the editor runs in.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        here, there = settings.FACE, belongs(request.path_info)
        if here == ALL or there in (here, Belongs.SHARED) or getattr(request, "is_dummy", False):
            return get_response(request)
        if here == Belongs.WORKSPACE and request.method in ("GET", "HEAD"):
            return redirect(settings.SITE_URL + request.get_full_path())
        return not_found(request)

    return answer
