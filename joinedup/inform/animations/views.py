"""The doors for films, in parts as players ask for them, and for captions."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import private, public
from joinedup.inform.animations import access, ranges

# Films are named after their bytes, so a name never stands for anything else.
_FOR_EVER = "public, max-age=31536000, immutable"
_FIVE_MINUTES = "public, max-age=300"


@public
@require_safe
def film(request: HttpRequest, name: str) -> HttpResponseBase:
    """A film or a part of it: 200, 206, 304, 416, or 404 while no public page shows it."""
    path, kind, is_public = access.film_for(request.user, name)
    response = ranges.give(request, path, kind)
    if not is_public:
        return private(response)
    response.headers["Cache-Control"] = _FOR_EVER
    return response


@public
@require_safe
def captions(request: HttpRequest, page_id: int, language: str) -> HttpResponseBase:
    """Captions as WebVTT (text/vtt, UTF-8); 404 while their page is not public."""
    track, is_public = access.captions_for(request.user, page_id, language)
    tag = f'"{hashlib.sha256(track.text.encode()).hexdigest()[:24]}"'
    response: HttpResponse = (
        HttpResponseNotModified()
        if tag in request.headers.get("If-None-Match", "")
        else HttpResponse(track.text, content_type="text/vtt; charset=utf-8")
    )
    response.headers["ETag"] = tag
    if not is_public:
        return private(response)
    response.headers["Cache-Control"] = _FIVE_MINUTES
    return response
