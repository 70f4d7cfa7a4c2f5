"""A new password: by a link in a mail, or by the present one."""

import datetime
import re
import time

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.actions import invite
from joinedup.foundation.identity.models import Invitation, User
from joinedup.foundation.identity.tests.doing import PASSWORD, SIGN_IN, give_password, sign_in, verbs, words
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System

pytestmark = pytest.mark.django_db
ASK = "/account/password/reset/"
CHANGE = "/account/password/change/"
NEW = "quiet-canal-tower"


def ask(client: Client, address: str, **extra):
    return client.post(ASK, {"email": address}, **extra)


def link_in(mail) -> str:
    found = re.search(r"http://127.0.0.1:8000(/account/password/reset/key/\S+)", mail.text)
    assert found is not None, mail.text
    return found.group(1)


class TestAskingForALink:
    def test_a_known_and_an_unknown_address_get_the_same_answer(
        self, client: Client, officer: User, outbox
    ) -> None:
        known, unknown = ask(client, officer.email), ask(client, "nobody@example.org")
        assert known.status_code == unknown.status_code == 302
        assert known.headers["Location"] == unknown.headers["Location"] == "/account/password/reset/done/"
        assert [mail.to for mail in outbox()] == [officer.email]

    def test_a_known_and_an_unknown_address_take_as_long(
        self, client: Client, officer: User, settings
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1000/m/ip"}
        taken: dict[str, list[float]] = {officer.email: [], "nobody@example.org": []}
        for _round in range(9):
            for address, times in taken.items():
                began = time.perf_counter()
                ask(client, address)
                times.append(time.perf_counter() - began)
        known, unknown = (min(times) for times in taken.values())
        assert 0.4 < known / unknown < 2.5

    def test_the_mail_is_in_our_words_and_leads_to_our_own_address(
        self, client: Client, officer: User, outbox
    ) -> None:
        ask(client, officer.email, HTTP_HOST="localhost:6666")
        [mail] = outbox()
        assert mail.subject == "Choose a new password for Tower Hamlets Together"
        assert "localhost" not in mail.text + mail.html
        assert link_in(mail) in mail.html
        assert "Someone asked for a new password" in mail.text

    def test_a_name_with_an_ampersand_is_right_in_both_parts(
        self, client: Client, officer: User, outbox
    ) -> None:
        User.objects.filter(pk=officer.pk).update(name="Mo & <Sons>")
        ask(client, officer.email)
        [mail] = outbox()
        assert "Hello Mo & <Sons>," in mail.text
        assert "Hello Mo &amp; &lt;Sons&gt;," in mail.html

    def test_asking_is_noted_without_telling_who(self, client: Client, officer: User) -> None:
        ask(client, officer.email)
        ask(client, "nobody@example.org")
        events = AuditEvent.objects.filter(verb="foundation_identity.reset_asked").order_by("occurred_at")
        assert [(e.actor_kind, e.subject_id) for e in events] == [
            ("visitor", str(officer.pk)),
            ("visitor", ""),
        ]

    def test_someone_stopped_gets_no_link(self, client: Client, officer: User, outbox) -> None:
        User.objects.filter(pk=officer.pk).update(is_active=False)
        ask(client, officer.email)
        assert outbox() == []

    def test_someone_who_has_yet_to_use_their_invitation_gets_no_link(
        self, client: Client, barts: Organisation, outbox
    ) -> None:
        invite(email="new@example.org", name="New", organisation=barts, role="editor", by=System("tests"))
        ask(client, "new@example.org")
        assert outbox() == []

    def test_nor_does_someone_whose_invitation_ran_out(
        self, client: Client, barts: Organisation, outbox
    ) -> None:
        invite(email="new@example.org", name="New", organisation=barts, role="editor", by=System("tests"))
        Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=1))
        response = ask(client, "new@example.org")
        assert response.headers["Location"] == "/account/password/reset/done/"
        assert outbox() == []

    def test_a_mailbox_cannot_be_flooded(self, client: Client, officer: User, outbox) -> None:
        for _time in range(5):
            ask(client, officer.email)
        response = ask(client, officer.email)
        assert response.status_code == 429
        assert "Wait 5 minutes" in words(response)
        assert len(outbox()) == 5

    @pytest.mark.parametrize(
        "typed", ["", "nobody", "a" * 400 + "@example.org", "<script>@example.org", "مرحبا"]
    )
    def test_a_wrong_address_is_pointed_out_beside_the_box(self, client: Client, typed: str, outbox) -> None:
        response = ask(client, typed)
        assert response.status_code == 200
        assert 'href="#id_email"' in words(response)
        assert outbox() == []


class TestTheLink:
    @pytest.fixture
    def link(self, client: Client, officer: User, outbox) -> str:
        ask(client, officer.email)
        return link_in(outbox()[-1])

    def test_it_sets_a_new_password_and_ends_every_session(
        self, client: Client, officer: User, outbox
    ) -> None:
        inside = Client()
        sign_in(inside, officer)
        ask(client, officer.email)
        link = link_in(outbox()[-1])
        form = client.get(link, follow=True)
        assert "Choose a new password" in words(form)
        assert link not in words(form)
        response = client.post(form.request["PATH_INFO"], {"password1": NEW})
        assert response.headers["Location"] == "/account/password/reset/key/done/"
        assert inside.get("/workspace/").status_code == 302
        assert give_password(Client(), officer, NEW).headers["Location"].endswith("authenticate/")
        assert outbox()[-1].subject == "Your password was changed"
        assert "password_change" in verbs()

    def test_it_works_once(self, officer: User, link: str) -> None:
        client = Client()
        form = client.get(link, follow=True)
        client.post(form.request["PATH_INFO"], {"password1": NEW})
        assert "This link does not open" in words(Client().get(link, follow=True))

    def test_signing_in_meanwhile_makes_it_useless(self, officer: User, link: str) -> None:
        sign_in(Client(), officer)
        assert "This link does not open" in words(Client().get(link, follow=True))

    def test_it_does_not_skip_the_second_step(self, officer: User, link: str) -> None:
        client = Client()
        form = client.get(link, follow=True)
        client.post(form.request["PATH_INFO"], {"password1": NEW})
        assert client.get("/workspace/").headers["Location"].startswith(SIGN_IN)

    @pytest.mark.parametrize(
        "change", [lambda link: link[:-3] + "x/", lambda link: link.replace("key/", "key/zz")]
    )
    def test_an_altered_link_tells_nothing(self, client: Client, officer: User, link: str, change) -> None:
        page = words(Client().get(change(link), follow=True))
        assert "This link does not open" in page
        assert officer.email not in page

    def test_the_rules_are_told_before_and_kept(self, officer: User, link: str) -> None:
        client = Client()
        form = client.get(link, follow=True)
        assert "at least 12 characters" in words(form)
        assert 'autocomplete="new-password"' in words(form)
        again = client.post(form.request["PATH_INFO"], {"password1": "short"})
        assert "There is a problem" in words(again)
        assert 'value="short"' not in words(again)

    def test_its_pages_are_kept_by_no_cache(self, link: str) -> None:
        response = Client().get(link, follow=True)
        assert "no-store" in response.headers["Cache-Control"]


class TestChanging:
    def test_it_takes_the_present_password(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        response = client.post(CHANGE, {"oldpassword": "wrong", "password1": NEW})
        assert "not your present password" in words(response)
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)

    def test_the_person_is_told_by_mail(self, client: Client, officer: User, outbox) -> None:
        sign_in(client, officer)
        client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW})
        [mail] = outbox()
        assert mail.to == officer.email
        assert "from the network address 127.0.0.1" in mail.text
        assert verbs()[-1] == "password_change"

    def test_the_sign_in_page_says_that_it_worked(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW}, follow=True)
        assert "Your new password is set. Sign in with it." in words(response)

    @pytest.mark.parametrize("weak", ["short", "password1234", "officer@example.org", ""])
    def test_a_weak_one_is_refused(self, client: Client, officer: User, weak: str) -> None:
        sign_in(client, officer)
        response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": weak})
        assert response.status_code == 200
        assert 'href="#id_password1"' in words(response)

    def test_one_box_is_enough_and_can_be_shown(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        page = words(client.get(CHANGE))
        assert "password2" not in page
        assert page.count('data-show="Show password"') == 2
        assert "identity/show-password.js" in page

    def test_a_visitor_is_asked_to_sign_in(self, client: Client) -> None:
        assert client.get(CHANGE).headers["Location"].startswith(SIGN_IN)
