"""From a voice to "yes, it changed" through the real doors, with everyone else at every address.

After each step each route is tried, with the keys of what is there by then, by a visitor, a stranger,
staff of an organisation that has no part in it, and staff of those that are asked. Each step itself is
first tried by all of them, with the same words.
"""

import datetime
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from conftest import person
from joinedup.config import urls
from joinedup.config.house import routes as house
from joinedup.config.tests import keys
from joinedup.config.tests.onlookers import Onlooker, Watch, untold
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.thread.models import Link, Telling, Told
from joinedup.govern.meetings.actions.deciding import KIND as DECISION
from joinedup.govern.meetings.factories import a_board, a_meeting
from joinedup.govern.meetings.models import AgendaItem, Decision
from joinedup.govern.outcomes.factories import BEGAN, a_measure, a_rebase
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.programmes.factories import a_disagreement, a_milestone, a_partner, a_project, a_result
from joinedup.govern.programmes.models import Project
from joinedup.govern.programmes.thread import PROJECT
from joinedup.govern.spend.factories import a_budget, a_share
from joinedup.involve.cases import access
from joinedup.involve.cases.actions import opening
from joinedup.involve.cases.factories import asked, opened, voice
from joinedup.involve.cases.models import Case, CaseAnswer, Merge, Part
from joinedup.involve.contributions.factories import filled_in
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories.models import Story
from joinedup.involve.themes.models import KIND, Theme

pytestmark = pytest.mark.django_db

EMAIL = "nobody-else@example.org"
SECRETS = {
    "words": "There is no bench at Wrenfold Steps.",
    "title": "Benches by Marlpit Lock",
    "asked": "How many sit down at Quarrel Gate?",
    "part": "Forty people sit down on the Tallowby wall.",
    "answer": "Thank you. Three benches come to Ostrey Walk in spring.",
}
MEASURE = "govern_outcomes.measure"
PROBLEM = r'error-message"[^<]*<[^<]*<[^<]*'
NEWS = "There are three benches by the water. Has it changed for you?"


def on(name: str, day: datetime.date) -> dict[str, Any]:
    """A day, as its three boxes send it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def the_case() -> Case:
    """The one that was opened first."""
    return Case.objects.order_by("pk")[0]


def things_that_were_there() -> None:
    """Boards, projects, money and measures; of each at least one that has a page of its own."""
    project = a_project(name="Benches by the water")
    result = a_result(project=project)
    a_disagreement(project=project, result=result)
    a_milestone(project=project)
    a_partner(project=project)
    Theme.objects.create(slug="walks", name="Places to sit", summary="Where to sit.", is_public=True)
    measure = a_measure([5, 6, 7, 8, 9, 8, 7, 6, 5, 6, 7, 8], name="People on foot")
    a_rebase(measure, BEGAN + datetime.timedelta(days=200))
    budget = a_budget(project)
    a_share(Organisation.objects.get(slug="borough"), budget)
    a_meeting(a_board())


@dataclass
class Journey:
    """One voice, those who work on it, and everyone else."""

    watch: Watch
    resident: Client
    officer: Client
    manager: Client
    barts: Client
    elft: Client

    def does(self, step: str, who: Client, address: str, /, **body: Any) -> None:
        """One person does it; before that, everyone else tries to, with the same words."""
        self.watch.may_not(step, address, body, but=who)
        answer = who.post(address, body)
        assert answer.status_code == 302, f"{step}: {re.findall(PROBLEM, str(answer.content))}"
        self.nobody_saw()

    def looked_at(self, step: str, *, by_readers: bool = False) -> None:
        """After it everyone tries everything."""
        self.watch.look(step, by_readers=by_readers)
        self.nobody_saw()

    def nobody_saw(self) -> None:
        """Nor did anything."""
        assert self.watch.faults == [], "\n".join(self.watch.faults)


@pytest.fixture
def _quickly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Thousands of pages are asked for here, and most are refused.

    Writing down each refusal, drawing the page that says no, and keeping for the test what each template
    was given takes longer than all else.
    """
    logging.disable(logging.ERROR)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_what, **_more: None)
    monkeypatch.setattr(urls, "handler403", lambda _request, **_why: HttpResponseForbidden())
    monkeypatch.setattr(urls, "handler404", lambda _request, **_why: HttpResponseNotFound())
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def journey(barts: Organisation, elft: Organisation, client_for: Callable[[User], Client]) -> Journey:
    """Nothing was said yet."""

    council, charity = Organisation.Kind.COUNCIL, Organisation.Kind.VOLUNTARY
    borough = Organisation.objects.create(name="The borough", slug="borough", kind=council)
    other = Organisation.objects.create(name="The lock keepers", slug="lock-keepers", kind=charity)
    things_that_were_there()

    def someone(name: str, at: Organisation | None, role: str = "", **how: bool) -> Onlooker:
        user = person(name.replace(" ", "-"), at, role)
        return Onlooker(name, client_for(user), user, at, **how)

    hospital = someone("hospital", barts, "partner-staff", looks=False)  # the trust sees what it sees
    trust = someone("trust", elft, "partner-staff")
    manager = someone("manager", borough, "programme-manager", reads=True)
    officer = client_for(person("officer", borough, "engagement-officer"))
    people = [
        Onlooker("visitor", Client()),
        someone("stranger", None),
        someone("lock keeper", other, "partner-staff"),
        hospital,
        trust,
        manager,
        someone("page editor", borough, "editor", reads=True),
    ]
    return Journey(Watch(people), Client(), officer, manager.client, hospital.client, trust.client)


def says_it(journey: Journey) -> None:
    """By the form on the website, wanting an email and allowing the words to be shown."""
    said = filled_in(words=SECRETS["words"], reply_by="email", email=EMAIL, may_publish="on", kind="idea")
    page = journey.resident.post("/have-your-say/", said).content.decode()
    reference, word = (re.search(rf'id="{name}"[^>]*>([^<]+)<', page) for name in ("reference", "word"))
    assert reference is not None
    assert word is not None
    journey.watch.secrets = {"email": EMAIL, "reference": reference[1], "word": word[1]}
    journey.watch.works = dict(SECRETS)
    journey.looked_at("said")


def goes_to_three(journey: Journey) -> None:
    """Sorted, put in a case, and two organisations are asked besides the one that leads."""
    officer, said = journey.officer, Contribution.objects.get(email=EMAIL)
    theme = Theme.objects.get()
    triage = f"/workspace/triage/{said.reference}/"
    journey.does("sorted", officer, triage, theme=theme.pk, tone="neutral")
    journey.looked_at("sorted")
    due = on("due_on", said.answer_by_on)
    lead = Organisation.objects.get(slug="borough").pk
    opening = f"/workspace/cases/open/?with={said.reference}"
    journey.does("opened", officer, opening, title=SECRETS["title"], lead=lead, risk=2, **due)
    case = the_case()
    journey.watch.works["case"] = case.reference
    journey.looked_at("a case")
    is_merged_and_back(journey, case)
    for slug in ("barts-health", "elft"):
        asked = Organisation.objects.get(slug=slug).pk
        ask = f"/workspace/cases/{case.reference}/ask/"
        journey.does(f"{slug} asked", officer, ask, organisation=asked, asked=SECRETS["asked"], **due)
        journey.looked_at(f"{slug} asked")


def is_merged_and_back(journey: Journey, case: Case) -> None:
    """Another case turns out to be the same, and then it does not."""
    borough, officer = Organisation.objects.get(slug="borough"), User.objects.get(email="officer@example.org")
    twin = opened(borough, officer, title="Benches again")
    here = f"/workspace/cases/{case.reference}/merge/"
    journey.does(
        "merged", journey.officer, f"/workspace/cases/{twin.reference}/merge/", reference=case.reference
    )
    journey.does("undone", journey.officer, f"{here}{Merge.objects.get().pk}/undo/")


def is_answered(journey: Journey) -> None:
    """Both write their part and agree to one wording, which is sent and then shown."""
    here = f"/workspace/cases/{the_case().reference}/"
    both = list(zip((journey.barts, journey.elft), Part.objects.order_by("pk"), strict=True))
    for who, part in both:
        journey.does("a part", who, f"{here}parts/{part.pk}/", text=SECRETS["part"])
    journey.does("written", journey.officer, f"{here}answer/", outcome="done", text=SECRETS["answer"])
    for who, part in both:
        journey.does("agreed", who, f"{here}answer/1/{part.organisation_id}/", step="agree")
    journey.looked_at("one answer", by_readers=True)
    journey.does("sent", journey.officer, f"{here}answer/1/send/")
    assert CaseAnswer.objects.get().sent_at is not None
    story = f"/workspace/stories/{Contribution.objects.get(email=EMAIL).reference}/"
    journey.does("a draft", journey.officer, story, title="A bench", text=SECRETS["words"])
    journey.does("shown", journey.officer, f"{here}answer/1/show/", theme=Theme.objects.get().pk)
    journey.watch.works.pop("answer")
    journey.looked_at("the answer shown")


def is_shown(journey: Journey) -> None:
    """The words, after someone read them once more."""
    story = f"/workspace/stories/{Contribution.objects.get(email=EMAIL).reference}/"
    journey.does("a story", journey.officer, f"{story}show/", step="show")
    assert Story.objects.get().is_public
    journey.watch.works.pop("words")
    journey.looked_at("a story")


def is_decided(journey: Journey) -> None:
    """Put on an agenda, decided, and one of those asked has something to do because of it."""
    theme, manager = Theme.objects.get(), journey.manager
    meeting = a_meeting(held_on=timezone.localdate())
    about = urlencode({"kind": KIND, "key": theme.pk})
    put = f"/workspace/meetings/put/?{about}"
    asked = {"title": "Benches", "question": "Do we pay for them?", "position": 0, "version": 0}
    asked["what_people_told_us"] = "Many cannot walk far."
    journey.does("on the agenda", manager, put, meeting=meeting.pk, **asked)
    journey.looked_at("an agenda")
    item = AgendaItem.objects.get()
    decided = {"outcome": "agreed", "text": "We pay for three.", "reason": "Many asked.", "version": 0}
    journey.does("decided", manager, f"/workspace/meetings/items/{item.pk}/decide/", **decided)
    journey.looked_at("a decision")
    give = f"/workspace/meetings/decisions/{Decision.objects.get().pk}/give/"
    owner = Organisation.objects.get(slug="barts-health").pk
    task = {"text": "Put them up.", "organisation": owner, "owner": "Head of benches", "version": 0}
    journey.does("an action", manager, give, **task, **on("due_on", timezone.localdate()))


def is_tied(journey: Journey, start: tuple[str, int], end: tuple[str, int]) -> None:
    """What followed from what."""
    body = {"kind": end[0], "thing": end[1], **on("on", timezone.localdate())}
    journey.does("tied", journey.manager, f"/workspace/what-came-of-it/{start[0]}/{start[1]}/", **body)
    assert Link.objects.filter(end_kind=end[0], end_key=end[1]).exists()


def everyone_is_told(journey: Journey, worker_round: Callable[[], None]) -> None:
    """In the words of who decided to, and by the worker."""
    telling = Telling.objects.order_by("pk").last()
    assert telling is not None
    journey.does("told", journey.manager, f"/workspace/what-came-of-it/tell/{telling.pk}/", text=NEWS)
    for _round in range(2):
        worker_round()
    assert Message.objects.filter(to=EMAIL, text__contains=NEWS).exists()


def says_yes(journey: Journey) -> None:
    """Whoever has the link in the mail reads nothing there about who it was sent to."""
    [path] = keys.passes()
    hidden: Mapping[str, str] = journey.watch.secrets | journey.watch.works
    for page in (journey.resident.get(path), journey.resident.post(path, {"verdict": "confirmed"})):
        assert page.status_code == 200
        assert [name for name, secret in hidden.items() if secret in page.content.decode()] == []
    assert Told.objects.get().verdict == Told.Verdict.CONFIRMED
    journey.looked_at("yes, it changed", by_readers=True)


# Some 5,000 times it asks whether somebody may; both databases answer through the same code, so one is asked.
@pytest.mark.skipif(connection.vendor != "postgresql", reason="walked on PostgreSQL")
@pytest.mark.usefixtures("_quickly")
def test_at_each_step_nobody_else_sees_or_does_anything(
    journey: Journey, worker_round: Callable[[], None]
) -> None:
    says_it(journey)
    goes_to_three(journey)
    is_answered(journey)
    is_shown(journey)
    is_decided(journey)
    project, measure = (PROJECT, Project.objects.get().pk), (MEASURE, Measure.objects.get().pk)
    is_tied(journey, (DECISION, Decision.objects.get().pk), project)
    is_tied(journey, project, measure)
    journey.looked_at("a chain")
    everyone_is_told(journey, worker_round)
    says_yes(journey)
    assert [stem for stem in keys.KEYS if stem not in journey.watch.stems_tried()] == []


def test_a_route_about_something_nobody_named_is_found() -> None:
    assert untold() == []


def test_a_route_that_nobody_wrote_a_key_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    new = house.Route("workspace/cases/<str:reference>/notes/<int:pk>/", "case.view", None)
    under_a_known_stem = house.Route("workspace/cases/<str:reference>/history/", "case.view", None)
    monkeypatch.setattr(house, "routes", lambda: [new, under_a_known_stem])
    assert untold() == [new.pattern]


def test_nothing_is_left_out_that_is_not_there_any_more() -> None:
    patterns = [route.pattern for route in house.routes()]
    stems = keys.KEYS.keys() | keys.NOT_OF_A_VOICE.keys()
    assert [stem for stem in stems if not any(each.startswith(stem) for each in patterns)] == []


@pytest.fixture
def a_case(journey: Journey) -> Watch:
    """Someone's words in a case that only the borough works on, and one person who looks."""
    borough = Organisation.objects.get(slug="borough")
    officer = User.objects.get(email="officer@example.org")
    case = opened(borough, officer, voice(words=SECRETS["words"]), title=SECRETS["title"])
    asked(case, Organisation.objects.get(slug="elft"), officer)
    keeper = next(each for each in journey.watch.people if each.name == "lock keeper")
    return Watch([keeper], {}, {"words": SECRETS["words"], "title": SECRETS["title"]})


def test_who_has_no_part_is_kept_out_and_the_pages_that_say_so_tell_nothing(a_case: Watch) -> None:
    a_case.look("as it stands")
    assert a_case.faults == []


def test_a_door_that_finds_every_case_for_everyone_is_caught(
    a_case: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Case.objects.__class__, "for_user", lambda rows, *_asked: rows.all())
    a_case.look("broken")
    found = "\n".join(a_case.faults)
    here = f"/workspace/cases/{the_case().reference}/"
    assert f"broken: lock keeper read words, title at get {here}\n" in found
    assert f"broken: lock keeper got in: get {here} answered 200" in found
    assert f"broken: lock keeper got in: get {here}answer/ answered 200" in found
    assert "broken: lock keeper read title at get /workspace/cases/" in found


def test_a_post_that_changes_something_is_caught(a_case: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "get_for", lambda *_who, reference: Case.objects.get(reference=reference))
    monkeypatch.setattr(opening, "ask", lambda *_asked: None)
    a_case.look("broken")
    assert any("changed" in fault and "involve_cases_part" in fault for fault in a_case.faults)
