"""The page that never changes, as large as the home page was when the bench began."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from joinedup.foundation.doors.entry import public

_FILE = settings.DATA_DIR / "constant.html"
_WORDS = _FILE.read_bytes() if _FILE.exists() else b""


@public
def constant(request: HttpRequest) -> HttpResponse:
    """The same bytes every time."""
    return HttpResponse(_WORDS)


urlpatterns = [path("", constant)]
