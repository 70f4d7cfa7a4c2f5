"""From a theme's decision to the page at someone's reference, through the real rooms."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.hearing import reply
from joinedup.foundation.thread.actions.telling import tell
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import Kind, Part, Thing
from joinedup.involve.contributions.actions.speaking import Receipt, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_PHONE, sent
from joinedup.involve.themes.models import KIND, Theme

pytestmark = pytest.mark.django_db
VOICE = "involve_contributions.contribution"
WORDS = "The lift is mended."
DECISION = "test.decision"


@pytest.fixture
def decision(monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """A decision of a meeting, as the thread knows it."""
    thing = Thing("A second lift", timezone.localdate(), is_public=True)
    kinds = dict(plugs._kinds)
    kinds[DECISION] = Kind(
        DECISION,
        Part.DECISION,
        "Decision",
        lambda keys: dict.fromkeys(keys, thing),
        Permission.CONTRIBUTION_SORT,
    )
    monkeypatch.setattr(plugs, "_kinds", kinds)
    return DECISION, 1


def told(officer: User, decision: tuple[str, int], **how: str) -> Receipt:
    """Someone who spoke about a theme of which something was decided, and to whom it was decided to tell."""
    receipt = sent(**how)
    theme = Theme.objects.create(slug="lifts", name="Lifts", summary="Lifts break.", is_public=True)
    day = timezone.localdate()
    tie(start=(VOICE, receipt.contribution.pk), end=(KIND, theme.pk), on=day, by=officer)
    tie(start=(KIND, theme.pk), end=decision, on=day, by=officer)
    tell(telling=Telling.objects.get(), text=WORDS, by=officer)
    return receipt


def at_reference(client: Client, receipt: Receipt) -> str:
    data = {"reference": receipt.contribution.reference, "word": receipt.word}
    return client.post("/have-your-say/your-reference/", data).content.decode()


def test_a_round_of_the_worker_tells_whoever_wants_an_email(
    officer: User, decision: tuple[str, int], worker_round: Callable[[], None]
) -> None:
    told(officer, decision, **BY_EMAIL)
    for _round in range(2):
        worker_round()
    [message] = Message.objects.filter(template="contributions/mail/change")
    assert (message.to, message.state) == ("amina@example.org", Message.State.SENT)
    assert WORDS in message.text
    assert Told.objects.get().told_on == timezone.localdate()
    assert Telling.objects.get().state == Telling.State.TOLD


def test_the_email_to_someone_who_reads_bengali_leads_to_the_bengali_page(
    officer: User, decision: tuple[str, int], worker_round: Callable[[], None], client: Client
) -> None:
    told(officer, decision, language="bn", **BY_EMAIL)
    worker_round()
    text = Message.objects.get(template="contributions/mail/change").text
    [path] = re.findall(r"(/\S*what-we-did/your-word/\S+)", text)
    assert path.partition("/what-we-did/")[0].endswith("/bn")
    assert client.get("/bn/what-we-did/" + path.partition("/what-we-did/")[2]).status_code == 200


def test_the_page_at_the_reference_shows_it_and_its_buttons_count(
    officer: User, decision: tuple[str, int], client: Client
) -> None:
    receipt = told(officer, decision)
    page = at_reference(client, receipt)
    assert "What came of it" in page
    assert "A second lift" in page
    assert WORDS in page
    [path] = set(re.findall(r'action="([^"]*/what-we-did/your-word/[^"]+)"', page))
    client.post(path, {"verdict": "disputed"})
    reply(told=Told.objects.get(), text="We look at it on Monday.", by=officer)
    again = at_reference(client, receipt)
    assert "No, it has not changed</strong>" in again
    assert "We look at it on Monday." in again


def test_before_anyone_was_told_nothing_of_it_stands_there(
    officer: User, decision: tuple[str, int], client: Client
) -> None:
    assert "What came of it" not in at_reference(client, told(officer, decision, **BY_PHONE))


def test_who_took_it_back_in_between_gets_no_email_and_nobody_waits(
    officer: User, decision: tuple[str, int], worker_round: Callable[[], None], client: Client
) -> None:
    receipt = told(officer, decision, **BY_EMAIL)
    withdraw(contribution=receipt.contribution)
    worker_round()
    assert not Message.objects.filter(template="contributions/mail/change").exists()
    assert Telling.objects.get().state == Telling.State.TOLD
    assert "What came of it" not in at_reference(client, receipt)


def test_a_call_is_not_waited_for_once_they_took_it_back(
    officer: User, decision: tuple[str, int], worker_round: Callable[[], None]
) -> None:
    receipt = told(officer, decision, **BY_PHONE)
    withdraw(contribution=receipt.contribution)
    worker_round()
    assert Told.objects.get().gone_on == timezone.localdate()
