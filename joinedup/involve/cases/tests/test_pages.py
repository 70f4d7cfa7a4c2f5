"""What staff do with a case in their browser."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.involve.cases.actions import answering, merging
from joinedup.involve.cases.factories import asked, opened, voice, written
from joinedup.involve.cases.models import Case, Place
from joinedup.involve.contributions.actions.speaking import add_words
from joinedup.involve.contributions.factories import BY_EMAIL, BY_PHONE

pytestmark = pytest.mark.django_db
AT = "/workspace/cases/"


def filled(page: str) -> list[str]:
    """The words on the filled buttons of a page."""
    found = re.findall(r'class="nhsuk-button jo-button"[^>]*>([^<]+)<', page[page.index("<main") :])
    return [" ".join(each.split()) for each in found]


@pytest.fixture
def desk(officer, client_for) -> Client:
    return client_for(officer)


def shown(desk: Client, case: Case) -> str:
    return desk.get(f"{AT}{case.reference}/").content.decode()


class TestOpening:
    def test_what_was_chosen_stands_there_with_the_days_promised(self, desk):
        one, other = voice(), voice()
        page = desk.get(f"{AT}open/?with={one.reference}&with={other.reference}").content.decode()
        assert one.reference in page
        assert other.reference in page
        assert "2 in this case" in page

    def test_it_is_opened(self, desk, council):
        one = voice()
        day = one.answer_by_on
        form = {"title": "Lift", "lead": council.pk, "risk": "3"}
        days = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
        desk.post(f"{AT}open/?with={one.reference}", form | days)
        assert Case.objects.get().places.get().contribution == one

    def test_nothing_typed_is_lost_when_something_is_missing(self, desk):
        page = desk.post(f"{AT}open/?with={voice().reference}", {"title": "The lift at Mile End"})
        assert "The lift at Mile End" in page.content.decode()
        assert not Case.objects.exists()

    def test_without_a_choice_one_is_sent_to_the_list(self, desk):
        assert desk.get(f"{AT}open/").headers["Location"] == "/workspace/triage/"

    @pytest.mark.parametrize("risk", ["", "0", "9", "x", "１"])
    def test_a_risk_nobody_knows_is_the_usual_one(self, desk, risk):
        page = desk.get(f"{AT}open/?with={voice().reference}&risk={risk}").content.decode()
        assert re.search(r'value="3"[^>]*checked', page)


class TestTheNextStep:
    def test_is_to_write_the_answer(self, desk, officer, council):
        assert filled(shown(desk, opened(council, officer))) == ["Write the answer"]

    def test_then_to_send_it(self, desk, officer, council):
        case = opened(council, officer, voice(), voice())
        written(case, officer)
        assert filled(shown(desk, case)) == ["Send the answer to 2 people"]

    def test_is_with_those_who_have_not_agreed(self, desk, officer, council, elft):
        case = opened(council, officer)
        asked(case, elft, officer)
        written(case, officer)
        page = shown(desk, case)
        assert filled(page) == []
        assert f"Waiting for these to agree: {elft.name}" in " ".join(re.sub(r"<[^>]+>", "", page).split())
        assert "Write a new wording" in page

    def test_to_ring_those_who_wait(self, desk, officer, council):
        case = opened(council, officer, voice(**BY_PHONE))
        answering.send(answer=written(case, officer), by=officer)
        assert filled(shown(desk, case)) == ["Tell those who wait"]

    def test_to_write_anew_when_someone_said_more(self, desk, officer, council):
        one = voice()
        case = opened(council, officer, one)
        written(case, officer)
        add_words(contribution=one, text="It broke again.", once="q" * 30)
        page = shown(desk, case)
        assert filled(page) == ["Write the answer"]
        assert "Someone said more after this was written" in page

    def test_a_closed_case_has_none(self, desk, officer, council):
        case = opened(council, officer)
        answering.send(answer=written(case, officer), by=officer)
        assert filled(shown(desk, case)) == []

    @pytest.mark.parametrize("door", ["", "change/", "ask/", "answer/", "join/", "merge/"])
    def test_is_the_only_filled_button(self, desk, officer, council, elft, door):
        case = opened(council, officer)
        asked(case, elft, officer)
        assert len(filled(desk.get(f"{AT}{case.reference}/{door}").content.decode())) == 1


class TestSteps:
    def test_the_whole_way(self, desk, officer, council, elft, other_partner, client_for, outbox):  # noqa: PLR0917
        case = opened(council, officer, voice(**BY_EMAIL))
        at, theirs = f"{AT}{case.reference}/", client_for(other_partner)
        due = case.due_on
        days = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
        desk.post(f"{at}ask/", {"organisation": elft.pk, "asked": "When?", **days})
        part = case.parts.get()
        theirs.post(f"{at}parts/{part.pk}/", {"text": "On Monday."})
        page = desk.get(f"{at}answer/").content.decode()
        assert "On Monday." in page
        desk.post(f"{at}answer/", {"outcome": "done", "text": "We mend it on Monday."})
        theirs.post(f"{at}answer/1/{elft.pk}/", {"step": "agree"})
        desk.post(f"{at}answer/1/send/")
        case.refresh_from_db()
        assert case.state == Case.State.COMPLETED
        assert "We mend it on Monday." in outbox()[-1].text

    def test_what_should_be_different_is_read_by_the_lead(self, desk, officer, council, elft):
        case = opened(council, officer)
        asked(case, elft, officer)
        written(case, officer)
        desk.post(f"{AT}{case.reference}/answer/1/{elft.pk}/", {"objection": "Say sorry <b>first</b>."})
        assert "Say sorry &lt;b&gt;first&lt;/b&gt;." in shown(desk, case)

    def test_who_said_more_is_named_instead_of_sending(self, desk, officer, council):
        one = voice()
        case = opened(council, officer, one)
        written(case, officer)
        add_words(contribution=one, text="It broke again.", once="q" * 30)
        page = desk.post(f"{AT}{case.reference}/answer/1/send/", follow=True).content.decode()
        assert f"Nothing was sent: {one.reference} said more since" in page

    def test_one_joins_by_reference_as_it_is_said_on_the_phone(self, desk, officer, council):
        case, one = opened(council, officer), voice()
        desk.post(f"{AT}{case.reference}/join/", {"reference": one.reference.lower().replace("-", " ")})
        assert Place.objects.standing().filter(case=case, contribution=one).exists()

    def test_an_unknown_reference_is_said_beside_the_field(self, desk, officer, council):
        page = desk.post(f"{AT}{opened(council, officer).reference}/join/", {"reference": "THT-0000-0000"})
        assert "We did not find this reference" in page.content.decode()

    def test_one_leaves(self, desk, officer, council):
        one, other = voice(), voice()
        case = opened(council, officer, one, other)
        desk.post(f"{AT}{case.reference}/leave/", {"reference": one.reference})
        assert case.places.standing().get().contribution == other

    def test_two_are_merged_and_parted(self, desk, officer, council):
        source, target = opened(council, officer), opened(council, officer)
        desk.post(f"{AT}{source.reference}/merge/", {"reference": target.reference.lower()})
        assert target.places.standing().count() == 2
        row = target.merges_in.get()
        desk.post(f"{AT}{target.reference}/merge/{row.pk}/undo/")
        assert target.places.standing().count() == 1

    def test_another_cases_merge_is_not_undone_here(self, desk, officer, council):
        row = merging.merge(source=opened(council, officer), target=opened(council, officer), by=officer)
        other = opened(council, officer)
        assert desk.post(f"{AT}{other.reference}/merge/{row.pk}/undo/").status_code == 404

    def test_a_later_day_than_promised_is_refused_beside_the_field(self, desk, officer, council):
        case = opened(council, officer)
        day = case.due_on.replace(year=case.due_on.year + 1)
        form = {"title": case.title, "lead": council.pk, "risk": 3, "version": 1}
        days = {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}
        page = desk.post(f"{AT}{case.reference}/change/", form | days).content.decode()
        assert "was promised an answer by" in page

    def test_a_closed_case_says_that_nothing_was_changed(self, desk, officer, council, elft):
        case = opened(council, officer)
        answering.send(answer=written(case, officer), by=officer)
        page = desk.post(f"{AT}{case.reference}/answer/", {"outcome": "done", "text": "x"}, follow=True)
        assert "Nothing was changed" in page.content.decode()


class TestFewQuestions:
    """However many rows there are, the database is asked as often."""

    def asked_for(self, desk: Client, path: str, fill: Callable[[], object]) -> tuple[int, int]:
        desk.get(path)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as questions:
                assert desk.get(path).status_code == 200
            counts.append(len(questions))
            if len(counts) == 1:
                fill()
        return counts[0], counts[1]

    def test_in_the_list(self, desk, officer, council):
        opened(council, officer)
        few, many = self.asked_for(desk, AT, lambda: [opened(council, officer) for _ in range(8)])
        assert few == many

    def test_on_the_page_of_a_case(self, desk, officer, council, elft, barts):
        case = opened(council, officer, voice())
        asked(case, elft, officer)
        written(case, officer)

        def fill() -> None:
            for _ in range(8):
                answering.Place.objects.create(case=case, contribution=voice())
            asked(case, barts, officer)

        few, many = self.asked_for(desk, f"{AT}{case.reference}/", fill)
        assert few == many

    def test_on_the_worklist(self, desk, officer, council, elft):
        for _ in range(6):  # more than the list of what came in shows one by one
            written(opened(council, officer), officer)

        def fill() -> None:
            for _ in range(6):
                case = opened(council, officer)
                asked(case, elft, officer)
                written(case, officer)

        few, many = self.asked_for(desk, "/workspace/", fill)
        assert few == many


def test_a_late_case_is_marked_in_words(desk, officer, council):
    case = opened(council, officer)
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate().replace(year=2020))
    assert ">Late<" in re.sub(r"\s+", "", desk.get(AT).content.decode())
