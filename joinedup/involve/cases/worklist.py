"""What of cases needs someone today."""

import datetime
from collections.abc import Iterable, Mapping
from itertools import islice

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.permissions import Permission
from joinedup.foundation.permissions import may as roles_allow
from joinedup.foundation.worklist import Need, Source, register
from joinedup.involve.cases.actions.answering import missing_from
from joinedup.involve.cases.models import Agreement, Case, CaseAnswer, Part, Place
from joinedup.involve.contributions.models import Answer

SHOWN = 20
LOOKED_AT = 200  # most of them may wait for others


def _href(case: Case) -> str:
    return reverse("workspace_cases:detail", args=[case.reference])


def _next_step(case: Case, answer: CaseAnswer | None, *, is_agreed: bool) -> str:
    """The one thing the lead does next, in words that begin with the verb; empty while others have to act."""
    if not case.is_waiting:  # type: ignore[attr-defined]
        step = _("Close case %(case)s: everyone is told")
    elif answer is not None and answer.sent_at is not None and case.is_pending:  # type: ignore[attr-defined]
        step = _("Ring or write to those still to be told in case %(case)s")
    elif case.parts_owed:  # type: ignore[attr-defined]
        step = _("Ask after a late part of case %(case)s") if case.parts_late else ""  # type: ignore[attr-defined]
    elif answer is None or answer.sent_at is not None:
        step = _("Write the answer of case %(case)s")
    elif not is_agreed:
        step = _("Ask after who has not agreed in case %(case)s")
    else:
        step = _("Send the answer of case %(case)s")
    return step % {"case": case.reference} if step else ""


def _latest(cases: Iterable[Case]) -> dict[int, CaseAnswer]:
    """The wording that stands in each of these cases."""
    rows = CaseAnswer.objects.filter(case__in=cases).select_related("case").order_by("number")
    return {each.case_id: each for each in rows}


def _led(user: object, day: datetime.date) -> Iterable[Need]:
    waiting = Place.objects.waiting().filter(case=OuterRef("pk"))
    untold = Answer.objects.filter(told_on__isnull=True).exclude(form="none").values("contribution")
    owed = Part.objects.unwritten().filter(case=OuterRef("pk"))
    rows = Case.objects.for_user(user, Permission.CASE_LEAD).open().select_related("lead")
    rows = rows.annotate(
        is_waiting=Exists(waiting),
        is_pending=Exists(waiting.filter(contribution__in=untold)),
        parts_owed=Exists(owed),
        parts_late=Exists(owed.filter(due_on__lt=day)),
    )
    cases = list(rows.most_pressing_first()[:LOOKED_AT])
    answers = _latest(cases)
    absent = missing_from(list(answers.values()))
    needs = (_need(case, answers.get(case.pk), absent) for case in cases)
    yield from islice((need for need in needs if need is not None), SHOWN)


def _need(case: Case, answer: CaseAnswer | None, absent: Mapping[int, set[int]]) -> Need | None:
    """What is to be done in it now; None where it waits for others, unless someone may come to harm."""
    is_urgent = case.risk == Case.Risk.URGENT
    step = _next_step(case, answer, is_agreed=answer is not None and not absent[answer.pk])
    if not step and is_urgent:
        step = _("Look after case %(case)s: someone may come to harm") % {"case": case.reference}
    return Need(step, _href(case), case.due_on, case.title, is_urgent) if step else None


def _own(user: object) -> set[int]:
    """The organisations this person acts for: what others have to do is not theirs to do."""
    own = getattr(user, "organisation_ids", None)
    return own() if own is not None else set()


def _asked(user: object, day: datetime.date) -> Iterable[Need]:
    parts = Part.objects.unwritten().filter(case__state=Case.State.IN_PROGRESS, organisation__in=_own(user))
    for part in parts.select_related("case").order_by("due_on", "pk")[:SHOWN]:
        if roles_allow(user, Permission.CASE_PART_WRITE, part):
            yield Need(
                _("Write your part of case %(case)s") % {"case": part.case.reference},
                reverse("workspace_cases:write-part", args=[part.case.reference, part.pk]),
                part.due_on,
                part.case.title,
                part.case.risk == Case.Risk.URGENT,
            )


def _agree(user: object, day: datetime.date) -> Iterable[Need]:
    mine = Part.objects.standing().filter(organisation__in=_own(user), case__state=Case.State.IN_PROGRESS)
    parts = [part for part in mine.order_by("pk") if roles_allow(user, Permission.CASE_PART_WRITE, part)]
    answers = _latest(Case.objects.filter(pk__in=[part.case_id for part in parts]))
    unsent = [each for each in answers.values() if each.sent_at is None]
    absent = missing_from(unsent)
    said = Agreement.objects.filter(answer__in=unsent, agrees=False).values_list(
        "answer_id", "organisation_id"
    )
    objected = set(said)
    for part in sorted(parts, key=lambda each: each.due_on)[:SHOWN]:
        answer, whose = answers.get(part.case_id), part.organisation_id
        if answer is None or answer.pk not in absent:
            continue
        if whose in absent[answer.pk] and (answer.pk, whose) not in objected:
            yield Need(
                _("Read the answer of case %(case)s and agree") % {"case": answer.case.reference},
                reverse("workspace_cases:respond", args=[answer.case.reference, answer.number, whose]),
                answer.case.due_on,
                answer.case.title,
            )


register(
    Source(
        "involve_cases.led",
        gettext_lazy("Cases you lead"),
        Permission.CASE_LEAD,
        _led,
        "/workspace/cases/",
    )
)
register(
    Source(
        "involve_cases.asked", gettext_lazy("Parts you were asked for"), Permission.CASE_PART_WRITE, _asked
    )
)
register(
    Source("involve_cases.agree", gettext_lazy("Answers to agree to"), Permission.CASE_PART_WRITE, _agree)
)
