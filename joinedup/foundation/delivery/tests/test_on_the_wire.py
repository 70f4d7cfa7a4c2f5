"""What a relay receives: whole, in any script, to one person, and with no header that somebody slipped in."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection

from joinedup.foundation.delivery.actions import as_mail, deliver
from joinedup.foundation.messages.models import Message

pytestmark = pytest.mark.django_db

WORDS = {
    "emoji": "Thank you 😀👩🏽‍⚕️ — see you on Monday",
    "bengali": "আপনার মতামতের জন্য ধন্যবাদ। " * 40,
    "right-to-left": "شكرا لك على رأيك " * 40,
    "long line": "word " * 600,
    "dots": "one\n.\n..two\n.three",
    "looks like mail": "From me\nBcc: everyone@example.org\n\nSubject: no",
}


def read(part):
    return part.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_the_words_arrive_as_written(sink, queued, words):
    queued(subject=words[:50].splitlines()[0], text=words + "\n", html=f"<p>{words}</p>")
    assert deliver().sent == 1

    [mail] = sink.mails
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    assert read(text) == words + "\n"
    assert read(html).strip() == f"<p>{words}</p>"
    assert {part["Content-Transfer-Encoding"] for part in (text, html)} <= {"quoted-printable", "base64"}
    assert mail["Subject"].strip() == words[:50].splitlines()[0].strip()
    assert sink.envelopes == [["ada@example.org"]]
    assert mail.get_all("Bcc") is None


def test_any_relay_can_take_it(sink, queued):
    queued(text=WORDS["bengali"] + WORDS["long line"], subject=WORDS["bengali"][:100])
    deliver()
    [raw] = sink.raw
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


def test_the_message_id_is_made_from_the_row_and_unique(sink, queued):
    rows = [queued() for _number in range(3)]
    deliver()
    ids = {mail["Message-ID"] for mail in sink.mails}
    assert len(ids) == 3
    assert all(any(str(row.pk) in found for found in ids) for row in rows)


def test_headers_of_the_message_go_along(sink, queued):
    address = "<https://example.org/leave/abc>"
    queued(headers={"List-Unsubscribe": address, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    deliver()
    [mail] = sink.mails
    assert mail["List-Unsubscribe"] == address
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("slip", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b", "\x0c", "\x1c", "\0"])
def test_a_subject_cannot_slip_in_a_header(sink, queued, slip):
    queued(subject=f"Hello{slip}Bcc: everyone@example.org")
    assert deliver().sent == 1
    [mail] = sink.mails
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Hello")
    assert sink.envelopes == [["ada@example.org"]]


@pytest.mark.parametrize(
    "to",
    [
        "ada@example.org\nBcc: everyone@example.org",
        "ada@example.org, everyone@example.org",
        "Ada\r\nBcc: x@example.org <ada@example.org>",
        "Ada <ada@example.org>",
        "",
        "ada",
    ],
)
def test_only_one_plain_address_is_a_recipient(queued, to):
    with pytest.raises(ValidationError):
        queued(to=to)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Bcc": "everyone@example.org"},
        {"to": "everyone@example.org"},
        {"Message-ID": "<a@b>"},
        {"Content-Type": "text/html"},
        {"X-Note": "a\nBcc: everyone@example.org"},
        {"X-Note\nBcc": "everyone@example.org"},
        {"": "x"},
    ],
)
def test_headers_that_are_ours_or_broken_are_refused(queued, headers):
    with pytest.raises(ValueError, match="header"):
        queued(headers=headers)


def test_a_row_with_a_bad_header_fails_alone(sink, queued):
    """Rows made past the action (an older release, a hand in the database) must not stop the others."""
    bad, good = queued(), queued()
    Message.objects.filter(pk=bad.pk).update(
        subject="a\nBcc: everyone@example.org", urgency=Message.Urgency.NOW
    )
    assert deliver().put_off == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == (Message.State.DUE, Message.State.SENT)
    assert "BadHeaderError" in bad.fault
    assert len(sink.raw) == 1


def test_a_message_without_html_is_plain(queued):
    assert as_mail(queued(html="")).message().get_content_type() == "text/plain"


class TestMailOfDjangoAndAllauth:
    def send(self, **fields):
        mail = EmailMessage(
            **({"subject": "Hi\u2028there", "body": "Words", "to": ["Ada <ada@example.org>"]} | fields)
        )
        mail.connection = get_connection()
        return mail.send()

    def test_it_is_queued_one_row_a_recipient(self, settings, outbox):
        settings.EMAIL_BACKEND = "joinedup.foundation.delivery.backends.QueueBackend"
        assert self.send(cc=["bob@example.org"]) == 1
        assert {row.to for row in outbox()} == {"ada@example.org", "bob@example.org"}
        assert {row.subject for row in outbox()} == {"Hi there"}
        assert {row.urgency for row in outbox()} == {Message.Urgency.NOW}

    def test_html_only_gets_a_text_part(self, settings, outbox):
        settings.EMAIL_BACKEND = "joinedup.foundation.delivery.backends.QueueBackend"
        mail = EmailMessage("Hi", "<p>Words</p>", to=["ada@example.org"], connection=get_connection())
        mail.content_subtype = "html"
        mail.send()
        [row] = outbox()
        assert (row.text, row.html) == ("Words\n", "<p>Words</p>")

    def test_attachments_are_refused_rather_than_lost(self, settings, outbox):
        settings.EMAIL_BACKEND = "joinedup.foundation.delivery.backends.QueueBackend"
        with pytest.raises(ValueError, match="attachments"):
            self.send(attachments=[("a.txt", "words", "text/plain")])
        assert outbox() == []
