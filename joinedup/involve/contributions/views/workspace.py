"""What staff see: the list, one contribution, and the list taken away."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.involve.contributions import access, spreadsheet
from joinedup.involve.contributions.actions.exporting import export
from joinedup.involve.contributions.contact import phone_as_said
from joinedup.involve.contributions.forms.answering import FilterForm
from joinedup.involve.contributions.models import Answer, BatchRow, Contribution
from joinedup.involve.contributions.models.words import as_they_stand
from joinedup.involve.contributions.views.listed import back_href, carried, chosen, next_in_list

PER_PAGE = 50
TONES = {"received": "new", "in-progress": "going", "completed": "done", "revoked": "stopped"}
WAYS = {
    "email": _("answer by email"),
    "phone": _("answer by phone"),
    "letter": _("answer by letter"),
    "none": _("answer at their reference"),
}


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
    rows = chosen(request.user, form).select_related("organisation", "assigned_to").prefetch_related("words")
    page = Paginator(rows.annotate(has_untold=Exists(untold)), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for contribution in page:
        words = as_they_stand(sorted(contribution.words.all(), key=lambda row: (row.said_at, row.pk)))
        contribution.excerpt = words[0].text if words else ""  # type: ignore[attr-defined]
        contribution.late_today = contribution.is_late(today)  # type: ignore[attr-defined]
        contribution.tone = TONES[contribution.state]  # type: ignore[attr-defined]
        contribution.notes = safety_notes(contribution)  # type: ignore[attr-defined]
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "address": _address(request.GET),
        "query": kept.urlencode(),
        "carried": f"?{urlencode({'back': request.GET.urlencode()})}",
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


def case_title(contribution: Contribution) -> str:
    """Who it is and what is owed, in one line: the reference, the name, the state, the way and the day."""
    parts = [contribution.reference]
    if contribution.state != Contribution.State.REVOKED:
        parts.append(contribution.name or str(_("no name given")))
    parts.append(contribution.get_state_display())
    if contribution.is_open:
        due = date_format(contribution.answer_by_on, "j F Y")
        parts.append(str(_("%(way)s, due %(day)s")) % {"way": WAYS[contribution.reply_by], "day": due})
    return " · ".join(parts)


def around(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    """What every staff page of one contribution shows: its bar, its words, its answers."""
    words = list(contribution.words.select_related("entered_by").oldest_first())
    answers = list(
        contribution.answers.select_related("answered_by", "told_noted_by", "message").oldest_first()
    )
    return {
        "contribution": contribution,
        "case_title": case_title(contribution),
        "carried": carried(request),
        "back_href": back_href(request),
        "safety_notes": safety_notes(contribution),
        "words": as_they_stand(words),
        "history": words,
        "answers": answers,
        "to_tell": next((answer for answer in reversed(answers) if not answer.is_told), None),
        "brought_in": _brought_in(contribution),
        "is_late": contribution.is_late(timezone.localdate()),
        "phone_number": phone_as_said(contribution.phone) if contribution.phone else "",
        "tone": TONES[contribution.state],
    }


def _brought_in(contribution: Contribution) -> BatchRow | None:
    """With which file it came, if with any."""
    rows = BatchRow.objects.filter(contribution=contribution)
    return rows.select_related("batch__brought_in_by", "collection").first()


@requires(Permission.CONTRIBUTION_VIEW)
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One contribution: what was said, by whom, what they need, and the next step."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_VIEW, reference=reference)
    context = around(request, contribution)
    answered = any(answer.answered_at >= contribution.last_heard_at for answer in context["answers"])
    context |= {
        "may_answer": access.may(request.user, Permission.CONTRIBUTION_ANSWER, contribution),
        "may_assign": access.may(request.user, Permission.CONTRIBUTION_ASSIGN, contribution),
        "may_enter": access.may(request.user, Permission.CONTRIBUTION_ENTER, contribution),
        "is_answered": answered,
        "next": next_in_list(request, contribution) if answered else None,
    }
    return render(request, "contributions/detail.html", context)


@requires(Permission.CONTRIBUTION_EXPORT)
def take_away(request: HttpRequest) -> HttpResponseBase:
    """The list as filtered, as a CSV file, line by line; without names and contact details."""
    rows = export(contributions=chosen(request.user, FilterForm(request.GET)), by=request.user)  # type: ignore[arg-type]
    today = timezone.localdate()
    response = StreamingHttpResponse(spreadsheet.lines(rows, today), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="what-people-said-{today.isoformat()}.csv"'
    )
    return response
