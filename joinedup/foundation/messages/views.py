"""Doors for messages: the demonstration's outbox, and their state in the workspace."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundation.doors.entry import private, public, requires
from joinedup.foundation.messages import actions
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import Actor, Permission

A_PAGE = 50
Panel = Callable[[], Mapping[str, Any]]


def _refuse_on_a_real_site() -> None:
    """The address does not even exist in production (see outbox_urls); this is the second lock."""
    if settings.IS_PRODUCTION:
        raise Http404


@public
@require_safe
def outbox(request: HttpRequest, panel: Panel | None = None) -> HttpResponse:
    """Every message of the demonstration, newest first, readable by anyone who tries it out.

    `panel` returns {"title", "rows": [{"label", "value"}]} to show above the list, such as the
    one-time codes of the sample sign-ins.
    """
    _refuse_on_a_real_site()
    page = Paginator(Message.objects.newest_first().defer("text", "html"), A_PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "panel": panel() if panel else None,
        "noindex": True,
    }
    return cast("HttpResponse", private(render(request, "messages/outbox.html", context)))


@public
@require_safe
def outbox_message(request: HttpRequest, pk: UUID, panel: Panel | None = None) -> HttpResponse:
    """One message: its text, and its HTML in a frame of its own that may do nothing."""
    _refuse_on_a_real_site()
    message = get_object_or_404(Message, pk=pk)
    context = {"letter": message, "noindex": True}
    return cast("HttpResponse", private(render(request, "messages/outbox_message.html", context)))


@public
@require_safe
@csp_replace(  # type: ignore[arg-type]  # its types know only views without parameters
    {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "script-src": ["'none'"],
        "img-src": ["data:"],
        "form-action": ["'none'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def outbox_html(request: HttpRequest, pk: UUID, panel: Panel | None = None) -> HttpResponse:
    """The HTML part as it was written, alone on its page: no script, no form, no request to anywhere."""
    _refuse_on_a_real_site()
    message = get_object_or_404(Message.objects.exclude(html=""), pk=pk)
    return cast("HttpResponse", private(HttpResponse(message.html)))


@requires(Permission.MESSAGE_VIEW)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """How many messages wait, went out or failed, by stream, and which failed. Never what they say."""
    counts = Message.objects.counts()
    rows = [
        {
            "stream": stream.label,
            "counts": [counts.get((stream.value, state.value), 0) for state in Message.State],
        }
        for stream in Message.Stream
    ]
    failed = Message.objects.failed().without_words().newest_first()
    context = {
        "rows": rows,
        "states": [state.label for state in Message.State],
        "page": Paginator(failed, A_PAGE).get_page(request.GET.get("page")),
        "held_up": Message.objects.held_up().without_words().order_by("due_at")[:A_PAGE],
    }
    return render(request, "workspace_messages/overview.html", context)


@requires(Permission.MESSAGE_VIEW)
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a failed message again. It goes out with the next round of delivery."""
    message = get_object_or_404(Message.objects.without_words(), pk=pk)
    if actions.retry(message=message, by=cast("Actor", request.user)):
        messages.success(request, _("The message is in the queue again."))
    else:
        messages.info(request, _("The message was in the queue already."))
    return redirect("workspace_messages:overview")
