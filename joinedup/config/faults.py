"""Pages for when something went wrong, in plain words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from joinedup.config.languages import in_english
from joinedup.inform.pages.access import gone_at


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A staff form arrived without its protection token (public forms are answered more gently)."""
    context = {
        "heading": _("Please go back and try again"),
        "body": _(
            "The page was open for a long time, or your browser did not keep our cookie. "
            "Nothing was saved. Go back, copy what you wrote, load the page again and send it again."
        ),
    }
    return render(request, "design/message.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing stands at this address, or no longer; perhaps it does in English."""
    gone = gone_at(request.path)
    if gone is not None:
        return render(request, "pages/gone.html", {"gone": gone}, status=410)
    return render(request, "404.html", {"english_href": in_english(request), "noindex": True}, status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, but the role does not carry what this page asks for."""
    context = {
        "heading": _("Your role does not open this page"),
        "body": _("If you need it for your work, ask an administrator of the platform."),
    }
    return render(request, "design/message.html", context, status=403)
