"""What staff see of cases: the list, and one case."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission
from joinedup.foundation.permissions import may as roles_allow
from joinedup.foundation.thread.models import Link
from joinedup.involve.cases import access
from joinedup.involve.cases.actions.answering import missing, said_more
from joinedup.involve.cases.models import Agreement, Case, Part, Place
from joinedup.involve.contributions import access as contributions
from joinedup.involve.contributions.details import without_details
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.words import as_they_stand
from joinedup.involve.contributions.views.workspace import safety_notes
from joinedup.involve.themes.actions import VOICE
from joinedup.involve.themes.models import KIND, Theme

PER_PAGE = 50
TONES = {"in-progress": "going", "completed": "done", "entered-in-error": "stopped"}


@requires(Permission.CASE_VIEW)
def listing(request: HttpRequest) -> HttpResponse:
    """The cases someone may see: open ones first asked for, the most pressing on top."""
    shows = request.GET.get("state", "")
    rows = Case.objects.for_user(request.user)
    rows = rows.filter(state=shows) if shows in Case.State.values else rows if shows == "all" else rows.open()
    standing = Q(places__left_at__isnull=True)
    waiting = standing & Q(places__contribution__state__in=Contribution.OPEN)
    rows = rows.annotate(
        voices=Count("places", filter=standing, distinct=True),
        waiting=Count("places", filter=waiting, distinct=True),
    )
    ordered = rows.select_related("lead", "owner").most_pressing_first()
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for case in page:
        case.late_today = case.is_late(today)  # type: ignore[attr-defined]
        case.tone = TONES[case.state]  # type: ignore[attr-defined]
    context = {
        "page": page,
        "shows": shows,
        "address": f"?state={shows}&page=" if shows else "?page=",
        "states": [("", _("Open")), *Case.State.choices[1:], ("all", _("All"))],
    }
    return render(request, "cases/list.html", context)


def case_bar(case: Case) -> str:
    """What the case is, in one line that stays in sight."""
    parts = [case.reference, case.title, str(case.get_state_display())]
    if case.is_open:
        parts.append(_("answer due %(day)s") % {"day": date_format(case.due_on, "j F Y")})
    return " · ".join(parts)


def around(case: Case) -> dict[str, Any]:
    """What every page of one case shows: its bar, and what must be kept in mind."""
    notes = [str(case.get_risk_display())] if case.risk != Case.Risk.USUAL else []
    return {"case": case, "case_title": case_bar(case), "safety_notes": notes}


def _voices(case: Case, user: object) -> list[Contribution]:
    """What is in the case now, with its words; who may not see whose they are gets the words alone."""
    places = Place.objects.standing().filter(case=case).values("contribution")
    rows = Contribution.objects.filter(pk__in=places).prefetch_related("words", "answers")
    seen = set(Contribution.objects.for_user(user).filter(pk__in=places).values_list("pk", flat=True))
    found = list(rows.order_by("received_at", "pk"))
    for row in found:
        words = as_they_stand(sorted(row.words.all(), key=lambda each: (each.said_at, each.pk)))
        row.in_full = row.pk in seen  # type: ignore[attr-defined]
        row.texts = [each.text if row.in_full else without_details(each.text) for each in words]  # type: ignore[attr-defined]
        row.notes = safety_notes(row) if row.pk in seen else []  # type: ignore[attr-defined]
        row.to_tell = [each for each in row.answers.all() if not each.is_told]  # type: ignore[attr-defined]
    return found


def _parts(case: Case, user: object) -> list[Part]:
    parts = list(
        Part.objects.filter(case=case).select_related("organisation", "owner", "written_by").order_by("pk")
    )
    today = timezone.localdate()
    for part in parts:
        part.late_today = part.is_late(today)  # type: ignore[attr-defined]
        part.is_mine = roles_allow(user, Permission.CASE_PART_WRITE, part)  # type: ignore[attr-defined]
    return parts


def _themes(case: Case) -> list[Theme]:
    voices = Place.objects.standing().filter(case=case).values("contribution")
    links = Link.objects.standing().filter(start_kind=VOICE, start_key__in=voices, end_kind=KIND)
    return list(Theme.objects.filter(pk__in=links.values("end_key")))


def _responses(answer: Any, parts: list[Part], user: object) -> dict[str, Any]:
    """Who agrees to the wording that stands, who has not said, and for whom this person may say it."""
    said = Agreement.objects.filter(answer=answer).select_related("organisation", "said_by").order_by("pk")
    absent = missing(answer)
    mine = [
        part.organisation
        for part in parts
        if part.organisation in absent
        and part.state != Part.State.REVOKED
        and roles_allow(user, Permission.CASE_PART_WRITE, part)
    ]
    more, objected = said_more(answer), any(not each.agrees for each in said)
    waits = answer.sent_at is None and bool(absent) and not more and not objected
    return {
        "responses": list(said),
        "absent": absent,
        "mine_to_agree": mine,
        "said_more": more,
        "has_objection": objected,
        "waits_for_agreement": waits,
    }


@requires(Permission.CASE_VIEW)
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One case: what people said, who has which part, the answer, and the next step."""
    case = access.get_for(request.user, Permission.CASE_VIEW, reference=reference)
    voices, parts = _voices(case, request.user), _parts(case, request.user)
    answers = list(case.answers.select_related("written_by", "sent_by").order_by("-number"))
    answer = answers[0] if answers else None
    waiting = [row for row in voices if row.is_open]
    may_lead = access.may(request.user, Permission.CASE_LEAD, case)
    context: dict[str, Any] = around(case) | {
        "voices": voices,
        "parts": parts,
        "my_part": next((part for part in parts if part.is_mine and part.state == "requested"), None),  # type: ignore[attr-defined]
        "answers": answers,
        "answer": answer,
        "waiting": waiting,
        "to_tell": [row for row in voices if row.is_open and row.to_tell],  # type: ignore[attr-defined]
        "themes": _themes(case),
        "merged": case.merges_in.filter(undone_at__isnull=True).select_related("source"),
        "may_lead": may_lead,
        "may_open": access.may(request.user, Permission.CASE_OPEN, case),
        "may_show": access.may(request.user, Permission.STORY_PUBLISH, case),
        "is_late": case.is_late(timezone.localdate()),
        "tone": TONES[case.state],
    }
    context |= _responses(answer, parts, request.user) if answer is not None else {}
    return render(request, "cases/detail.html", context)


@requires(Permission.CASE_VIEW)
def of_contribution(request: HttpRequest, reference: str) -> HttpResponse:
    """To the case that something someone said is in."""
    contribution = contributions.get_for(request.user, Permission.CONTRIBUTION_VIEW, reference=reference)
    place = get_object_or_404(Place.objects.standing().select_related("case"), contribution=contribution)
    if not access.may(request.user, Permission.CASE_VIEW, place.case):
        raise Http404
    return redirect("workspace_cases:detail", reference=place.case.reference)
