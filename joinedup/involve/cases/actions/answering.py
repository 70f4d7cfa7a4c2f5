"""Writing the one answer, agreeing to it, sending it to everyone, closing the case."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread.actions import tie
from joinedup.involve.cases.actions.opening import NotOpen, locked
from joinedup.involve.cases.models import Agreement, Case, CaseAnswer, Part, Place
from joinedup.involve.contributions.actions import answering as contributions
from joinedup.involve.contributions.actions.speaking import staff
from joinedup.involve.contributions.models import LONGEST, Contribution

KIND, VOICE = "involve_cases.caseanswer", "involve_contributions.contribution"


class Stale(Exception):
    """There is a newer wording, so this one is neither agreed to nor sent."""


class NewWords(Exception):
    """Someone in the case said more since the answer was written; `references` says who."""

    def __init__(self, references: list[str]) -> None:
        super().__init__(", ".join(references))
        self.references = references


@transaction.atomic
def write_part(*, part: Part, text: str, by: Actor) -> Part:
    """Write what an organisation brings to the answer; writing it anew takes the place of what stood.

    Raises PermissionRefused, NotOpen; ValidationError for no words.
    """
    row = Part.objects.select_for_update().select_related("case").get(pk=part.pk)
    ask(by, Permission.CASE_PART_WRITE, row)
    if not row.case.is_open or row.state == Part.State.REVOKED:
        raise NotOpen
    if not text.strip():
        raise ValidationError({"text": _("Write your part.")})
    row.text, row.state = text.strip(), Part.State.COMPLETED
    row.written_at, row.written_by = timezone.now(), staff(by)
    row.version += 1
    row.clean_fields()
    row.save()
    record(verb="involve_cases.write_part", by=by, subject=row.case, details={"part": row.pk})
    return row


@transaction.atomic
def write_answer(*, case: Case, outcome: str, text: str, by: Actor, because: str = "") -> CaseAnswer:
    """A new wording of the answer. Whoever writes it for the lead agrees to it by writing.

    Raises PermissionRefused, NotOpen; ValidationError by field: no words, or no reason why something could
    not be done.
    """
    fresh = locked(case, by, Permission.CASE_LEAD)
    faults: dict[str, str] = {}
    if not text.strip() or len(text) > LONGEST:
        faults["text"] = _("An answer needs words, and not too many.")
    if outcome not in CaseAnswer.Outcome.values:
        faults["outcome"] = _("Say what came of it.")
    if outcome == CaseAnswer.Outcome.COULD_NOT and not because.strip():
        faults["because"] = _("Say why it could not be done.")
    if faults:
        raise ValidationError(faults)
    before = fresh.answers.latest()
    waiting = Place.objects.waiting().filter(case=fresh)
    if before is not None and before.sent_at is not None and not waiting.exists():
        raise NotOpen
    answer = CaseAnswer(
        case=fresh,
        number=before.number + 1 if before else 1,
        outcome=outcome,
        text=text.strip(),
        because=because.strip() if outcome == CaseAnswer.Outcome.COULD_NOT else "",
        written_by=staff(by),
    )
    answer.clean_fields()
    answer.save(force_insert=True)
    Agreement.objects.create(answer=answer, organisation=fresh.lead, agrees=True, said_by=staff(by))
    record(verb="involve_cases.write_answer", by=by, subject=fresh, details={"number": answer.number})
    return answer


def parties(case: Case) -> list[Organisation]:
    """Those who have to agree: who leads, and everyone with a part."""
    parts = Part.objects.standing().filter(case=case).select_related("organisation")
    found = {case.lead_id: case.lead} | {part.organisation_id: part.organisation for part in parts}
    return list(found.values())


def missing(answer: CaseAnswer) -> list[Organisation]:
    """Those who have not agreed to this wording."""
    agreed = set(answer.agreements.filter(agrees=True).values_list("organisation_id", flat=True))
    return [each for each in parties(answer.case) if each.pk not in agreed]


def missing_from(answers: Collection[CaseAnswer]) -> dict[int, set[int]]:
    """As `missing`, for many wordings in two queries: keys of organisations by the key of the wording.

    The cases of the wordings have to be loaded.
    """
    found = {each.pk: {each.case.lead_id} for each in answers}
    of_case: dict[int, set[int]] = {}
    parts = Part.objects.standing().filter(case__in=[each.case_id for each in answers])
    for case_id, organisation_id in parts.values_list("case_id", "organisation_id"):
        of_case.setdefault(case_id, set()).add(organisation_id)
    for each in answers:
        found[each.pk] |= of_case.get(each.case_id, set())
    agreed = Agreement.objects.filter(answer__in=found, agrees=True)
    for answer_id, organisation_id in agreed.values_list("answer_id", "organisation_id"):
        found[answer_id].discard(organisation_id)
    return found


@transaction.atomic
def respond(
    *, answer: CaseAnswer, organisation: Organisation, agrees: bool, by: Actor, objection: str = ""
) -> Agreement:
    """Say for an organisation that it agrees to this wording, or what should be different.

    Raises PermissionRefused for others than its staff and who reaches everything; Stale for a wording that
    does not stand any more or has gone out; ValidationError without a reason.
    """
    case = Case.objects.select_for_update().select_related("lead").get(pk=answer.case_id)
    part = Part.objects.standing().filter(case=case, organisation=organisation).first()
    if part is not None:
        ask(by, Permission.CASE_PART_WRITE, part)
    else:
        ask(by, Permission.CASE_LEAD, case)
        if organisation.pk != case.lead_id:
            raise ValidationError(_("This organisation has no part in the case."), code="organisation")
    latest = case.answers.latest()
    if latest is None or latest.pk != answer.pk or latest.sent_at is not None or not case.is_open:
        raise Stale
    if not agrees and not objection.strip():
        raise ValidationError({"objection": _("Say what should be different.")})
    row, _is_new = Agreement.objects.update_or_create(
        answer=answer,
        organisation=organisation,
        defaults={
            "agrees": agrees,
            "objection": "" if agrees else objection.strip()[:1000],
            "said_at": timezone.now(),
            "said_by": staff(by),
        },
    )
    record(
        verb="involve_cases.respond",
        by=by,
        subject=case,
        details={"organisation": organisation.pk, "agrees": agrees, "number": answer.number},
    )
    return row


def _waiting(case: Case) -> list[Place]:
    """Those who wait, each locked, so that nobody says more or takes it back while the answer goes out."""
    standing = Place.objects.standing().filter(case=case)
    rows = Contribution.objects.select_for_update().filter(pk__in=standing.values("contribution"))
    list(rows.order_by("pk").values_list("pk"))
    waiting = Place.objects.waiting().filter(case=case).select_related("contribution").order_by("pk")
    return list(waiting)


def said_more(answer: CaseAnswer) -> list[str]:
    """References of those in the case who said something after this wording was written."""
    places = Place.objects.waiting().filter(
        case=answer.case_id, contribution__last_heard_at__gt=answer.written_at
    )
    return list(places.values_list("contribution__reference", flat=True).order_by("contribution__reference"))


@transaction.atomic
def send(*, answer: CaseAnswer, by: Actor) -> CaseAnswer:
    """Send the answer on which all agree to everyone in the case, each in the form they asked for.

    Emails are queued at once, calls and letters wait to be marked. Once nobody waits the case is closed.
    Raises PermissionRefused, NotOpen, Stale, NewWords; ValidationError while someone has not agreed.
    """
    case = locked(answer.case, by, Permission.CASE_LEAD)
    latest = case.answers.latest()
    if latest is None or latest.pk != answer.pk or latest.sent_at is not None:
        raise Stale
    if names := [each.name for each in missing(latest)]:
        told = _("These have not agreed yet: %(names)s.")
        raise ValidationError(told % {"names": ", ".join(names)}, code="unagreed")
    waiting = _waiting(case)
    if references := said_more(latest):
        raise NewWords(references)
    latest.sent_at, latest.sent_by = timezone.now(), staff(by)
    latest.save(update_fields=["sent_at", "sent_by"])
    for place in waiting:
        _send_to(place, latest, by)
    record(verb="involve_cases.send", by=by, subject=case, details={"number": latest.number})
    _close_if_told(case, by)
    return latest


def _send_to(place: Place, answer: CaseAnswer, by: Actor) -> None:
    contribution = place.contribution
    if contribution.answers.filter(answered_at__gte=contribution.last_heard_at).exists():
        return  # told by phone or letter later: an earlier wording waits to be marked
    contributions.answer(
        contribution=contribution,
        text=answer.whole,
        heard_at=contribution.last_heard_at,
        once=f"case-answer-{answer.pk}-to-{contribution.pk}",
        for_case=True,
        by=by,
    )
    tie(start=(VOICE, contribution.pk), end=(KIND, answer.pk), on=timezone.localdate(), by=by)


def _close_if_told(case: Case, by: Actor) -> bool:
    if Place.objects.waiting().filter(case=case).exists():
        return False
    case.state, case.closed_at = Case.State.COMPLETED, timezone.now()
    case.version += 1
    case.save(update_fields=["state", "closed_at", "version"])
    record(verb="involve_cases.close", by=by, subject=case)
    return True


@transaction.atomic
def close(*, case: Case, by: Actor) -> Case:
    """Close a case in which everyone was told.

    Raises PermissionRefused, NotOpen; ValidationError while someone waits.
    """
    fresh = locked(case, by, Permission.CASE_LEAD)
    _waiting(fresh)
    if not _close_if_told(fresh, by):
        raise ValidationError(_("Someone in this case has not been told yet."), code="untold")
    return fresh
