"""The few pages that belong to no area."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.static import serve

from joinedup.foundation import worklist
from joinedup.foundation.doors.entry import public, requires
from joinedup.foundation.identity.sample import current_codes
from joinedup.foundation.permissions import Permission


@public
def uploaded(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture or a logo. On a real site the web server in front answers this address itself."""
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))


@public
def editor_sign_in(request: HttpRequest) -> HttpResponse:
    """The page editor has no sign-in of its own: everyone uses the one with the second step."""
    return redirect(settings.LOGIN_URL)


@requires(Permission.WORKSPACE_ENTER)
def today(request: HttpRequest) -> HttpResponse:
    """The front page of the workspace: what needs this person today, the most pressing first."""
    day = timezone.localdate()
    piles = worklist.for_user(request.user, day)
    context = {
        "day": day,
        "piles": [{"pile": pile, "late": pile.late(day), "needs": _drawn(pile, day)} for pile in piles],
        "many": sum(len(pile.needs) for pile in piles),
        "late": sum(pile.late(day) for pile in piles),
    }
    return render(request, "config/today.html", context)


def _drawn(pile: worklist.Pile, day: datetime.date) -> list[dict[str, Any]]:
    return [
        {"need": need, "late": need.due_on is not None and need.due_on < day, "today": need.due_on == day}
        for need in pile.needs
    ]


def sample_sign_ins() -> dict[str, Any]:
    """What to type to sign in as each sample person, for the top of the demonstration's outbox."""
    sign_ins = current_codes()
    title = _("Signing in as a sample person")
    if sign_ins:
        title = _("Signing in as a sample person: password %(password)s") % {"password": sign_ins[0].password}
    rows = [
        {
            "label": sign_in.email,
            "value": _("code %(code)s, for %(seconds)s more seconds (%(role)s)")
            % {"code": sign_in.code, "seconds": sign_in.seconds_left, "role": sign_in.role},
        }
        for sign_in in sign_ins
    ]
    return {"title": title, "rows": rows}
