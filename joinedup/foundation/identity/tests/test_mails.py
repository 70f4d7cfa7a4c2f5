"""Every mail about an account: in our words, in two parts, true in both."""

import pytest
from allauth.core import context
from django.template.loader import render_to_string
from django.test import RequestFactory

from joinedup.foundation.identity.adapters import AccountAdapter
from joinedup.foundation.identity.mail import invitation_link, send_invitation
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES

pytestmark = pytest.mark.django_db
NOTICES = {
    "account/email/password_changed": "The password of your account was changed.",
    "account/email/password_reset": "A new password was chosen for your account",
    "account/email/password_set": "A password was set for your account.",
    "mfa/email/totp_activated": "An authenticator app was set up for your account.",
    "mfa/email/totp_deactivated": "The authenticator app of your account was removed.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account.",
}


@pytest.fixture
def notify(rf: RequestFactory, officer: User, outbox):
    """Send one of the notices to the officer, from that network address; returns the mail."""

    def send(template: str, address: str = "10.1.2.3"):
        with context.request_context(rf.get("/", REMOTE_ADDR=address)):
            AccountAdapter().send_notification_mail(template, officer)
        [mail] = outbox()
        return mail

    return send


@pytest.mark.parametrize(("template", "sentence"), NOTICES.items())
def test_a_notice_says_what_happened_when_from_where_and_what_to_do(
    notify, template: str, sentence: str
) -> None:
    mail = notify(template)
    for part in (mail.text, mail.html):
        assert sentence in part
        assert "from the network address 10.1.2.3" in part
        assert "http://127.0.0.1:8000/account/password/reset/" in part
        assert "Tower Hamlets Together" in part
    assert mail.to == "officer@example.org"


@pytest.mark.parametrize("template", NOTICES)
def test_it_is_drawn_in_the_frame_of_every_mail_with_its_subject_as_heading(notify, template: str) -> None:
    mail = notify(template)
    assert f"<title>{mail.subject}</title>" in mail.html
    assert f"<h1>{mail.subject}</h1>" in mail.html
    assert mail.html.count("<h1") == 1
    assert '<html lang="en"' in mail.html
    assert '<a class="button" href="http://127.0.0.1:8000/account/password/reset/">' in mail.html
    for part in (mail.text, mail.html):
        assert "020 7946 0123" in part


@pytest.mark.parametrize("template", NOTICES)
def test_nothing_is_left_undrawn_and_nothing_comes_from_elsewhere(notify, template: str) -> None:
    mail = notify(template)
    assert "{" not in mail.text + mail.subject
    assert "&#x27;" not in mail.text
    assert "<p>" not in mail.text
    assert mail.html.startswith("<!doctype html>")
    assert "src=" not in mail.html
    assert "\n" not in mail.subject
    assert "testserver" not in mail.text + mail.html + mail.subject


def test_a_made_up_network_address_is_drawn_as_letters(notify, settings) -> None:
    mail = notify("account/email/password_changed", "<script>alert(1)</script>")
    assert "<script>" not in mail.html


class TestInvitations:
    @pytest.mark.parametrize("role", ROLES)
    def test_it_names_organisation_and_role_and_how_long_the_link_works(
        self, officer: User, elft: Organisation, outbox, role: str
    ) -> None:
        send_invitation(user=officer, organisation=elft, role=role, secret="the-secret")
        [mail] = outbox()
        for part in (mail.text, mail.html):
            assert f"{elft.name}, as: {ROLES[role].name}." in part
            assert "The link works for 7 days." in part
            assert invitation_link("the-secret") in part

    def test_without_a_secret_it_says_where_to_sign_in(
        self, officer: User, elft: Organisation, outbox
    ) -> None:
        send_invitation(user=officer, organisation=elft, role="editor", secret="")
        [mail] = outbox()
        assert mail.subject == "You have a new role at Tower Hamlets Together"
        assert "http://127.0.0.1:8000/account/login/" in mail.text
        assert "/account/invitation/" not in mail.text + mail.html

    def test_names_with_signs_are_right_in_both_parts(
        self, officer: User, elft: Organisation, outbox
    ) -> None:
        officer.name, elft.name = "Mo & <b>Jo</b>", "Health & Care"
        send_invitation(user=officer, organisation=elft, role="editor", secret="s")
        [mail] = outbox()
        assert "Hello Mo & <b>Jo</b>," in mail.text
        assert "for Health & Care, as" in mail.text
        assert "Hello Mo &amp; &lt;b&gt;Jo&lt;/b&gt;," in mail.html
        assert "for Health &amp; Care, as" in mail.html

    def test_a_line_break_in_a_name_starts_no_new_header(
        self, officer: User, elft: Organisation, outbox, settings
    ) -> None:
        settings.PARTNERSHIP = settings.PARTNERSHIP | {"name": "Us\nBcc: everyone@example.org"}
        send_invitation(user=officer, organisation=elft, role="editor", secret="s")
        [mail] = outbox()
        assert mail.subject == "Your invitation to Us Bcc: everyone@example.org"
        assert mail.to == officer.email


def test_too_many_tries_are_answered_in_plain_words() -> None:
    page = render_to_string("429.html")
    assert "Wait 5 minutes" in page
