"""Addresses that no page of ours can have are answered before anything is looked up."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def no_zero_character(get_response: Answer) -> Answer:
    """Middleware: 404 for a zero character in the path. PostgreSQL refuses even to look for one."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            return HttpResponse("Not found.", status=404, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer
