"""Writing a message: rendered in the person's language, escaped where it is HTML and only there."""

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation.messages.actions import one_line, write
from joinedup.foundation.messages.models import Message

pytestmark = pytest.mark.django_db

PAGES = {
    "letters/thanks.subject.txt": "Thank you,\n {{ name }}\n",
    "letters/thanks.txt": (
        '{% extends "messages/frame.txt" %}'
        "{% block content %}Dear {{ name }}, see {{ site_url }}/x?a=1&b=2{% endblock %}"
    ),
    "letters/thanks.html": (
        '{% extends "messages/frame.html" %}{% block preheader %}Short{% endblock %}'
        "{% block content %}<h1>Dear {{ name }}</h1>{% endblock %}"
    ),
}


@pytest.fixture(autouse=True)
def _templates(tmp_path, settings):
    for name, words in PAGES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, encoding="utf-8")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]


@pytest.fixture
def thanks():
    def written(name="Ada", **fields):
        return write(
            to="ada@example.org",
            template="letters/thanks",
            context={"name": name},
            stream=Message.Stream.REPLY,
            **fields,
        )

    return written


def test_a_row_is_due_at_once_with_all_its_parts(thanks, barts):
    message = thanks(about=barts, language="en")
    assert (message.state, message.attempts, message.subject) == (Message.State.DUE, 0, "Thank you, Ada")
    assert message.text.startswith("Dear Ada, see http")
    assert "<h1>Dear Ada</h1>" in message.html
    assert (message.about_kind, message.about_id) == ("foundation_organisations.organisation", str(barts.pk))


def test_text_is_not_escaped_and_html_is(thanks):
    message = thanks("Mo O'Brien <b>&")
    assert "Dear Mo O'Brien <b>&, see" in message.text
    assert "?a=1&b=2" in message.text
    assert message.subject == "Thank you, Mo O'Brien <b>&"
    assert "Mo O&#x27;Brien &lt;b&gt;&amp;" in message.html
    assert "<b>" not in message.html


def test_a_script_in_a_name_stays_words(thanks):
    message = thanks("<script>alert(1)</script>")
    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html


@pytest.mark.parametrize("name", ["A\r\nBcc: x@example.org", "A\u2028B", "A\x00B", "শুভ 😀", "\u202eevil"])
def test_a_subject_is_one_line(thanks, name):
    subject = thanks(name).subject
    assert len(subject.splitlines()) == 1
    assert "\0" not in subject


def test_a_very_long_subject_is_cut(thanks):
    assert len(thanks("x" * 500).subject) == 200


def test_an_unknown_language_falls_back(thanks):
    assert thanks(language="tlh").language == "en"


def test_a_wrong_address_is_refused_and_nothing_is_written(outbox):
    with pytest.raises(ValidationError):
        write(
            to="not an address",
            template="letters/thanks",
            context={"name": "Ada"},
            stream=Message.Stream.REPLY,
        )
    assert outbox() == []


def test_joined_emoji_and_right_to_left_marks_stay():
    assert one_line("👩🏽‍⚕️ \u200fسلام\u200f") == "👩🏽‍⚕️ \u200fسلام\u200f"


class TestTheFrame:
    def test_it_is_light_and_asks_nothing_of_the_outside(self, thanks):
        html = thanks().html
        assert len(html.encode()) <= 20_000
        assert "<img" not in html
        assert "<table" not in html
        assert "<script" not in html
        assert "@import" not in html
        assert "url(" not in html

    def test_it_names_its_language_and_direction(self, thanks):
        assert '<html lang="en" dir="ltr">' in thanks().html

    def test_it_is_readable_in_the_dark_and_says_who_writes(self, thanks, settings):
        message = thanks()
        assert "prefers-color-scheme: dark" in message.html
        for part in (message.text, message.html):
            assert settings.PARTNERSHIP["name"] in part
            assert settings.PARTNERSHIP["phone"] in part
        assert "<title>Thank you, Ada</title>" in message.html
