"""Going back and pressing the button once more is one sending; anything changed is kept."""

import datetime

import pytest
from django.utils import timezone

from joinedup.involve.contributions.actions.speaking import withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, filled_in, sent
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db
URL = "/have-your-say/"
WAY = {"reply_by": "email", "email": "amina@example.org"}


def test_the_same_with_the_same_email_gives_the_same_reference_and_one_mail(client, outbox):
    client.post(URL, filled_in(**WAY))
    page = client.post(URL, filled_in(**WAY)).content.decode()
    contribution = Contribution.objects.get()
    assert contribution.reference in page
    assert "The word we gave you then still works." in page
    assert 'id="word"' not in page
    assert len(outbox()) == 1


def test_after_ten_minutes_it_is_something_new(client):
    sent(**BY_EMAIL)
    Contribution.objects.update(received_at=timezone.now() - datetime.timedelta(minutes=11))
    assert sent(**BY_EMAIL).is_new


@pytest.mark.parametrize(
    "change",
    [{"words": "Other words."}, {"email": "bina@example.org"}, {"language": "bn"}, {"needs": ("bsl",)}],
)
def test_anything_changed_is_kept_as_something_new(change):
    sent(**BY_EMAIL)
    assert sent(**(BY_EMAIL | change)).is_new


def test_equal_words_of_two_people_without_email_stay_two():
    assert sent().contribution != sent().contribution


def test_what_was_taken_back_is_not_given_again():
    withdraw(contribution=sent(**BY_EMAIL).contribution)
    assert sent(**BY_EMAIL).is_new
