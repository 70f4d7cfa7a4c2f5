"""The page where someone says whether it changed: opening it says nothing, one press counts once."""

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.thread import verdict_links
from joinedup.foundation.thread.actions.hearing import reply, say
from joinedup.foundation.thread.actions.leaving import leave
from joinedup.foundation.thread.actions.telling import carry_on
from joinedup.foundation.thread.models import Told
from joinedup.foundation.thread.plugs import Form
from joinedup.foundation.thread.tests.conftest import BY, WORDS, Area, told_people

pytestmark = pytest.mark.django_db
YES, NO = {"verdict": "confirmed"}, {"verdict": "disputed"}


@pytest.fixture
def told(area: Area) -> Told:
    """Someone whom an email told of a decision."""
    [row] = told_people(area, Form.EMAIL)
    carry_on(by=BY)
    row.refresh_from_db()
    return row


@pytest.fixture
def path(told: Told) -> str:
    return verdict_links.path_for(told)


def fresh(told: Told) -> Told:
    return Told.objects.get(pk=told.pk)


def test_opening_it_shows_what_they_were_told_and_counts_nothing(
    client: Client, told: Told, path: str
) -> None:
    for method in (client.get, client.head, client.options):
        assert method(path).status_code == 200
    page = client.get(path, NO).content.decode()
    assert WORDS in page
    assert "Has it changed for you?" in page
    assert fresh(told).verdict == ""


@pytest.mark.parametrize("word", ["confirmed", "disputed"])
def test_one_press_counts(client: Client, told: Told, path: str, word: str) -> None:
    before = current()
    page = client.post(path, {"verdict": word})
    assert page.status_code == 200
    assert "Thank you" in page.content.decode()
    row = fresh(told)
    assert (row.verdict, row.verdict_on) == (word, timezone.localdate())
    assert row.waits_for_reply is (word == "disputed")
    assert current() > before
    event = AuditEvent.objects.get(verb="foundation_thread.say")
    assert (event.actor_kind, event.details) == ("visitor", {"verdict": word})


def test_the_same_word_twice_is_one_word(client: Client, told: Told, path: str) -> None:
    for _press in range(2):
        client.post(path, YES)
    assert AuditEvent.objects.filter(verb="foundation_thread.say").count() == 1


def test_they_may_think_again(client: Client, told: Told, path: str) -> None:
    client.post(path, NO)
    assert "You said so far:" in client.get(path).content.decode()
    client.post(path, YES)
    assert fresh(told).verdict == "confirmed"
    assert not Told.objects.disputed().exists()


def test_they_may_think_again_after_we_answered_and_once_more(client: Client, told: Told, path: str) -> None:
    client.post(path, NO)
    reply(told=told, text="We look at it on Monday.", by=BY)
    assert not Told.objects.disputed().exists()
    client.post(path, YES)
    assert fresh(told).reply == "We look at it on Monday."
    client.post(path, NO)
    assert Told.objects.disputed().exists(), "a new dispute is owed a new answer"
    reply(told=told, text="We looked again.", by=BY)
    page = client.get(path).content.decode()
    assert "We look at it on Monday." in page
    assert "We looked again." in page


@pytest.mark.parametrize("data", [{}, {"verdict": ""}, {"verdict": "perhaps"}])
def test_another_word_counts_nothing_and_says_what_to_do(
    client: Client, told: Told, path: str, data: dict[str, str]
) -> None:
    assert "Say yes or no." in client.post(path, data).content.decode()
    assert fresh(told).verdict == ""


def test_a_press_without_the_token_counts_nothing_and_asks_again(told: Told, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(path, YES)
    assert page.status_code == 200
    assert "Nothing has been counted yet" in page.content.decode()
    assert fresh(told).verdict == ""
    strict.post(path, YES | {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value})
    assert fresh(told).verdict == "confirmed"


class TestALink:
    NOT = "This link does not work any more"

    def refused(self, client: Client, path: str) -> bool:
        answers = [client.get(path), client.post(path, YES)]
        return all(each.status_code == 404 and self.NOT in each.content.decode() for each in answers)

    def test_that_was_altered_does_not_work(self, client: Client, told: Told, path: str) -> None:
        assert self.refused(client, f"{path[:-2]}x/")
        assert fresh(told).verdict == ""

    def test_of_another_purpose_does_not_work(self, client: Client, told: Told) -> None:
        foreign = signing.dumps([told.pk], salt="joinedup.newsletter")
        assert self.refused(client, f"/what-we-did/your-word/{foreign}/")

    def test_to_someone_who_is_gone_does_not_work(self, client: Client, told: Told, path: str) -> None:
        Told.objects.all().delete()
        assert self.refused(client, path)

    def test_works_for_a_year_and_no_longer(
        self, client: Client, told: Told, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = timezone.now().timestamp()
        monkeypatch.setattr(signing.time, "time", lambda: made + 365 * 86400)
        assert client.get(path).status_code == 200
        monkeypatch.setattr(signing.time, "time", lambda: made + 367 * 86400)
        assert self.refused(client, path)


class TestThePage:
    def test_is_kept_nowhere_found_by_no_search_and_its_address_told_to_nobody(
        self, client: Client, path: str
    ) -> None:
        for page in (client.get(path), client.post(path, YES), client.get("/what-we-did/your-word/x/")):
            assert page.headers["Cache-Control"] == "no-store, private"
            assert page.headers["Referrer-Policy"] == "strict-origin"
            text = page.content.decode()
            assert "noindex" in text
            assert path.split("/")[-2] not in text, "not in the language switch either"

    def test_tells_nothing_of_the_person(self, client: Client, path: str) -> None:
        page = client.get(path).content.decode()
        assert "example.org" not in page.partition("<main")[2].partition("</main")[0]
        assert "JU-1" not in page

    def test_speaks_bengali_at_the_bengali_address(self, client: Client, told: Told, path: str) -> None:
        page = client.get(f"/bn{path}")
        assert page.status_code == 200
        assert 'lang="bn"' in page.content.decode()
        client.post(f"/bn{path}", YES)
        assert fresh(told).verdict == "confirmed"

    def test_escapes_what_staff_wrote(self, client: Client, told: Told, path: str) -> None:
        told.telling.text = "<script>alert(1)</script>"
        told.telling.save()
        assert "<script>alert" not in client.get(path).content.decode()

    def test_is_not_opened_without_end_from_one_place(
        self, client: Client, told: Told, path: str, settings: object
    ) -> None:
        settings.RATES = {**settings.RATES, "thread.verdict": (2, 900)}  # type: ignore[attr-defined]
        answers = [client.post(path, NO), client.post(path, YES), client.post(path, NO)]
        assert [each.status_code for each in answers] == [200, 200, 429]
        assert answers[-1].headers["Referrer-Policy"] == "strict-origin"
        assert fresh(told).verdict == "confirmed"


class TestADispute:
    def test_is_listed_and_answered_by_staff_and_read_by_the_person(
        self, client: Client, as_officer: Client, told: Told, path: str
    ) -> None:
        client.post(path, NO)
        assert "decision 1" in as_officer.get("/workspace/what-came-of-it/").content.decode()
        assert "Answer someone who says it has not changed" in as_officer.get("/workspace/").content.decode()
        there = f"/workspace/what-came-of-it/told/{told.pk}/reply/"
        assert as_officer.post(there, {"text": "We look at it on Monday."}).status_code == 302
        page = as_officer.get("/workspace/").content.decode()
        assert "Answer someone who says it has not changed" not in page
        assert "We look at it on Monday." in client.get(path).content.decode()

    def test_that_was_answered_is_not_answered_twice(self, as_officer: Client, told: Told) -> None:
        say(told=told, verdict="disputed")
        there = f"/workspace/what-came-of-it/told/{told.pk}/reply/"
        as_officer.post(there, {"text": "First."})
        as_officer.post(there, {"text": "Second."})
        assert fresh(told).reply == "First."

    def test_loses_nothing_that_was_typed_when_it_is_too_long(self, as_officer: Client, told: Told) -> None:
        say(told=told, verdict="disputed")
        page = as_officer.post(
            f"/workspace/what-came-of-it/told/{told.pk}/reply/", {"text": "Monday " + "x" * 2000}
        )
        assert "Monday xxx" in page.content.decode()
        assert fresh(told).reply == ""


def test_who_took_back_what_they_said_is_asked_nothing_any_more(
    client: Client, told: Told, path: str
) -> None:
    leave(voice=(told.voice_kind, told.voice_key))
    assert client.get(path).status_code == 404
    assert client.post(path, NO).status_code == 404
    assert fresh(told).verdict == ""
