"""A person asks what we hold, and asks to be forgotten."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection import actions
from joinedup.foundation.dataprotection.plugs import holders
from joinedup.foundation.dataprotection.written import as_text
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.newsletter import factories as newsletter
from joinedup.inform.newsletter.actions import ask
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber, address_marks
from joinedup.involve.contributions import factories as contributions
from joinedup.involve.contributions.models import Contribution, Words

pytestmark = pytest.mark.django_db
BY = System("tests")
WHO = newsletter.ADDRESS


@pytest.fixture
def told() -> Contribution:
    """Someone who reads the newsletter and told us something."""
    newsletter.joined()
    return contributions.sent(
        reply_by="email", email=WHO, words="The lift was broken, and I use a chair."
    ).contribution


def held(who: str = WHO) -> dict[str, list[dict[str, object]]]:
    return {part["what"]: part["entries"] for part in actions.export(who=who, by=BY)["held"]}


class TestAnExport:
    def test_has_what_they_said_and_what_they_agreed_to(self, told: Contribution) -> None:
        found = held()
        [said] = found["What you told us"]
        assert said["what you said"][0]["words"] == "The lift was broken, and I use a chair."  # type: ignore[index]
        [news] = found["The newsletter"]
        agreed = news["what you agreed to and when"]
        assert [line["what"] for line in agreed] == ["Asked to join", "Confirmed"]  # type: ignore[attr-defined]
        assert all(line["words you said yes to"] for line in agreed)  # type: ignore[attr-defined]

    def test_has_the_messages_we_wrote(self, told: Contribution) -> None:
        assert len(held()["Messages we wrote to you"]) == Message.objects.filter(to=WHO).count() > 0

    @pytest.mark.parametrize("change", [str.upper, lambda who: f"  {who} "])
    def test_is_found_however_the_address_is_typed(
        self, told: Contribution, change: Callable[[str], str]
    ) -> None:
        assert held(change(WHO)).keys() == held().keys()

    def test_is_found_by_telephone_and_by_reference(self) -> None:
        said = contributions.sent(reply_by="phone", email="", phone="+447700900123").contribution
        assert [e["reference"] for e in held("07700 900 123")["What you told us"]] == [said.reference]
        assert [e["reference"] for e in held(said.reference.lower())["What you told us"]] == [said.reference]

    def test_has_nothing_of_anyone_else(self, told: Contribution) -> None:
        contributions.sent(reply_by="email", email="li@example.org", words="Somebody else’s secret")
        newsletter.joined("li@example.org")
        assert "li@example.org" not in json.dumps(held())
        assert "secret" not in json.dumps(held())

    @pytest.mark.parametrize("who", ["", " ", "@", "example.org", "%", "a" * 300, "\0", "0"])
    def test_a_part_of_an_address_finds_nobody(self, told: Contribution, who: str) -> None:
        contributions.sent(reply_by="none", email="")
        assert held(who) == {}

    def test_has_the_account_of_staff(self, editor: User) -> None:
        [account] = held(editor.email)["Your account as a member of staff"]
        assert account["roles"][0]["role"] == "Page editor"  # type: ignore[index]

    def test_holds_no_password_code_or_secret_word(self, told: Contribution, editor: User) -> None:
        for who in (WHO, editor.email):
            text = json.dumps(held(who))
            assert told.word_digest not in text
            assert editor.password not in text

    def test_reads_as_plain_text_too(self, told: Contribution) -> None:
        text = as_text(actions.export(who=WHO, by=BY))
        assert "The lift was broken" in text
        assert "{" not in text

    def test_is_on_the_record_without_the_person(self, told: Contribution) -> None:
        held()
        event = AuditEvent.objects.filter(verb="foundation_dataprotection.look_up").latest("pk")
        assert event.details["involve_contributions.contribution"] == 1
        assert WHO not in json.dumps(event.details)

    def test_is_refused_to_others(self, stranger: User, officer: User, administrator: User) -> None:
        for who in (stranger, officer, administrator):
            with pytest.raises(PermissionRefused):
                actions.export(who=WHO, by=who)


class TestErasing:
    def test_removes_words_details_and_messages(self, told: Contribution) -> None:
        actions.erase(who=WHO, by=BY)
        told.refresh_from_db()
        assert (told.state, told.email, told.name) == ("revoked", "", "")
        assert set(Words.objects.values_list("text", flat=True)) == {""}
        assert not Message.objects.filter(to=WHO).exists()
        assert Subscriber.objects.get().email is None

    def test_leaves_the_totals(self, told: Contribution) -> None:
        before = Contribution.objects.count(), ConsentEvent.objects.count()
        actions.erase(who=WHO, by=BY)
        assert (Contribution.objects.count(), ConsentEvent.objects.count()) == (before[0], before[1] + 1)

    def test_leaves_a_keyed_mark_that_still_knows_the_address(self, told: Contribution) -> None:
        actions.erase(who=WHO, by=BY)
        assert Subscriber.objects.get().address_mark == address_marks(WHO)[0]
        assert Subscriber.objects.by_address(WHO).get().state == "left"

    def test_the_address_stands_nowhere_afterwards(self, told: Contribution) -> None:
        actions.erase(who=WHO, by=BY)
        assert WHO not in json.dumps(held())

    def test_leaves_everyone_else_alone(self, told: Contribution) -> None:
        other = contributions.sent(reply_by="email", email="li@example.org").contribution
        newsletter.joined("li@example.org")
        actions.erase(who=WHO, by=BY)
        other.refresh_from_db()
        assert (other.state, other.email) == ("received", "li@example.org")
        assert Subscriber.objects.by_address("li@example.org").get().state == "confirmed"

    def test_a_second_time_changes_nothing(self, told: Contribution) -> None:
        assert actions.erase(who=WHO, by=BY)
        assert actions.erase(who=WHO, by=BY) == {}

    def test_they_may_come_back_if_they_ask_themselves(self, told: Contribution) -> None:
        actions.erase(who=WHO, by=BY)
        ask(email=WHO, name="", topics=[], language="en", page="/newsletter/")
        assert Subscriber.objects.get().state == "pending"

    def test_staff_accounts_stay_and_say_why(self, editor: User) -> None:
        assert actions.erase(who=editor.email, by=BY) == {}
        editor.refresh_from_db()
        assert editor.is_active
        [account] = [h for h in holders() if h.key == "foundation_identity.user"]
        assert "12 months" in str(account.kept_because)

    def test_every_place_erases_or_says_why_not(self) -> None:
        assert [h.key for h in holders() if h.erase is None and not h.kept_because] == []

    def test_is_refused_to_others(self, told: Contribution, stranger: User, officer: User) -> None:
        for who in (stranger, officer):
            with pytest.raises(PermissionRefused):
                actions.erase(who=WHO, by=who)
        assert Subscriber.objects.get().email == WHO


class TestTheCommands:
    def test_export_writes_two_files_for_their_owner_only(self, told: Contribution, tmp_path: Path) -> None:
        path = tmp_path / "person.json"
        call_command("export_person", WHO, out=path)
        assert json.loads(path.read_text())["asked_for"] == WHO
        readable = tmp_path / "person.json.txt"
        assert "The lift was broken" in readable.read_text()
        assert {path.stat().st_mode & 0o777, readable.stat().st_mode & 0o777} == {0o600}

    def test_export_overwrites_nothing(self, told: Contribution, tmp_path: Path) -> None:
        (tmp_path / "person.json").write_text("mine")
        with pytest.raises(CommandError, match="there already"):
            call_command("export_person", WHO, out=tmp_path / "person.json")
        assert (tmp_path / "person.json").read_text() == "mine"

    def test_export_says_when_it_cannot_write(self, told: Contribution, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="Cannot write"):
            call_command("export_person", WHO, out=tmp_path / "no" / "person.json")

    def test_erase_only_says_what_it_would_do(
        self, told: Contribution, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("erase_person", WHO)
        assert "Nothing was erased" in capsys.readouterr().out
        assert Subscriber.objects.get().email == WHO

    def test_erase_does_it_with_yes(self, told: Contribution, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("erase_person", WHO, yes=True)
        assert "1 erased What you told us" in capsys.readouterr().out
        assert Subscriber.objects.get().email is None

    def test_erase_says_when_there_is_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("erase_person", "nobody@example.org", yes=True)
        assert "Nothing is held" in capsys.readouterr().out


class TestThePrivacyOfficersPage:
    URL = "/workspace/data-protection/"

    def test_shows_what_is_held_and_gives_a_file(
        self, told: Contribution, privacy_officer: User, client_for: Callable[[User], Client]
    ) -> None:
        client = client_for(privacy_officer)
        page = client.post(self.URL, {"who": WHO})
        assert "What you told us: 1" in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
        file = client.post(f"{self.URL}export/", {"who": WHO})
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert json.loads(file.content)["held"]

    def test_erases_only_with_the_tick(
        self, told: Contribution, privacy_officer: User, client_for: Callable[[User], Client]
    ) -> None:
        client = client_for(privacy_officer)
        page = client.post(f"{self.URL}erase/", {"who": WHO})
        assert "Tick the box to erase" in page.content.decode()
        assert Subscriber.objects.get().email == WHO
        page = client.post(f"{self.URL}erase/", {"who": WHO, "sure": "on"}, follow=True)
        assert "things were erased" in page.content.decode()
        assert Subscriber.objects.get().email is None

    @pytest.mark.parametrize("path", ["", "export/", "erase/", "retention/"])
    def test_is_shut_to_others(
        self, path: str, stranger: User, officer: User, client_for: Callable[[User], Client]
    ) -> None:
        for who in (stranger, officer):
            assert client_for(who).post(self.URL + path, {"who": WHO, "sure": "on"}).status_code == 403
        assert Client().post(self.URL + path, {"who": WHO}).status_code in (302, 403)
