"""The three mails: plain, in text and HTML, without anything a stranger could have written."""

import re

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter import access, factories
from joinedup.inform.newsletter.models import Topic

pytestmark = pytest.mark.django_db


def mail(template: str) -> Message:
    return Message.objects.get(template=f"newsletter/mail/{template}")


def everything(message: Message) -> str:
    return "\n".join([message.subject, message.text, message.html, str(message.headers)])


@pytest.fixture(params=["en", "bn"])
def _all_three(request: pytest.FixtureRequest) -> None:
    factories.joined(name="Aïsha O'Neil <b>", topics=Topic.objects.all(), language=request.param)
    factories.asked()


def test_confirming_mail_holds_the_link_in_both_forms_and_nothing_that_was_typed() -> None:
    subscriber = factories.asked(name="Win big at evil.example", topics=Topic.objects.all())
    message = mail("confirm")
    link = f"http://127.0.0.1:8000/newsletter/confirm/{factories.confirm_token(subscriber)}/"
    assert link.rpartition(".")[0].rpartition(".")[0] in message.text
    assert 'href="http://127.0.0.1:8000/newsletter/confirm/' in message.html
    assert "evil.example" not in everything(message)
    assert message.urgency == Message.Urgency.NOW


@pytest.mark.usefixtures("_all_three")
@pytest.mark.parametrize("template", ["confirm", "welcome", "already"])
class TestEveryMail:
    def test_names_no_topic(self, template: str) -> None:
        words = everything(mail(template)).lower()
        for topic in Topic.objects.all():
            assert topic.slug not in words
            assert topic.name.lower() not in words
            assert topic.names["bn"] not in words

    def test_has_no_picture_and_loads_nothing(self, template: str) -> None:
        html = mail(template).html
        assert not re.search(r"<(img|link|script|iframe)|url\(|src=", html)
        assert all(
            address.startswith("http://127.0.0.1:8000") for address in re.findall(r'https?://[^"<\s]+', html)
        )

    def test_says_the_same_in_text_and_html(self, template: str) -> None:
        message = mail(template)
        in_text = set(re.findall(r"http://127\.0\.0\.1:8000/(?:bn/)?newsletter/\S+", message.text))
        assert in_text
        links = r'href="(http://127\.0\.0\.1:8000/(?:bn/)?newsletter/[^"]+)"'
        assert in_text == set(re.findall(links, message.html))

    def test_is_about_the_subscriber_and_reads_well(self, template: str) -> None:
        message = mail(template)
        assert message.about_kind == "inform_newsletter.subscriber"
        assert "Tower Hamlets Together" in message.text
        assert "&#x27;" not in message.text
        assert "\n\n\n" not in message.text


@pytest.mark.usefixtures("_all_three")
def test_the_welcome_calls_the_person_by_their_name_as_text() -> None:
    message = mail("welcome")
    hello = {"en": "Hello", "bn": "প্রিয়"}[message.language]
    assert f"{hello} Aïsha O'Neil <b>," in message.text
    assert "Aïsha O&#x27;Neil &lt;b&gt;" in message.html


@pytest.mark.usefixtures("_all_three")
def test_only_the_welcome_belongs_to_the_stream_that_leaving_stops() -> None:
    streams = {template: mail(template).stream for template in ("confirm", "already", "welcome")}
    assert streams == {"confirm": "reply", "already": "reply", "welcome": "newsletter"}


@pytest.mark.usefixtures("_all_three")
def test_the_links_of_the_mail_for_someone_on_the_list_already_are_their_own() -> None:
    subscriber = factories.asked()
    assert access.preferences_token(subscriber) in mail("already").text
    assert access.leave_token(subscriber) in mail("already").text


def test_the_record_names_nobody() -> None:
    factories.gone(name="Amina")
    verbs = [event.verb.partition(".")[2] for event in AuditEvent.objects.order_by("occurred_at")]
    assert verbs == ["ask", "confirm", "leave"]
    assert "amina" not in str(list(AuditEvent.objects.values())).lower()
