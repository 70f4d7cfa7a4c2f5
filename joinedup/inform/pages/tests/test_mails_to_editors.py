"""Editors are asked to check, and told what was decided, by mail through our queue."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.inform.pages.tests.desk import about, send_in

Outbox = Callable[[], list[Message]]


@pytest.fixture
def sent(writer: Client, reader: Client, officer: User) -> object:
    return send_in(writer, about(), title="Who we are <&> you")


def test_each_other_editor_is_asked_and_nobody_else(sent: object, outbox: Outbox, editor: User) -> None:
    [mail] = outbox()
    assert mail.to == "second@example.org"
    assert mail.subject == "Please check a page: Who we are <&> you"
    assert editor.name in mail.text


def test_the_links_are_whole_and_lead_to_the_decision(sent: object, outbox: Outbox, reader: Client) -> None:
    [mail] = outbox()
    link = next(line for line in mail.text.splitlines() if "/waiting/" in line)
    assert link.startswith(settings.SITE_URL + "/workspace/pages/waiting/")
    assert reader.get(link.removeprefix(settings.SITE_URL)).status_code == 200
    assert f"{settings.SITE_URL}/editor/account/" in mail.text


@pytest.mark.parametrize(
    ("decision", "subject"),
    [
        ("publish", "Checked and approved: Who we are <&> you"),
        ("back", "Sent back to you: Who we are <&> you"),
    ],
)
def test_who_sent_it_in_hears_of_the_decision(
    decision: str, subject: str, sent: object, reader: Client, outbox: Outbox
) -> None:
    said = {"decision": decision, "reason": "Shorter, please."}
    reader.post(f"/workspace/pages/waiting/{sent.pk}/", said)  # type: ignore[attr-defined]
    mail = outbox()[-1]
    assert (mail.to, mail.subject) == ("editor@example.org", subject)
    assert ("Shorter, please." in mail.text) == (decision == "back")
    assert "moderation" not in mail.text
    assert "workflow" not in mail.text
