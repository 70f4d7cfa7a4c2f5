"""An answer that is being written survives a session that ended."""

import pytest
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import PermissionRefused
from joinedup.involve.contributions.actions.answering import keep_draft
from joinedup.involve.contributions.actions.speaking import Closed, add_words, withdraw
from joinedup.involve.contributions.factories import given_to, sent
from joinedup.involve.contributions.models import Answer, AnswerDraft
from joinedup.involve.contributions.tests.test_answering import written

pytestmark = pytest.mark.django_db


def url(contribution) -> str:
    return f"/workspace/contributions/{contribution.reference}/answer/"


def look(client, contribution, text: str = "We are mending it.") -> str:
    form = {"once": "k" * 43, "heard_at": contribution.last_heard_at.isoformat(), "text": text}
    return client.post(url(contribution), {**form, "step": "preview"}).content.decode()


def test_looking_at_it_saves_it_and_says_when(client_for, officer):
    contribution = sent().contribution
    page = look(client_for(officer), contribution)
    draft = AnswerDraft.objects.get()
    assert (draft.text, draft.written_by) == ("We are mending it.", officer)
    assert f"Draft saved {timezone.localtime(draft.saved_at):%H:%M}" in page
    assert Answer.objects.count() == 0


def test_it_is_there_in_a_new_session(client_for, officer):
    contribution = sent().contribution
    look(client_for(officer), contribution)
    assert "We are mending it." in client_for(officer).get(url(contribution)).content.decode()


def test_looking_again_keeps_the_newer_words_only(client_for, officer):
    contribution = sent().contribution
    for text in ("First.", "Second."):
        look(client_for(officer), contribution, text)
    assert AnswerDraft.objects.get().text == "Second."


def test_it_is_shown_to_its_writer_only(client_for, officer, partner, barts):
    contribution = given_to(barts, officer)
    look(client_for(officer), contribution)
    assert "We are mending it." not in client_for(partner).get(url(contribution)).content.decode()


def test_it_goes_when_the_answer_is_sent(officer):
    contribution = sent().contribution
    keep_draft(contribution=contribution, text="Half", by=officer)
    written(contribution, officer)
    assert AnswerDraft.objects.count() == 0


def test_it_goes_when_the_person_takes_it_back(officer):
    contribution = sent().contribution
    keep_draft(contribution=contribution, text="Half", by=officer)
    withdraw(contribution=contribution)
    assert AnswerDraft.objects.count() == 0
    with pytest.raises(Closed):
        keep_draft(contribution=contribution, text="Half", by=officer)


def test_words_said_since_are_pointed_out(client_for, officer):
    contribution = sent().contribution
    keep_draft(contribution=contribution, text="Half", by=officer)
    client = client_for(officer)
    assert "They said more" not in client.get(url(contribution)).content.decode()
    add_words(contribution=contribution, text="One thing more.", once="a" * 43)
    assert "They said more" in client.get(url(contribution)).content.decode()


@pytest.mark.parametrize("who", ["other_partner", "privacy_officer", "editor", "stranger"])
def test_nobody_who_may_not_answer_keeps_one(request, who, officer, barts):
    contribution = given_to(barts, officer)
    with pytest.raises(PermissionRefused):
        keep_draft(contribution=contribution, text="Half", by=request.getfixturevalue(who))
    assert AnswerDraft.objects.count() == 0


def test_the_record_holds_no_word_of_it(officer):
    keep_draft(contribution=sent().contribution, text="Zebra", by=officer)
    event = AuditEvent.objects.get(verb="involve_contributions.keep_draft")
    assert "Zebra" not in str(event.details)


def test_the_page_says_when_one_is_signed_out(client_for, officer):
    page = client_for(officer).get(url(sent().contribution)).content.decode()
    assert "signed out after 1 hour" in page
