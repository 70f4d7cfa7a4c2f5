"""Someone who lost their word gets a new one from staff, and the old one stops working."""

import re

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions.speaking import Closed, Said, give_new_word, send, withdraw
from joinedup.involve.contributions.factories import SAID, given_to, sent

pytestmark = pytest.mark.django_db
ONCE = "n" * 43


def url(contribution) -> str:
    return f"/workspace/contributions/{contribution.reference}/new-word/"


def opens(contribution, word: str) -> bool:
    return access.by_reference_and_word(contribution.reference, word) == contribution


def word_in(page: str) -> str:
    return re.search(r'id="word">([^<]+)<', page).group(1)


def test_the_new_word_opens_it_and_the_old_one_does_not(officer):
    receipt = sent()
    word = give_new_word(contribution=receipt.contribution, once=ONCE, by=officer).word
    assert opens(receipt.contribution, word)
    assert not opens(receipt.contribution, receipt.word)


def test_the_door_asks_first_and_shows_the_word_once(client_for, officer):
    receipt = sent()
    client = client_for(officer)
    page = client.get(url(receipt.contribution)).content.decode()
    assert "Did the person lose their word?" in page
    assert opens(receipt.contribution, receipt.word)
    page = client.post(url(receipt.contribution), {"once": ONCE}).content.decode()
    assert opens(receipt.contribution, word_in(page))
    assert word_in(page) not in client.get(url(receipt.contribution)).content.decode()


def test_a_double_click_gives_one_word_and_one_event(client_for, officer):
    receipt = sent()
    client = client_for(officer)
    words = {
        word_in(client.post(url(receipt.contribution), {"once": ONCE}).content.decode()) for _time in range(2)
    }
    assert len(words) == 1
    assert AuditEvent.objects.filter(verb="involve_contributions.give_new_word").count() == 1


def test_is_written_down_without_the_word(officer):
    receipt = sent()
    word = give_new_word(contribution=receipt.contribution, once=ONCE, by=officer).word
    event = AuditEvent.objects.get(verb="involve_contributions.give_new_word")
    assert (event.actor_id, event.subject_id) == (str(officer.pk), str(receipt.contribution.pk))
    assert word not in str(list(AuditEvent.objects.values()))


@pytest.mark.parametrize("who", ["other_partner", "privacy_officer", "editor", "administrator", "stranger"])
def test_nobody_else_gives_one(request, who, officer, barts):
    contribution = given_to(barts, officer)
    kept = contribution.word_digest
    for by in (request.getfixturevalue(who), VISITOR):
        with pytest.raises(PermissionRefused):
            give_new_word(contribution=contribution, once=ONCE, by=by)
    contribution.refresh_from_db()
    assert contribution.word_digest == kept


def test_what_was_taken_back_gets_none(officer):
    contribution = withdraw(contribution=sent().contribution)
    with pytest.raises(Closed):
        give_new_word(contribution=contribution, once=ONCE, by=officer)


def test_the_first_form_sent_once_more_does_not_show_the_word_that_stopped_working(officer):
    said: Said = SAID
    first = send(said=said, once="k" * 43)
    give_new_word(contribution=first.contribution, once=ONCE, by=officer)
    again = send(said=said, once="k" * 43)
    assert (again.contribution, again.word) == (first.contribution, "")


def test_the_page_of_a_contribution_leads_there(client_for, officer):
    contribution = sent().contribution
    assert url(contribution) in client_for(officer).get(url(contribution)[:-9]).content.decode()
