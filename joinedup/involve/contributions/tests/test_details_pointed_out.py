"""Details typed by mistake are pointed out before anything is sent; the person decides."""

import pytest

from joinedup.involve.contributions.factories import filled_in
from joinedup.involve.contributions.models import Contribution, Words

pytestmark = pytest.mark.django_db
URL = "/have-your-say/"
PRIVATE = (
    "My NHS number is 943 476 5919. Ring 020 7946 0123 or write to a@example.org, E1 4DG. Born 3 March 1950."
)


def test_each_detail_is_named_beside_the_words_and_nothing_is_stored(client, outbox):
    page = client.post(
        URL, filled_in(words=PRIVATE, reply_by="email", email="amina@example.org")
    ).content.decode()
    for sentence in (
        "This looks like an NHS number: “943 476 5919”",
        "This looks like a phone number: “020 7946 0123”",
        "This looks like an email address: “a@example.org”",
        "This looks like a postcode: “E1 4DG”",
        "This looks like a date of birth: “3 March 1950”",
    ):
        assert page.count(sentence) == 2, sentence  # beside the words, and in the summary that links there
    assert Contribution.objects.count() == 0
    assert outbox() == []


def test_the_text_is_kept_and_the_tick_is_offered(client):
    page = client.post(URL, filled_in(words=PRIVATE)).content.decode()
    assert PRIVATE in page
    assert "Send it as it is" in page
    assert "Did you mean to write private details?" in page


def test_the_tick_is_not_offered_when_there_is_nothing_to_decide(client):
    assert "Send it as it is" not in client.get(URL).content.decode()
    assert "Send it as it is" not in client.post(URL, filled_in(kind="")).content.decode()


def test_with_the_tick_it_is_sent_as_it_is(client):
    client.post(URL, filled_in(words=PRIVATE, as_it_is="on"))
    assert Words.objects.get().text == PRIVATE


def test_edited_words_are_sent_without_another_question(client):
    form = filled_in(words=PRIVATE)
    client.post(URL, form)
    client.post(URL, {**form, "words": "The lift is broken."})
    assert Words.objects.get().text == "The lift is broken."


def test_a_script_inside_a_detail_is_shown_as_text(client):
    page = client.post(URL, filled_in(words="<b>a@example.org</b><script>x@example.org")).content.decode()
    assert "<script>x@" not in page
    assert "<b>a@" not in page


def test_with_other_errors_the_tick_stays_ticked(client):
    page = client.post(URL, filled_in(words=PRIVATE, as_it_is="on", kind="")).content.decode()
    assert "looks like" not in page
    assert 'name="as_it_is"' in page
    assert "checked" in page[page.index('name="as_it_is"') : page.index('name="as_it_is"') + 200]


def summary(page: str) -> str:
    return page[page.index("nhsuk-error-summary__body") : page.index("<h1")]


def test_the_summary_says_first_what_to_do(client):
    listed = summary(client.post(URL, filled_in(words=PRIVATE, kind="")).content.decode())
    assert listed.index("Take these out, or tick ‘Send it as it is’ below.") < listed.index("<a ")


def test_each_kind_is_listed_once_with_all_that_was_found(client):
    words = "Ring 020 7946 0123 or 07700 900123, or 020 7946 0123 again. E1 4DG."
    listed = summary(client.post(URL, filled_in(words=words)).content.decode())
    assert listed.count("phone number") == 1
    assert "These look like phone numbers: “020 7946 0123”, “07700 900123”" in listed
    assert listed.count("<li>") == 3
