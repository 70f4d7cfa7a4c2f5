"""The confirming link of someone who is on the list says so, and offers nothing to press."""

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.inform.newsletter import factories
from joinedup.inform.newsletter.models import Subscriber

pytestmark = pytest.mark.django_db


def page(client: Client, subscriber: Subscriber) -> str:
    address = reverse("newsletter:confirm", args=[factories.confirm_token(subscriber)])
    return client.get(address).content.decode()


def test_says_that_there_is_nothing_more_to_do(client: Client) -> None:
    html = page(client, factories.joined())
    assert "You are on the list already" in html
    assert "Yes, send me the newsletter" not in html
    assert "/newsletter/preferences/" in html


def test_offers_the_button_to_those_who_have_not_said_yes(client: Client) -> None:
    html = page(client, factories.asked())
    assert "Yes, send me the newsletter" in html
    assert "/newsletter/preferences/" not in html
