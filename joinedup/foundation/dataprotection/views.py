"""The privacy officer's page: what we hold about one person, and what is past its time."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundation.dataprotection import actions
from joinedup.foundation.dataprotection.forms import EraseForm, PersonForm
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission


@requires(Permission.PERSON_EXPORT)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Ask about one person, and see what is held where."""
    form = PersonForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        found = actions.look_up(who=who, by=request.user)  # type: ignore[arg-type]
        held = [each for each in found if each.entries]
        context |= {"looked": True, "who": who, "held": held, "erase_form": EraseForm(initial={"who": who})}
    return render(request, "dataprotection/person.html", context)


@requires(Permission.PERSON_EXPORT)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The same as a file to hand to the person."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return render(request, "dataprotection/person.html", {"form": form})
    document = actions.export(who=form.cleaned_data["who"], by=request.user)  # type: ignore[arg-type]
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="what-we-hold.json"'
    return response


@requires(Permission.PERSON_ERASE)
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what may be erased; without the tick nothing is."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        found = actions.look_up(who=request.POST.get("who", ""), by=request.user)  # type: ignore[arg-type]
        context = {
            "form": PersonForm(initial={"who": request.POST.get("who", "")}),
            "looked": True,
            "who": request.POST.get("who", ""),
            "held": [each for each in found if each.entries],
            "erase_form": form,
        }
        return render(request, "dataprotection/person.html", context)
    done = actions.erase(who=form.cleaned_data["who"], by=request.user)  # type: ignore[arg-type]
    count = sum(done.values())
    said = ngettext("%(count)d thing was erased.", "%(count)d things were erased.", count)
    messages.success(request, said % {"count": count} if count else _("There was nothing left to erase."))
    return redirect("dataprotection:person")


@requires(Permission.RETENTION_RUN)
@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Each rule, what is past its time now, and a button that deletes it."""
    if request.method == "POST":
        done = actions.forget_due(by=request.user)  # type: ignore[arg-type]
        count = sum(each.count for each in done)
        said = ngettext("%(count)d thing was deleted.", "%(count)d things were deleted.", count)
        messages.success(request, said % {"count": count})
        return redirect("dataprotection:retention")
    rows = actions.due(by=request.user)  # type: ignore[arg-type]
    return render(request, "dataprotection/retention.html", {"rows": rows, "any": any(r.count for r in rows)})
