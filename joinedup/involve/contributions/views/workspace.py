"""What staff see: the list, one contribution, and the list taken away."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.involve.contributions import access, spreadsheet
from joinedup.involve.contributions.actions.exporting import export
from joinedup.involve.contributions.contact import phone_as_said
from joinedup.involve.contributions.forms.answering import FilterForm
from joinedup.involve.contributions.models import Answer, Contribution
from joinedup.involve.contributions.models.contribution import ContributionQuerySet
from joinedup.involve.contributions.models.words import as_they_stand

PER_PAGE = 50
TONES = {"received": "new", "in-progress": "going", "completed": "done", "revoked": "stopped"}


def chosen(request: HttpRequest, form: FilterForm) -> ContributionQuerySet:
    """The contributions that the filter asks for, out of those the user may see."""
    rows = Contribution.objects.for_user(request.user)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    state = asked.get("state", "")
    if asked.get("undelivered"):
        rows = rows.undelivered()
    elif state in Contribution.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.open()
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("organisation"):
        rows = rows.filter(organisation=asked["organisation"])
    if asked.get("late"):
        rows = rows.late(timezone.localdate())
    if asked.get("mine"):
        rows = rows.filter(assigned_to=request.user.pk)
    if asked.get("q"):
        rows = rows.searching(asked["q"].strip())
    waits = state in ("", *Contribution.OPEN) and not asked.get("undelivered")
    return rows.soonest_first() if waits else rows.newest_first()


def _address(query: QueryDict) -> str:
    """What stands before the page number in a link to another page of the same list."""
    kept = query.copy()
    kept.pop("page", None)
    return f"?{kept.urlencode()}&page=" if kept else "?page="


@requires(Permission.CONTRIBUTION_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """What people said: by default what waits for an answer, what is owed first on top."""
    form = FilterForm(request.GET)
    untold = Answer.objects.filter(contribution=OuterRef("pk"), told_on__isnull=True).exclude(form="none")
    rows = chosen(request, form).select_related("organisation", "assigned_to").prefetch_related("words")
    page = Paginator(rows.annotate(has_untold=Exists(untold)), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for contribution in page:
        words = as_they_stand(sorted(contribution.words.all(), key=lambda row: (row.said_at, row.pk)))
        contribution.excerpt = words[0].text if words else ""  # type: ignore[attr-defined]
        contribution.late_today = contribution.is_late(today)  # type: ignore[attr-defined]
        contribution.tone = TONES[contribution.state]  # type: ignore[attr-defined]
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "address": _address(request.GET),
        "query": kept.urlencode(),
        "may_enter": may(request.user, Permission.CONTRIBUTION_ENTER),
        "may_export": may(request.user, Permission.CONTRIBUTION_EXPORT),
    }
    return render(request, "contributions/list.html", context)


def safety_notes(contribution: Contribution) -> list[str]:
    """What whoever answers must keep in mind, always in sight: form, language, needs."""
    notes = []
    if contribution.language != "en":
        notes.append(contribution.language_name)
    named = [need for need in contribution.needs if not (need == "other" and contribution.needs_other)]
    notes += [str(Contribution.Need(need).label) for need in named]
    if contribution.needs_other:
        notes.append(contribution.needs_other)
    return notes


def around(contribution: Contribution) -> dict[str, Any]:
    """What every staff page of one contribution shows: its bar, its words, its answers."""
    words = list(contribution.words.select_related("entered_by").oldest_first())
    answers = list(
        contribution.answers.select_related("answered_by", "told_noted_by", "message").oldest_first()
    )
    return {
        "contribution": contribution,
        "case_title": _("%(reference)s · %(state)s · Answer by: %(way)s")
        % {
            "reference": contribution.reference,
            "state": contribution.get_state_display(),
            "way": contribution.get_reply_by_display(),
        },
        "safety_notes": safety_notes(contribution),
        "words": as_they_stand(words),
        "history": words,
        "answers": answers,
        "to_tell": next((answer for answer in reversed(answers) if not answer.is_told), None),
        "is_late": contribution.is_late(timezone.localdate()),
        "phone_number": phone_as_said(contribution.phone) if contribution.phone else "",
        "tone": TONES[contribution.state],
    }


@requires(Permission.CONTRIBUTION_VIEW)
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One contribution: what was said, by whom, what they need, and the next step."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_VIEW, reference=reference)
    context = around(contribution)
    answered = any(answer.answered_at >= contribution.last_heard_at for answer in context["answers"])
    context |= {
        "may_answer": access.may(request.user, Permission.CONTRIBUTION_ANSWER, contribution),
        "may_assign": access.may(request.user, Permission.CONTRIBUTION_ASSIGN, contribution),
        "may_enter": access.may(request.user, Permission.CONTRIBUTION_ENTER, contribution),
        "is_answered": answered,
    }
    return render(request, "contributions/detail.html", context)


@requires(Permission.CONTRIBUTION_EXPORT)
def take_away(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered, as a CSV file, line by line; without names and contact details."""
    rows = export(contributions=chosen(request, FilterForm(request.GET)), by=request.user)  # type: ignore[arg-type]
    today = timezone.localdate()
    response = StreamingHttpResponse(spreadsheet.lines(rows, today), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="what-people-said-{today.isoformat()}.csv"'
    )
    return response
