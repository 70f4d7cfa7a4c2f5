"""Taking back what one said also takes back the mails that repeat or answer it."""

from collections.abc import Callable

import pytest

from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.involve.contributions.actions.answering import answer
from joinedup.involve.contributions.actions.speaking import withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, sent
from joinedup.involve.contributions.models import Contribution

Outbox = Callable[[], list[Message]]
ANSWER = "The lift works again since Monday."


def answered(officer: User) -> Contribution:
    contribution = sent(**BY_EMAIL).contribution
    heard_at = contribution.last_heard_at
    answer(contribution=contribution, text=ANSWER, heard_at=heard_at, by=officer, once="k" * 30)
    contribution.refresh_from_db()
    return contribution


def test_the_mails_about_it_go(officer: User, outbox: Outbox) -> None:
    contribution = answered(officer)
    assert any(ANSWER in message.text for message in outbox())
    withdraw(contribution=contribution)
    assert outbox() == []


def test_the_mails_about_others_stay(officer: User, outbox: Outbox) -> None:
    other = sent(**BY_EMAIL, words="Something else.").contribution
    withdraw(contribution=answered(officer))
    assert {message.about_id for message in outbox()} == {str(other.pk)}


@pytest.mark.django_db
def test_a_mail_not_sent_yet_is_not_sent_any_more(outbox: Outbox) -> None:
    contribution = sent(**BY_EMAIL).contribution
    assert [message.state for message in outbox()] == [Message.State.DUE]
    withdraw(contribution=contribution)
    assert outbox() == []
