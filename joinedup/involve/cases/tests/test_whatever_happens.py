"""Whatever is done to cases, in whatever order: nobody is forgotten, told twice, or lost."""

import itertools
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.cases.actions import answering, merging, opening
from joinedup.involve.cases.factories import voice
from joinedup.involve.cases.models import Agreement, Case, CaseAnswer, Merge, Part, Place
from joinedup.involve.contributions.actions import answering as alone
from joinedup.involve.contributions.actions.speaking import Closed, add_words, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_LETTER, BY_PHONE
from joinedup.involve.contributions.models import Answer, Contribution

pytestmark = pytest.mark.django_db
REFUSED = (
    *(ValidationError, opening.NotOpen, answering.Stale, answering.NewWords),
    *(alone.AlreadyAnswered, alone.InCase, alone.NewWords, Closed),
)
_number = itertools.count()


class World:
    """Four people who spoke, two organisations, and one officer who does what the numbers say."""

    def __init__(self, officer: User, lead: Organisation, other: Organisation) -> None:
        self.officer, self.lead, self.other = officer, lead, other
        self.voices = [
            voice(**BY_EMAIL),
            voice(**BY_PHONE),
            voice(**BY_LETTER),
            voice(reply_by="email", email="second@example.org"),
        ]

    def voice(self, number: int) -> Contribution:
        return Contribution.objects.get(pk=self.voices[number % len(self.voices)].pk)

    def case(self, number: int) -> Case:
        cases = list(Case.objects.order_by("pk"))
        if not cases:
            raise ValidationError("none")
        return cases[number % len(cases)]

    def latest(self, number: int) -> CaseAnswer:
        found = self.case(number).answers.latest()
        if found is None:
            raise ValidationError("none")
        return found

    def open(self, one: int, two: int) -> None:
        chosen = {each.pk: each for each in (self.voice(one), self.voice(two))}
        opening.open_case(contributions=chosen.values(), title="Lift", lead=self.lead, by=self.officer)

    def join(self, one: int, two: int) -> None:
        opening.join(case=self.case(one), contribution=self.voice(two), by=self.officer)

    def leave(self, one: int, two: int) -> None:
        opening.leave(case=self.case(one), contribution=self.voice(two), by=self.officer)

    def lead_on(self, one: int, two: int) -> None:
        case = self.case(one)
        lead = self.other if two % 2 else self.lead
        opening.change(case=case, version=case.version, lead=lead, by=self.officer)

    def ask(self, one: int, two: int) -> None:
        case = self.case(one)
        opening.ask_part(
            case=case, organisation=self.other, asked="When?", due_on=case.due_on, by=self.officer
        )

    def drop(self, one: int, two: int) -> None:
        part = Part.objects.standing().filter(case=self.case(one)).first()
        if part is not None:
            opening.drop_part(part=part, by=self.officer)

    def write(self, one: int, two: int) -> None:
        text = f"Wording {next(_number)}."
        answering.write_answer(case=self.case(one), outcome="done", text=text, by=self.officer)

    def agree(self, one: int, two: int) -> None:
        answering.respond(
            answer=self.latest(one),
            organisation=self.other,
            agrees=two % 3 > 0,
            objection="No",
            by=self.officer,
        )

    def send(self, one: int, two: int) -> None:
        answering.send(answer=self.latest(one), by=self.officer)

    def tell(self, one: int, two: int) -> None:
        untold = Answer.objects.filter(contribution=self.voice(one), told_on__isnull=True).first()
        if untold is not None:
            alone.mark_told(answer=untold, on=timezone.localdate(), by=self.officer)

    def say_more(self, one: int, two: int) -> None:
        add_words(contribution=self.voice(one), text="Again.", once=f"{next(_number):030}")

    def take_back(self, one: int, two: int) -> None:
        withdraw(contribution=self.voice(one))

    def merge(self, one: int, two: int) -> None:
        merging.merge(source=self.case(one), target=self.case(two), by=self.officer)

    def part(self, one: int, two: int) -> None:
        rows = list(Merge.objects.order_by("-pk"))
        if rows:
            merging.undo(merge=rows[one % len(rows)], by=self.officer)

    def close(self, one: int, two: int) -> None:
        answering.close(case=self.case(one), by=self.officer)

    def check(self) -> None:
        """What holds at every moment."""
        reachable = Contribution.objects.exclude(state="revoked")
        for place in Place.objects.standing().filter(case__state="completed", contribution__in=reachable):
            told = place.contribution.answers.filter(
                answered_at__gte=place.contribution.last_heard_at, told_on__isnull=False
            )
            assert told.exists(), "a case is closed and someone in it has not been told"
        standing = list(Place.objects.standing().values_list("contribution", flat=True))
        assert len(standing) == len(set(standing)), "something stands in two cases"
        for contribution in Contribution.objects.all():
            assert contribution.in_case == (contribution.pk in standing), "a place and its mark disagree"
        for case in Case.objects.filter(state=Case.State.MERGED):
            assert not case.places.standing().exists(), "something stayed in a case that is gone"
        mails = Message.objects.filter(template="contributions/mail/answer")
        for answer in CaseAnswer.objects.all():
            told_of = [mail.to for mail in mails if answer.text in mail.text]
            assert len(told_of) == len(set(told_of)), "someone got one wording twice"
        for answer in CaseAnswer.objects.filter(sent_at__isnull=False):
            assert Agreement.objects.filter(answer=answer, agrees=True).exists()


OPS = [
    *("open", "open", "join", "leave", "lead_on", "ask", "drop", "write", "write", "agree", "agree"),
    *("send", "send", "send", "tell", "tell", "say_more", "take_back", "merge", "part", "close"),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(OPS), st.integers(0, 7), st.integers(0, 7)), min_size=4, max_size=16
)


@pytest.fixture
def world(officer: User, council: Organisation, elft: Organisation) -> Callable[[], World]:
    person("someone", elft, "partner-staff")
    return lambda: World(officer, council, elft)


class _Undone(Exception):
    pass


@settings(max_examples=60)
@given(STEPS)
def _in_any_order(world: Callable[[], World], steps: list[tuple[str, int, int]]) -> None:
    with suppress(_Undone), transaction.atomic():
        here = world()
        for name, one, two in steps:
            with suppress(*REFUSED), transaction.atomic():
                getattr(here, name)(one, two)
            here.check()
        raise _Undone


def test_nobody_is_forgotten_told_twice_or_in_two_cases(world):
    _in_any_order(world)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5))
def _merged_and_parted(world: Callable[[], World], pairs: list[tuple[int, int]]) -> None:
    with suppress(_Undone), transaction.atomic():
        here = world()
        for number in range(4):
            here.open(number, number)
        before = set(Place.objects.standing().values_list("case", "contribution"))
        done = []
        for one, two in pairs:
            with suppress(*REFUSED), transaction.atomic():
                done.append(merging.merge(source=here.case(one), target=here.case(two), by=here.officer))
        for row in reversed(done):
            merging.undo(merge=row, by=here.officer)
        assert set(Place.objects.standing().values_list("case", "contribution")) == before
        here.check()
        raise _Undone


def test_merged_and_parted_again_everything_is_where_it_was(world):
    _merged_and_parted(world)
