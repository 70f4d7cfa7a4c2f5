"""The list of what has ended: written whole, for its owner only, and applied whole, where it belongs."""

import datetime
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from joinedup.config.backup import endings
from joinedup.config.backup.archive import BadArchive
from joinedup.config.backup.endings import Ended, apply, write_down
from joinedup.foundation.audit.actions import put_back, record
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection import again, plugs
from joinedup.foundation.identity import actions as staff
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.newsletter import access as links
from joinedup.inform.newsletter import actions as newsletter_actions
from joinedup.inform.newsletter import factories as newsletter
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber
from joinedup.involve.contributions import factories as contributions
from joinedup.involve.contributions.actions.speaking import withdraw

pytestmark = pytest.mark.django_db
BY = System("tests")
WHO = newsletter.ADDRESS
Restore = Callable[[Callable[[], object]], dict[str, int]]


def leave(subscriber: Subscriber) -> None:
    newsletter_actions.leave(token=links.leave_token(subscriber), one_click=False)


class TestTheRecord:
    def test_keeps_what_was_done_as_it_was_written(self, officer: User, restored_after: Restore) -> None:
        done: list[dict[str, object]] = []

        def doing() -> None:
            event = record(verb="tests.did", by=officer, subject=officer, details={"n": 1, "some": ["a"]})
            done.append(AuditEvent.objects.filter(pk=event.pk).values().get())

        restored_after(doing)
        assert AuditEvent.objects.filter(verb="tests.did").values().get() == done[0]

    def test_says_that_things_were_ended_again(self, restored_after: Restore) -> None:
        subscriber = newsletter.joined()
        counts = restored_after(lambda: leave(subscriber))
        assert counts["people who had left the newsletter"] == 1
        event = AuditEvent.objects.get(verb="foundation_dataprotection.end_again")
        assert (event.actor_kind, event.actor_id) == ("system", "restore")
        assert event.details["inform_newsletter.left"] == 1

    def test_no_key_it_speaks_of_is_given_to_another_row(
        self, barts: Organisation, restored_after: Restore
    ) -> None:
        made: list[int] = []

        def doing() -> None:
            made.append(User.objects.create_user("late@example.org").pk)
            record(verb="tests.did", by=User.objects.get(pk=made[0]))

        restored_after(doing)
        assert not User.objects.filter(pk=made[0]).exists()
        assert User.objects.create_user("other@example.org").pk > made[0]

    def test_is_not_for_staff_to_write(self, officer: User, administrator: User) -> None:
        for who in (officer, administrator):
            with pytest.raises(PermissionRefused):
                put_back(events=[], by=who)


class TestApplying:
    def test_twice_changes_nothing_more(self, officer: User, listed: Path, restored_after: Restore) -> None:
        subscriber = newsletter.joined()
        said = contributions.sent().contribution
        restored_after(
            lambda: (
                leave(subscriber),
                withdraw(contribution=said),
                staff.end_membership(membership=officer.memberships.get(), by=BY),
            )
        )
        before = AuditEvent.objects.count(), ConsentEvent.objects.count()
        assert apply([listed]) == [Ended({})]
        assert (AuditEvent.objects.count(), ConsentEvent.objects.count()) == before

    def test_nothing_is_kept_when_one_kind_fails(
        self, listed: Path, restored_after: Restore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fails(*, events: object, by: object) -> int:
            raise DatabaseError("gone")

        subscriber = newsletter.joined()
        monkeypatch.setattr(again, "put_back", fails)
        with pytest.raises(DatabaseError):
            restored_after(lambda: leave(subscriber))
        assert Subscriber.objects.get().state == "confirmed"

    def test_a_list_of_another_site_is_not_used(self, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        leave(newsletter.joined())
        monkeypatch.setattr(endings, "_origin", lambda: "00000000-0000-4000-8000-000000000000")
        write_down(listed, since=timezone.now())
        Subscriber.objects.all().delete()
        newsletter.joined()
        assert apply([listed]) == [Ended({}, is_of_this_site=False)]

    def test_staff_may_not(self, officer: User, administrator: User) -> None:
        for who in (officer, administrator):
            with pytest.raises(PermissionRefused):
                again.end_again(ended={}, by=who)


class TestTheList:
    def test_holds_nobodys_name_address_or_secret(self, listed: Path, officer: User) -> None:
        leave(newsletter.joined())
        receipt = contributions.sent(reply_by="email", email=WHO, words="The lift was broken.")
        staff.end_membership(membership=officer.memberships.get(), by=BY)
        write_down(listed, since=timezone.now() - datetime.timedelta(days=1))
        text = listed.read_text()
        for never in (WHO, "Amina", "lift", receipt.word, officer.email, officer.name, officer.password):
            assert never not in text

    def test_can_be_read_by_its_owner_only(self, listed: Path) -> None:
        listed.touch(mode=0o644)
        write_down(listed, since=timezone.now())
        assert stat.S_IMODE(listed.stat().st_mode) == 0o600

    def test_names_what_could_not_be_read_and_has_the_rest(
        self, listed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(since: datetime.datetime) -> list[plugs.Entry]:
            raise DatabaseError("malformed")

        spoilt = plugs.Ending("inform_newsletter.left", "x", broken, lambda entries, by: 0)
        monkeypatch.setitem(plugs._endings, "inform_newsletter.left", spoilt)
        assert write_down(listed, since=timezone.now()).unread == ["inform_newsletter.left"]
        assert again.RECORD.key not in endings.read(listed)[0].unread

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data[:-80],
            lambda data: data.replace(b"tests.begin", b"tests.other"),
            lambda data: b"",
            lambda data: b"[" * 100_000,
            lambda data: b'{"sha256": 1}',
        ],
    )
    def test_is_refused_when_it_is_not_as_it_was_written(
        self, listed: Path, spoil: Callable[[bytes], bytes]
    ) -> None:
        write_down(listed, since=timezone.now() - datetime.timedelta(days=1))
        listed.write_bytes(spoil(listed.read_bytes()))
        with pytest.raises(BadArchive):
            endings.read(listed)

    def test_the_command_writes_it_and_replaces_an_older_one(self, listed: Path) -> None:
        call_command("endings", str(listed))
        first = listed.read_bytes()
        leave(newsletter.joined())
        call_command("endings", str(listed))
        assert len(listed.read_bytes()) > len(first)
        assert list(endings.read(listed)[1])

    def test_every_subject_that_a_person_can_end_something_in_is_plugged_in(self) -> None:
        assert {each.key for each in again.every()} >= {
            "foundation_dataprotection.record",
            "foundation_identity.role",
            "foundation_identity.way_in",
            "inform_news.taken_back",
            "inform_newsletter.left",
            "involve_contributions.taken_back",
            "involve_contributions.word",
        }
