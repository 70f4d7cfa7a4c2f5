"""Who gets through which door of the workspace, and what each door does."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.involve.contributions.actions.speaking import add_words, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_LETTER, BY_PHONE, given_to, sent
from joinedup.involve.contributions.models import Answer, Contribution, Words
from joinedup.involve.contributions.tests.test_answering import written

pytestmark = pytest.mark.django_db
AT = "/workspace/contributions/"
STEPS = ["", "start/", "assign/", "answer/", "told/", "letter/", "add/", "new-word/", "withdraw/"]
PRIVATE = ["The lift at the clinic", "Amina", "7 Elm Walk"]


@pytest.fixture
def contribution(barts, officer) -> Contribution:
    """A letter to be posted, with Barts."""
    row = given_to(barts, officer, **BY_LETTER)
    written(row, officer)
    return row


def url(contribution: Contribution, step: str = "") -> str:
    return step if step.startswith(AT) else f"{AT}{contribution.reference}/{step}"


class TestTheDoors:
    @pytest.mark.parametrize("step", STEPS)
    def test_a_visitor_is_asked_to_sign_in(self, client, contribution, step):
        for response in (client.get(url(contribution, step)), client.post(url(contribution, step))):
            assert response.status_code == 302
            assert "/account/login/" in response.headers["Location"]

    @pytest.mark.parametrize("who", ["stranger", "editor", "administrator"])
    @pytest.mark.parametrize("step", [*STEPS, AT, f"{AT}enter/", f"{AT}export.csv"])
    def test_those_without_the_permission_are_refused(self, request, client_for, contribution, who, step):
        client = client_for(request.getfixturevalue(who))
        for response in (client.get(url(contribution, step)), client.post(url(contribution, step))):
            assert response.status_code == 403
            assert not any(words in response.content.decode() for words in PRIVATE)

    @pytest.mark.parametrize("step", STEPS)
    def test_staff_of_another_organisation_find_nothing(self, client_for, contribution, other_partner, step):
        client = client_for(other_partner)
        before = list(Contribution.objects.values())
        for response in (
            client.get(url(contribution, step)),
            client.post(url(contribution, step), {"sure": "yes"}),
        ):
            assert response.status_code == (
                403
                if step == "assign/"
                else 405
                if (step, response.request["REQUEST_METHOD"]) == ("start/", "GET")
                else 404
            )
            assert not any(words in response.content.decode() for words in PRIVATE)
        assert list(Contribution.objects.values()) == before

    def test_staff_of_the_organisation_come_in_everywhere_but_giving_on(
        self, client_for, contribution, partner
    ):
        client = client_for(partner)
        statuses = {step: client.get(url(contribution, step)).status_code for step in STEPS}
        assert statuses == {
            "": 200, "start/": 405, "assign/": 403, "answer/": 200, "told/": 200, "letter/": 200, "add/": 200,
            "new-word/": 200, "withdraw/": 200,
        }  # fmt: skip

    def test_the_privacy_officer_reads_and_does_nothing(self, client_for, contribution, privacy_officer):
        client = client_for(privacy_officer)
        assert client.get(AT).status_code == client.get(url(contribution)).status_code == 200
        for step in STEPS[1:]:
            assert client.post(url(contribution, step)).status_code == 403
        page = client.get(url(contribution)).content.decode()
        for step in STEPS[1:]:
            assert url(contribution, step) not in page

    @pytest.mark.parametrize("reference", ["THT-0000-0000", "nonsense", "%3Cscript%3E", "x" * 300])
    def test_what_is_not_there_is_not_found(self, client_for, officer, reference):
        assert client_for(officer).get(f"{AT}{reference}/").status_code == 404

    def test_without_form_protection_nothing_happens_and_the_page_is_kind(
        self, client_for, officer, contribution
    ):
        client = client_for(officer, enforce_csrf_checks=True)
        for step in (
            "start/",
            "assign/",
            "answer/",
            "told/",
            "add/",
            "new-word/",
            "withdraw/",
            f"{AT}enter/",
        ):
            response = client.post(url(contribution, step), {"words": "x", "text": "x"})
            assert response.status_code == 403
            assert "Nothing was saved" in response.content.decode()
        assert Words.objects.count() == Answer.objects.count() == 1
        assert Contribution.objects.get().state == "in-progress"


class TestOneContribution:
    def test_shows_words_needs_and_contact_and_the_bar_with_form_and_needs(self, client_for, officer):
        row = sent(
            **BY_PHONE, needs=("bsl", "other"), needs_other="Text first", language="bn", name="Amina"
        ).contribution
        page = client_for(officer).get(url(row)).content.decode()
        bar = page[page.index("jo-case-bar") : page.index("<main")]
        for words in ("Amina", "answer by phone, due ", "British Sign Language", "Text first", "Bengali"):
            assert words in bar
        for words in ("The lift at the clinic", "07700 900123", "Amina"):
            assert words in page

    def test_script_tags_from_a_resident_are_text(self, client_for, officer):
        bad = "<script>alert(1)</script>"
        row = sent(words=bad, name=bad, service_or_place=bad, needs=("other",), needs_other=bad).contribution
        for address in (url(row), AT, url(row, "answer/"), url(row, "assign/"), url(row, "add/")):
            assert "<script>alert" not in client_for(officer).get(address).content.decode()

    def test_the_history_shows_what_was_said_before(self, client_for, officer):
        row = sent().contribution
        add_words(contribution=row, text="And the door.", once="a" * 43)
        page = client_for(officer).get(url(row)).content.decode()
        assert "Everything said, one after the other" in page
        assert page.count("And the door.") == 2

    def test_a_mail_that_failed_is_told(self, client_for, officer):
        row = sent(**BY_EMAIL).contribution
        message = written(row, officer).message
        type(message).objects.filter(pk=message.pk).update(state="failed")
        client = client_for(officer)
        assert "could not be delivered" in client.get(url(row)).content.decode()
        assert row.reference in client.get(AT, {"undelivered": "on"}).content.decode()


class TestSteps:
    def test_start(self, client_for, officer):
        row = sent().contribution
        client_for(officer).post(url(row, "start/"))
        row.refresh_from_db()
        assert row.state == "in-progress"

    def test_give_on(self, client_for, officer, barts, elft, partner):
        row = sent().contribution
        client = client_for(officer)
        assert "Choose an organisation" in client.post(url(row, "assign/"), {}).content.decode()
        wrong = client.post(url(row, "assign/"), {"organisation": elft.pk, "person": partner.pk})
        assert "Choose someone who answers for that organisation" in wrong.content.decode()
        client.post(url(row, "assign/"), {"organisation": barts.pk, "person": partner.pk})
        row.refresh_from_db()
        assert (row.organisation, row.assigned_to) == (barts, partner)

    def test_answer_is_looked_at_before_it_is_sent(self, client_for, officer, outbox):
        row = sent(**BY_EMAIL).contribution
        form = {"once": "k" * 43, "heard_at": row.last_heard_at.isoformat(), "text": "We <b>mended</b> it."}
        client = client_for(officer)
        page = client.post(url(row, "answer/"), form).content.decode()
        assert "What they will get" in page
        assert "<b>mended" not in page
        assert Answer.objects.count() == 0
        response = client.post(url(row, "answer/"), {**form, "step": "send"}, follow=True)
        assert "The email is on its way" in response.content.decode()
        assert outbox()[-1].stream == "reply"
        client.post(url(row, "answer/"), {**form, "step": "send"})
        assert Answer.objects.count() == 1

    def test_an_answer_without_words_or_too_long_is_named_and_kept(self, client_for, officer):
        row = sent().contribution
        client = client_for(officer)
        assert (
            "Write the answer"
            in client.post(url(row, "answer/"), {"text": " ", "step": "send"}).content.decode()
        )
        page = client.post(url(row, "answer/"), {"text": "x" * 10_002, "step": "send"}).content.decode()
        assert "2 characters too long" in page
        assert Answer.objects.count() == 0

    @pytest.mark.parametrize("seen", ["", "nonsense", "2020-01-01T00:00:00+00:00", "2020-13-45T99:00:00Z"])
    def test_words_that_came_meanwhile_are_shown_first_and_the_answer_is_kept(
        self, client_for, officer, seen
    ):
        row = sent().contribution
        add_words(contribution=row, text="One thing more.", once="a" * 43)
        form = {"text": "We mended it.", "heard_at": seen, "step": "send"}
        page = client_for(officer).post(url(row, "answer/"), form).content.decode()
        assert "They said more while you were writing" in page
        assert "One thing more." in page
        assert "We mended it." in page
        assert Answer.objects.count() == 0

    def test_told(self, client_for, officer, contribution):
        client = client_for(officer)
        future = timezone.localdate() + datetime.timedelta(days=1)
        past = timezone.localdate() - datetime.timedelta(days=1)
        for day, says in ((future, "cannot be in the future"), (past, "not yet written on that day")):
            form = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
            assert says in client.post(url(contribution, "told/"), form).content.decode()
        wrong = {"on_day": "31", "on_month": "2", "on_year": "2026"}
        assert "Enter a real date" in client.post(url(contribution, "told/"), wrong).content.decode()
        today = timezone.localdate()
        client.post(
            url(contribution, "told/"), {"on_day": today.day, "on_month": today.month, "on_year": today.year}
        )
        contribution.refresh_from_db()
        assert contribution.state == "completed"

    def test_the_letter_has_address_and_answer_and_is_large_when_asked(self, client_for, officer, barts):
        for needs, large in ((("large-print",), True), ((), False)):
            row = given_to(barts, officer, **BY_LETTER, needs=needs)
            client = client_for(officer)
            assert client.get(url(row, "letter/")).status_code == 404
            written(
                row,
                officer,
                text="<script>alert(1)</script> Two benches come in March.",
                once=f"{needs}" * 20,
            )
            page = client.get(url(row, "letter/")).content.decode()
            for words in (
                "7 Elm Walk",
                "E1 4DG",
                "Two benches come in March.",
                row.reference,
                "Dear Amina Begum,",
            ):
                assert words in page
            assert ("jo-letter--large" in page) is large
            assert "<script>alert" not in page

    def test_add_for_a_caller(self, client_for, partner, contribution):
        client_for(partner).post(
            url(contribution, "add/"), {"once": "a" * 43, "words": "She rang: still broken."}
        )
        words = Words.objects.oldest_first().last()
        assert (words.text, words.kind, words.entered_by) == ("She rang: still broken.", "addition", partner)

    def test_take_back_for_a_caller_asks_first(self, client_for, officer, contribution):
        client = client_for(officer)
        assert "Did the person ask you" in client.get(url(contribution, "withdraw/")).content.decode()
        client.post(url(contribution, "withdraw/"))
        page = client.get(url(contribution)).content.decode()
        assert "The person took this back on" in page
        assert not any(words in page for words in PRIVATE)

    def test_what_was_settled_meanwhile_is_told_kindly(self, client_for, officer, barts, contribution):
        withdraw(contribution=contribution)
        client = client_for(officer)
        posts = {
            "start/": {},
            "assign/": {"organisation": barts.pk},
            "answer/": {"text": "x"},
            "told/": {},
            "add/": {"words": "x"},
            "new-word/": {"once": "n" * 43},
        }
        for step, form in posts.items():
            page = client.post(url(contribution, step), form, follow=True).content.decode()
            assert "Nothing was changed" in page, step


def test_a_session_that_ended_is_asked_to_sign_in_again(contribution):
    assert Client().post(url(contribution, "withdraw/")).status_code == 302
    assert Contribution.objects.get().state == "in-progress"
