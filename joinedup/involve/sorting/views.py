"""Reading what came in and deciding what it is about: the queue, one by one, or several at once."""

import datetime
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.contribution import ContributionQuerySet
from joinedup.involve.contributions.models.words import as_they_stand
from joinedup.involve.contributions.views.workspace import safety_notes
from joinedup.involve.sorting import access, actions
from joinedup.involve.sorting.forms import QueueForm, SortForm, TogetherForm
from joinedup.involve.sorting.models import Sorting, Suggestion

PER_PAGE = 25


def _chosen(request: HttpRequest, form: QueueForm) -> ContributionQuerySet:
    rows = access.queue(request.user)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if asked.get("theme"):
        rows = rows.filter(suggestion__theme=asked["theme"])
    if asked.get("q"):
        rows = rows.searching(asked["q"].strip(), by=request.user)
    return rows


def _hint(contribution: Contribution) -> Suggestion | None:
    """What the sorter makes of all that was said; nothing when it has not seen the last of it."""
    hint = getattr(contribution, "suggestion", None)
    return hint if hint is not None and hint.heard_at >= contribution.last_heard_at else None


def _with_words(contributions: list[Contribution]) -> list[Contribution]:
    today = timezone.localdate()
    for contribution in contributions:
        words = as_they_stand(sorted(contribution.words.all(), key=lambda row: (row.said_at, row.pk)))
        contribution.texts = [row.text for row in words]  # type: ignore[attr-defined]
        contribution.late_today = contribution.is_late(today)  # type: ignore[attr-defined]
        contribution.notes = safety_notes(contribution)  # type: ignore[attr-defined]
        contribution.hint = _hint(contribution)  # type: ignore[attr-defined]
    return contributions


def _address(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}&page=" if kept else "?page="


@requires(Permission.CONTRIBUTION_SORT)
def queue(request: HttpRequest) -> HttpResponse:
    """What nobody has sorted, what is read first on top; several can be put under a theme at once."""
    form = QueueForm(request.GET)
    # The keys of all are fetched once and counted here: counting in the database would search it twice.
    page = Paginator(access.keys(_chosen(request, form)), PER_PAGE).get_page(request.GET.get("page"))
    rows = _with_words(list(access.with_keys(request.user, page).prefetch_related("words")))
    together = TogetherForm(
        request.POST or None, references=[row.reference for row in rows], auto_id="together_%s"
    )
    if request.method == "POST" and together.is_valid():
        picked = [row for row in rows if row.reference in together.cleaned_data["chosen"]]
        if answered := _do_together(request, together, picked):
            return answered
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "together": together,
        "address": _address(request.GET),
        "ticked": set(request.POST.getlist("chosen")),
        "may_open": may(request.user, Permission.CASE_OPEN),
    }
    return render(request, "sorting/queue.html", context)


def _read(request: HttpRequest) -> dict[str, datetime.datetime]:
    """When the last words were said that stood on the page, by reference."""
    found = {}
    for each in request.POST.getlist("heard"):
        reference, _space, moment = each.partition(" ")
        with suppress(ValueError):
            found[reference] = datetime.datetime.fromisoformat(moment)
    return found


def _do_together(request: HttpRequest, form: TogetherForm, picked: list[Contribution]) -> HttpResponse | None:
    if not picked:
        form.add_error(None, _("Choose at least one from the list."))
        return None
    if request.POST.get("step") == "case":
        asked = urlencode([("with", row.reference) for row in picked])
        return redirect(f"{reverse('workspace_cases:open')}?{asked}")
    theme = form.cleaned_data["theme"]
    if theme is None:
        form.add_error("theme", _("Choose a theme"))
        return None
    try:
        done = actions.decide_together(
            contributions=picked,
            theme=theme,
            heard=_read(request),
            by=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as fault:
        form.add_error(None, fault)
        return None
    told = ngettext("%(count)s put under %(theme)s.", "%(count)s put under %(theme)s.", len(done))
    messages.success(request, told % {"count": len(done), "theme": theme.name})
    return redirect(request.get_full_path())


def _initial(contribution: Contribution) -> dict[str, Any]:
    """What stands in the form: what was decided before, else what is suggested."""
    before = Sorting.objects.filter(contribution=contribution).newest_first().first()
    if before is not None:
        return {"theme": before.theme, "tone": before.tone, "is_urgent": before.is_urgent}
    hint = _hint(contribution)
    return {"theme": hint.theme, "tone": hint.tone} if hint is not None else {}


@requires(Permission.CONTRIBUTION_SORT)
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """Read one, and decide what it is about."""
    contribution = access.get_for(request.user, reference=reference)
    if contribution.state == Contribution.State.REVOKED:
        messages.warning(request, _("The person took this back. There is nothing to sort."))
        return redirect("workspace_sorting:queue")
    form = SortForm(request.POST or None, initial=_initial(contribution))
    if request.method == "POST" and form.is_valid() and (done := _sorted(request, contribution, form)):
        return done
    (shown,) = _with_words([contribution])
    context = {
        "contribution": shown,
        "form": form,
        "history": Sorting.objects.filter(contribution=contribution)
        .select_related("theme", "sorted_by", "suggested_theme")
        .newest_first(),
        "case_title": f"{contribution.reference} · {contribution.get_state_display()}",
        "safety_notes": safety_notes(contribution),
        "may_open": may(request.user, Permission.CASE_OPEN, contribution),
        "may_publish": may(request.user, Permission.STORY_PUBLISH, contribution),
        "waiting": access.queue(request.user).count(),
    }
    return render(request, "sorting/one.html", context)


def _sorted(request: HttpRequest, contribution: Contribution, form: SortForm) -> HttpResponse | None:
    """Keep the decision, and go on: to a case when it is urgent, else to the next in the queue.

    None where there are new words to read first.
    """
    try:
        heard_at = _read(request).get(contribution.reference)
        actions.decide(contribution=contribution, heard_at=heard_at, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except ValidationError as fault:
        if getattr(fault, "code", "") == "heard":
            form.add_error(None, fault)
            return None
        messages.warning(request, " ".join(fault.messages))
        return redirect("workspace_sorting:queue")
    messages.success(request, _("%(reference)s is sorted.") % {"reference": contribution.reference})
    if form.cleaned_data["is_urgent"] and not contribution.in_case:
        asked = urlencode({"with": contribution.reference, "risk": "1"})
        return redirect(f"{reverse('workspace_cases:open')}?{asked}")
    following = access.queue(request.user).first()
    if following is None:
        return redirect("workspace_sorting:queue")
    return redirect("workspace_sorting:one", reference=following.reference)
