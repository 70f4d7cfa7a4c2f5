"""The door to the record: who did what, newest first. Nothing here changes anything."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundation.audit.forms import FilterForm
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission

A_PAGE = 50


@requires(Permission.AUDIT_VIEW)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The record, narrowed by what stands in the address. A filter that is wrong shows no events."""
    form = FilterForm(request.GET)
    found = AuditEvent.objects.newest_first()
    found = form.narrow(found) if form.is_valid() else found.none()
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "address": f"?{asked.urlencode()}&page=" if asked else "?page=",
    }
    return render(request, "audit/events.html", context)
