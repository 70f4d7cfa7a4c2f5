"""No page of the newsletter asks the database more than twelve questions."""

import pytest
from django.test import Client

from joinedup.foundation.permissions import VISITOR
from joinedup.inform.newsletter import access, factories, sample
from joinedup.inform.newsletter.models import Subscriber, Topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "page",
    [
        "",
        "check-your-email/",
        "confirm/{confirm}/",
        "thank-you/",
        "thank-you/{preferences}/",
        "preferences/{preferences}/",
        "leave/{leave}/",
        "left/",
        "confirm/altered/",
    ],
)
def test_a_page_is_cheap(client: Client, django_assert_max_num_queries, page: str) -> None:
    subscriber = factories.joined(topics=Topic.objects.all())
    tokens = {
        "confirm": factories.confirm_token(subscriber),
        "preferences": access.preferences_token(subscriber),
        "leave": access.leave_token(subscriber),
    }
    with django_assert_max_num_queries(12):
        client.get("/newsletter/" + page.format(**tokens))


def test_the_numbers_for_staff_cost_the_same_for_many_as_for_few(
    officer, client_for, django_assert_max_num_queries
) -> None:
    sample.load(by=VISITOR)
    browser = client_for(officer)
    browser.get("/workspace/newsletter/")
    assert Subscriber.objects.count() > 5
    with django_assert_max_num_queries(14):
        browser.get("/workspace/newsletter/")
