"""Whatever people type: nothing is lost, nothing wrong is kept, and they are told what to do."""

import re

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.involve.contributions.factories import BY_LETTER, filled_in
from joinedup.involve.contributions.models import LONGEST, Contribution, Words

pytestmark = pytest.mark.django_db
URL = "/have-your-say/"
SCRIPT = "<script>alert('x')</script>"
RIGHT_TO_LEFT = "المصعد معطل \u202e منذ أسبوع"
EMOJI = "The lift 🛗 is broken 😡👨‍👩‍👧‍👦 again"


def refused(client, **changes) -> str:
    """The page that comes back, after checking that nothing at all was kept."""
    response = client.post(URL, filled_in(**changes))
    assert response.status_code == 200
    assert Contribution.objects.count() == Words.objects.count() == AuditEvent.objects.count() == 0
    page = response.content.decode()
    assert "There is a problem" in page
    return page


def test_an_empty_form_says_what_is_missing_with_links_to_each_place(client):
    page = refused(client, kind="", words="", speaker="", about="", reply_by="")
    for href, text in (
        ("#id_kind_0", "Choose feedback or an idea"),
        ("#id_words", "Write what you want to tell us"),
        ("#id_speaker_0", "Choose who you are"),
        ("#id_about_0", "Choose who it is about"),
        ("#id_reply_by_0", "Choose how you want our answer"),
    ):
        assert f'<a href="{href}">{text}</a>' in page


def test_words_of_blanks_only_are_no_words(client):
    assert "Write what you want to tell us" in refused(client, words=" \r\n\t ")


def test_words_that_are_too_long_come_back_whole_with_the_number_over(client):
    long = "a" * (LONGEST + 1234)
    page = refused(client, words=long)
    assert "This is 1,234 characters too long" in page
    assert long in page


def test_a_line_end_counts_as_one_character_as_the_counter_counts(client):
    client.post(URL, filled_in(words="a\r\n" * (LONGEST // 2 - 1) + "ab"))
    assert len(Words.objects.get().text) == LONGEST


def test_the_box_lets_a_browser_cut_nothing_off(client):
    box = re.search(r"<textarea[^>]+>", client.get(URL).content.decode()).group()
    assert "maxlength=" not in box.replace("data-maxlength", "")


@pytest.mark.parametrize(
    ("field", "length"),
    [("service_or_place", 201), ("name", 121), ("needs_other", 301), ("email", 255)],
)
def test_short_boxes_have_limits_too(client, field, length):
    assert "id_" + field in refused(client, **{field: "x" * length})


@pytest.mark.parametrize(
    "words", [EMOJI, RIGHT_TO_LEFT, SCRIPT, "0", "বাংলা", "' OR 1=1 --", "{{ 7|add:7 }} {% now %}"]
)
def test_any_words_are_kept_as_they_were_typed(client, words):
    client.post(URL, filled_in(words=words, service_or_place=words, name=words))
    assert Words.objects.get().text == words
    assert Contribution.objects.get().name == words


def test_script_tags_come_back_as_text_when_something_else_is_wrong(client):
    page = refused(client, words=SCRIPT, name=SCRIPT, service_or_place=SCRIPT, kind="")
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_characters_that_no_database_takes_are_refused_calmly(client):
    page = refused(client, words="a\x00b", name="c\x00d")
    assert "Null characters are not allowed" in page


@pytest.mark.parametrize("email", ["nonsense", "a@", "@b.uk", "a b@example.org", "a@example", SCRIPT])
def test_a_wrong_email_is_named_and_stays_in_the_box(client, email):
    page = refused(client, reply_by="email", email=email)
    assert "Enter an email address in the right format" in page
    assert SCRIPT not in page


@pytest.mark.parametrize("way", ["none", "phone", "letter", "email"])
def test_a_wrong_email_is_never_passed_over(client, way):
    refused(
        client, reply_by=way, email="nonsense", phone="020 7946 0123", address_line_1="1 A", postcode="E1 4DG"
    )


@pytest.mark.parametrize(
    "postcode", ["E1", "XX", "12345", "E1 4D", "QQQ 1AA", "E1 4DG E1 4DG", "e1 4io", SCRIPT, "🏠"]
)
def test_a_wrong_postcode_is_named(client, postcode):
    page = refused(client, **BY_LETTER | {"postcode": postcode})
    assert "Enter a full postcode, such as E1 4DG" in page
    assert SCRIPT not in page


@pytest.mark.parametrize("postcode", ["e14dg", "E1 4DG", " e1-4dg ", "E14DG"])
def test_a_right_postcode_is_written_in_one_way(client, postcode):
    client.post(URL, filled_in(**BY_LETTER | {"postcode": postcode}))
    assert Contribution.objects.get().postcode == "E1 4DG"


@pytest.mark.parametrize("phone", ["12", "020 7946", "not a number", "999", "+44 20 7946 0123 4567", SCRIPT])
def test_a_wrong_phone_number_is_named(client, phone):
    page = refused(client, reply_by="phone", phone=phone)
    assert "Enter a phone number, such as" in page


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("020 7946 0123", "+442079460123"),
        ("(020) 7946-0123", "+442079460123"),
        ("+44 7700 900123", "+447700900123"),
        ("+880 1712 345678", "+8801712345678"),
    ],
)
def test_a_right_phone_number_is_kept_in_one_form(client, phone, kept):
    client.post(URL, filled_in(reply_by="phone", phone=phone))
    assert Contribution.objects.get().phone == kept


@pytest.mark.parametrize(
    ("way", "message"),
    [
        ("email", "Enter your email address, or choose another way"),
        ("phone", "Enter a phone number, or choose another way"),
        ("letter", "Enter an address, or choose another way"),
        ("letter", "Enter a postcode, such as E1 4DG"),
    ],
)
def test_each_way_of_answering_needs_what_it_needs(client, way, message):
    assert message in refused(client, reply_by=way)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "complaint"), ("speaker", "robot"), ("about", "nobody"), ("reply_by", "pigeon"),
        ("language", "tlh"), ("needs", ["large-print", "telepathy"]),
    ],
)  # fmt: skip
def test_choices_that_were_not_offered_are_refused(client, field, value):
    refused(client, **{field: value})


def test_something_else_needs_saying_what(client):
    assert "Tell us what you need" in refused(client, needs=["other"])


def test_with_errors_nothing_that_was_typed_is_lost(client):
    page = refused(
        client,
        kind="idea",
        words="A bench, please",
        service_or_place="The bus stop",
        speaker="carer",
        name="Amina",
        reply_by="letter",
        address_line_1="1 Sample Street",
        postcode="nonsense",
        language="bn",
        needs=["bsl", "audio"],
        needs_other="After six",
        once="k" * 43,
    )
    for kept in (
        "A bench, please",
        "The bus stop",
        "Amina",
        "1 Sample Street",
        "nonsense",
        "After six",
        "k" * 43,
    ):
        assert kept in page
    assert '<option value="bn" selected>' in page
    for checked in ("idea", "carer", "letter", "bsl", "audio"):
        assert re.search(rf'value="{checked}" id="[^"]+" checked', page), checked


def test_the_title_says_that_there_is_an_error(client):
    assert "<title>Error:" in " ".join(refused(client, kind="").split()).replace("<title> ", "<title>")
