"""What the thread tells of answers: those that are shown, everyone may read; the others went to people."""

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread.plugs import Kind, Part, Thing, register
from joinedup.involve.cases.actions.answering import KIND
from joinedup.involve.cases.models import CaseAnswer

_READ = ("outcome", "text", "because", "written_at", "sent_at", "is_public")


def _things(keys: Collection[int]) -> Mapping[int, Thing]:
    """The public site reads these columns of answers that are shown, and nothing of their cases."""
    rows = CaseAnswer.objects.filter(pk__in=keys).only(*_READ)
    return {row.pk: thing_of(row) for row in rows}


def thing_of(answer: CaseAnswer) -> Thing:
    """An answer as the thread tells of it."""
    could_not = answer.outcome == CaseAnswer.Outcome.COULD_NOT
    return Thing(
        title=_("We answered"),
        on=timezone.localdate(answer.sent_at or answer.written_at),
        text=answer.because if could_not else answer.text,
        is_public=answer.is_public,
        has_failed=could_not,
    )


def _choices() -> Mapping[int, Thing]:
    rows = CaseAnswer.objects.filter(sent_at__isnull=False).only(*_READ).order_by("-sent_at")[:100]
    return {row.pk: thing_of(row) for row in rows}


def _owner(key: int) -> object:
    """The case of the answer: who leads it answers for its links. Asked of staff only."""
    answer = CaseAnswer.objects.select_related("case").filter(pk=key).first()
    return answer and answer.case


register(
    Kind(
        KIND,
        Part.ANSWER,
        gettext_lazy("Answer"),
        _things,
        Permission.CASE_LEAD,
        owner=_owner,
        choices=_choices,
    )
)
