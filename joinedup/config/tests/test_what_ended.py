"""What people had ended stays ended when a backup from before is put back: consent, roles, erasures."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.utils import timezone

from joinedup.config.backup.endings import apply, write_down
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.actions import erase
from joinedup.foundation.identity import actions as staff
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.inform.news import access as places
from joinedup.inform.news import factories as news
from joinedup.inform.news.actions import signing_up
from joinedup.inform.newsletter import access as links
from joinedup.inform.newsletter import actions as newsletter_actions
from joinedup.inform.newsletter import factories as newsletter
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber
from joinedup.involve.contributions import factories as contributions
from joinedup.involve.contributions.access import by_reference_and_word
from joinedup.involve.contributions.actions.speaking import give_new_word, withdraw
from joinedup.involve.contributions.models import Contribution, Words

pytestmark = pytest.mark.django_db
BY = System("tests")
WHO = newsletter.ADDRESS
Restore = Callable[[Callable[[], object]], dict[str, int]]


def leave(subscriber: Subscriber) -> None:
    newsletter_actions.leave(token=links.leave_token(subscriber), one_click=False)


class TestTheNewsletter:
    def test_whoever_left_is_gone_with_their_address(self, restored_after: Restore) -> None:
        subscriber = newsletter.joined()
        restored_after(lambda: leave(subscriber))
        subscriber.refresh_from_db()
        assert (subscriber.state, subscriber.email, subscriber.name) == ("left", None, "")
        assert not subscriber.topics.exists()
        assert not Message.objects.filter(to=WHO).exists()
        assert ConsentEvent.objects.filter(subscriber=subscriber, kind="left").count() == 1

    def test_the_time_is_when_they_left(self, restored_after: Restore) -> None:
        subscriber = newsletter.joined()
        left: list[datetime.datetime] = []

        def doing() -> None:
            leave(subscriber)
            left.append(Subscriber.objects.values_list("left_at", flat=True).get())

        restored_after(doing)
        assert Subscriber.objects.get().left_at == ConsentEvent.objects.latest("pk").at == left[0]

    def test_whoever_left_and_came_back_stays(self, restored_after: Restore) -> None:
        subscriber = newsletter.joined()
        restored_after(lambda: (leave(subscriber), newsletter.joined()))
        assert Subscriber.objects.get().state == "confirmed"

    def test_asking_again_after_leaving_is_no_yes(self, restored_after: Restore) -> None:
        subscriber = newsletter.joined()
        restored_after(lambda: (leave(subscriber), newsletter.asked()))
        assert Subscriber.objects.get().state == "left"

    def test_a_yes_from_after_the_list_was_written_stays(self, listed: Path) -> None:
        leave(newsletter.joined())
        write_down(listed, since=timezone.now())
        newsletter.joined()
        apply([listed])
        assert Subscriber.objects.get().state == "confirmed"

    def test_everybody_else_stays(self, restored_after: Restore) -> None:
        subscriber, other = newsletter.joined(), newsletter.joined("li@example.org")
        restored_after(lambda: leave(subscriber))
        other.refresh_from_db()
        assert (other.state, other.email) == ("confirmed", "li@example.org")

    def test_a_changed_secret_key_hides_nobody(self, restored_after: Restore, settings) -> None:
        subscriber = newsletter.joined()

        def doing() -> None:
            settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new-" * 12, [settings.SECRET_KEY]
            leave(subscriber)
            newsletter.asked()  # keeps the mark by the new key

        restored_after(doing)
        assert Subscriber.objects.get().state == "left"


class TestContributions:
    def test_what_was_taken_back_is_empty(self, restored_after: Restore) -> None:
        said = contributions.sent(reply_by="email", email=WHO, words="The lift was broken.").contribution
        restored_after(lambda: withdraw(contribution=said))
        said.refresh_from_db()
        assert (said.state, said.email, said.name) == ("revoked", "", "")
        assert Words.objects.get().text == ""

    def test_so_is_what_was_erased_by_telephone(self, restored_after: Restore) -> None:
        said = contributions.sent(reply_by="phone", email="", phone="+447700900123").contribution
        restored_after(lambda: erase(who="07700 900 123", by=BY))
        said.refresh_from_db()
        assert (said.state, said.phone) == ("revoked", "")

    def test_others_stay(self, restored_after: Restore) -> None:
        said, other = contributions.sent().contribution, contributions.sent(words="Another").contribution
        restored_after(lambda: withdraw(contribution=said))
        other.refresh_from_db()
        assert other.state == "received"

    def test_a_word_that_was_replaced_opens_nothing(self, restored_after: Restore, officer: User) -> None:
        receipt, other = contributions.sent(), contributions.sent(words="Another")
        restored_after(lambda: give_new_word(contribution=receipt.contribution, once="n" * 43, by=officer))
        assert by_reference_and_word(receipt.contribution.reference, receipt.word) is None
        assert by_reference_and_word(other.contribution.reference, other.word) == other.contribution


class TestErasures:
    def test_messages_about_nothing_go_as_well(self, restored_after: Restore) -> None:
        for to in (WHO, "li@example.org"):
            queue(to=to, subject="s", text="t", html="", template="x", stream=Message.Stream.REPLY)
        restored_after(lambda: erase(who=WHO.upper(), by=BY))
        assert list(Message.objects.values_list("to", flat=True)) == ["li@example.org"]

    def test_an_erasure_the_backup_knows_of_is_not_done_again(self, listed: Path) -> None:
        erase(who=WHO, by=BY)
        write_down(listed, since=timezone.now() - datetime.timedelta(days=1))
        said = contributions.sent(reply_by="email", email=WHO).contribution  # they came back
        apply([listed])
        said.refresh_from_db()
        assert said.state == "received"

    def test_the_record_knows_the_address_by_a_mark_only(self) -> None:
        erase(who=WHO, by=BY)
        details = AuditEvent.objects.get(verb="foundation_dataprotection.erase").details
        assert len(details["mark"]) == 64
        assert WHO not in json.dumps(details)


class TestSignUps:
    @pytest.fixture
    def full(self, db: None) -> tuple[str, str]:
        """The keys of who has the only place, and of who waits for it."""
        news.site()
        event = news.event(takes_sign_ups=True, max_places=1)
        first, second = news.signed_up(event), news.signed_up(event, email="li@example.org")
        assert (first.state, second.state) == ("placed", "waiting")
        return str(first.pk), str(second.pk)

    def test_what_was_taken_back_is_empty_and_the_place_is_given(
        self, full: tuple[str, str], restored_after: Restore
    ) -> None:
        sign_ups = signing_up.EventSignUp.objects
        first = sign_ups.get(pk=full[0])
        restored_after(lambda: signing_up.withdraw(token=places.token(first)))
        first.refresh_from_db()
        assert (first.state, first.email, first.name) == ("withdrawn", "", "")
        assert sign_ups.get(pk=full[1]).state == "placed"

    def test_others_stay(self, full: tuple[str, str], restored_after: Restore) -> None:
        second = signing_up.EventSignUp.objects.get(pk=full[1])
        restored_after(lambda: signing_up.withdraw(token=places.token(second)))
        assert signing_up.EventSignUp.objects.get(pk=full[0]).state == "placed"


class TestStaff:
    def test_an_account_that_was_shut_is_shut(self, officer: User, restored_after: Restore) -> None:
        role = officer.memberships.get()
        restored_after(lambda: staff.end_membership(membership=role, by=BY))
        officer = User.objects.get(pk=officer.pk)
        assert not officer.is_active
        assert not officer.check_password("correct-horse-battery")
        assert not Authenticator.objects.filter(user=officer).exists()
        assert officer.memberships.get().ends_on == timezone.localdate()
        assert officer.held_roles() == []

    def test_of_two_roles_one_ends(self, officer: User, barts: Organisation, restored_after: Restore) -> None:
        for name in ("engagement-officer", "editor"):
            Group.objects.get_or_create(name=name)
        second = Membership.objects.create(user=officer, organisation=barts, role="editor")
        restored_after(lambda: staff.end_membership(membership=second, by=BY))
        officer = User.objects.get(pk=officer.pk)
        assert officer.is_active
        assert [role for role, _organisation in officer.held_roles()] == ["engagement-officer"]
        assert [group.name for group in officer.groups.all()] == ["engagement-officer"]

    def test_even_the_last_administrator_who_had_ended_is_ended(
        self, administrator: User, restored_after: Restore
    ) -> None:
        role = administrator.memberships.get()
        restored_after(lambda: Membership.objects.filter(pk=role.pk).update(ends_on=timezone.localdate()))
        assert not User.objects.get(pk=administrator.pk).is_active

    def test_a_role_given_anew_after_the_list_stays(self, officer: User, listed: Path) -> None:
        role = officer.memberships.get()
        staff.end_membership(membership=role, by=BY)
        write_down(listed, since=timezone.now())
        user, _link, _secret = staff.invite(
            email=officer.email, name="", organisation=role.organisation, role=role.role, by=BY
        )
        user.set_password("quiet-canal-tower")
        user.save()
        apply([listed])
        user = User.objects.get(pk=user.pk)
        assert user.is_active
        assert user.check_password("quiet-canal-tower")

    def test_a_password_that_was_changed_opens_nothing(
        self, officer: User, editor: User, restored_after: Restore
    ) -> None:
        def doing() -> None:
            officer.set_password("quiet-canal-tower")
            officer.save()
            staff.note_change(verb="password_change", user=officer)

        restored_after(doing)
        assert not User.objects.get(pk=officer.pk).has_usable_password()
        assert User.objects.get(pk=editor.pk).check_password("correct-horse-battery")

    def test_a_second_step_that_was_replaced_is_gone(
        self, officer: User, editor: User, restored_after: Restore
    ) -> None:
        def doing() -> None:
            staff.clear_second_step(user=officer, by=BY)
            TOTP.activate(officer, generate_totp_secret())

        restored_after(doing)
        assert not Authenticator.objects.filter(user=officer).exists()
        assert Authenticator.objects.filter(user=editor).exists()

    def test_a_second_step_from_after_the_list_stays(self, officer: User, listed: Path) -> None:
        write_down(listed, since=timezone.now())
        staff.clear_second_step(user=officer, by=BY)
        TOTP.activate(officer, generate_totp_secret())
        apply([listed])
        assert Authenticator.objects.filter(user=officer).exists()


def test_contributions_are_not_brought_to_life(restored_after: Restore) -> None:
    said = contributions.sent().contribution
    withdraw(contribution=said)
    restored_after(lambda: None)
    assert Contribution.objects.get().state == "revoked"
