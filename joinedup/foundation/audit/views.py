"""The door to the record: who did what, newest first. Nothing here changes anything."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundation.audit.forms import FilterForm
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission

A_PAGE = 50


def _named(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Each event with its verb in words, and the names actor and subject have today.

    The record itself holds keys only. A model that may be named here says how in `audit_name`; one
    query a kind. What has been erased since keeps its key.
    """
    rows = list(events)
    keys: dict[str, set[str]] = {}
    for event in rows:
        keys.setdefault(event.actor_kind, set()).add(event.actor_id)
        keys.setdefault(event.subject_kind, set()).add(event.subject_id)
    names: dict[tuple[str, str], str] = {}
    for kind, ids in keys.items():
        model = _models().get(kind)
        if model is not None and hasattr(model, "audit_name"):
            for row in model._default_manager.filter(pk__in=ids - {""}):
                names[kind, str(row.pk)] = str(row.audit_name)
    return [
        {
            "event": event,
            "words": event.verb.rpartition(".")[2].replace("_", " "),
            "by": names.get((event.actor_kind, event.actor_id), ""),
            "to": names.get((event.subject_kind, event.subject_id), ""),
        }
        for event in rows
    ]


@cache
def _models() -> dict[str, type[Model]]:
    """Models by the label the record knows them under; staff act under `foundation_identity.user`."""
    return {model._meta.label_lower: model for model in apps.get_models()}


@requires(Permission.AUDIT_VIEW)
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """The record, narrowed by what stands in the address. A filter that is wrong shows no events."""
    form = FilterForm(request.GET)
    found = AuditEvent.objects.newest_first()
    found = form.narrow(found) if form.is_valid() else found.none()
    asked = request.GET.copy()
    asked.pop("page", None)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": _named(page.object_list),
        "address": f"?{asked.urlencode()}&page=" if asked else "?page=",
    }
    return render(request, "audit/events.html", context)
