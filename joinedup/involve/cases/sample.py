"""Cases for the demonstration: parts asked for, an answer to agree to, and one that could not be done."""

import datetime
from collections.abc import Mapping

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.involve.cases.actions import answering, opening, publishing
from joinedup.involve.cases.models import Case, CaseAnswer
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.sample import organisations
from joinedup.involve.themes.models import Theme

BECAUSE = (
    "a bus of our own would cost as much as forty thousand rides by the transport there is, and could not run"
    " when most visits are."
)


def load(*, voices: Mapping[str, list[Contribution]], themes: Mapping[str, Theme], by: Actor) -> None:
    """Open the cases, once. Without the organisations there is nobody to lead them."""
    who = {key: row for key, row in organisations().items() if row is not None}
    if len(who) < len(organisations()) or Case.objects.filter(title__startswith="Sample:").exists():
        return
    _asked(voices["interpreters"][-4:], who, by)
    _to_agree(voices["interpreters"][:-4], who, by)
    _could_not(voices["hospital-bus"], themes["hospital-bus"], who, by)


def _part(case: Case, organisation: Organisation, asked: str, by: Actor) -> None:
    due_on = case.due_on - datetime.timedelta(days=4)
    opening.ask_part(case=case, organisation=organisation, asked=asked, due_on=due_on, by=by)


def _asked(voices: list[Contribution], who: Mapping[str, Organisation], by: Actor) -> None:
    case = opening.open_case(
        contributions=voices, title="Sample: Interpreters who do not come", lead=who["elft"], by=by
    )
    _part(case, who["barts"], "Sample: How do your clinics book interpreters, and who checks?", by)
    _part(case, who["council"], "Sample: Can the council’s interpreters be booked for clinics?", by)
    council = case.parts.get(organisation=who["council"])
    answering.write_part(part=council, text="Sample: Yes, with two days’ notice, for £38 an hour.", by=by)


def _to_agree(voices: list[Contribution], who: Mapping[str, Organisation], by: Actor) -> None:
    case = opening.open_case(
        contributions=voices, title="Sample: Told who will interpret", lead=who["council"], risk=2, by=by
    )
    _part(case, who["barts"], "Sample: Can a letter say that an interpreter will be there?", by)
    answering.write_part(
        part=case.parts.get(organisation=who["barts"]),
        text="Sample: Yes, from January, in the letter and in the text message two days before.",
        by=by,
    )
    answering.write_answer(
        case=case,
        outcome=CaseAnswer.Outcome.DONE,
        text="Sample: Thank you for telling us. From January your letter says whether an interpreter is"
        " booked, and a text message two days before says who comes.",
        by=by,
    )


def _could_not(voices: list[Contribution], theme: Theme, who: Mapping[str, Organisation], by: Actor) -> None:
    case = opening.open_case(
        contributions=voices, title="Sample: A bus to the hospital", lead=who["barts"], by=by
    )
    _part(case, who["council"], "Sample: What would a bus cost, and who could pay?", by)
    council = case.parts.get(organisation=who["council"])
    answering.write_part(
        part=council, text="Sample: As much as forty thousand rides by the transport there is.", by=by
    )
    answer = answering.write_answer(
        case=case,
        outcome=CaseAnswer.Outcome.COULD_NOT,
        text="Sample: Thank you for telling us how hard it is to get here. We asked what a bus would cost and"
        " who could pay for it. Today you can use patient transport if you cannot walk 200 metres: ask your"
        " practice, and say that this was the answer.",
        because=BECAUSE,
        by=by,
    )
    answering.respond(answer=answer, organisation=who["council"], agrees=True, by=by)
    publishing.show(answer=answering.send(answer=answer, by=by), theme=theme, by=by)
