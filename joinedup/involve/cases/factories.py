"""Cases for tests, made through the actions, as people make them."""

from typing import Any

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.involve.cases.actions.answering import respond, write_answer, write_part
from joinedup.involve.cases.actions.opening import ask_part, open_case
from joinedup.involve.cases.models import Case, CaseAnswer, Part
from joinedup.involve.contributions.factories import sent
from joinedup.involve.contributions.models import Contribution

ANSWER = "The lift is mended. Our engineer looks at it each week from now on."


def voice(**changes: Any) -> Contribution:
    """Something someone said."""
    return sent(**changes).contribution


def opened(lead: Organisation, by: Actor, *voices: Contribution, **changes: Any) -> Case:
    """A case with these voices in it, or with one."""
    given = {"title": "Lift at the clinic", **changes}
    return open_case(contributions=voices or [voice()], lead=lead, by=by, **given)


def asked(case: Case, organisation: Organisation, by: Actor) -> Part:
    """A part that an organisation is asked for."""
    return ask_part(
        case=case, organisation=organisation, asked="When will it be mended?", due_on=case.due_on, by=by
    )


def written(case: Case, by: Actor, **changes: Any) -> CaseAnswer:
    """A wording of the answer."""
    given = {"outcome": CaseAnswer.Outcome.DONE, "text": ANSWER, **changes}
    return write_answer(case=case, by=by, **given)


def agreed(case: Case, by: Actor, *parts: Part) -> CaseAnswer:
    """An answer to which everyone with a part has agreed."""
    for part in parts:
        write_part(part=part, text="We mend it on Monday.", by=by)
    answer = written(case, by)
    for part in parts:
        respond(answer=answer, organisation=part.organisation, agrees=True, by=by)
    return answer
