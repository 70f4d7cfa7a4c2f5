"""Taking words out of a story: afterwards they are nowhere, however they were written."""

import re
import unicodedata

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.permissions import PermissionRefused
from joinedup.involve.stories import actions
from joinedup.involve.stories.models import REMOVED, Wording
from joinedup.involve.stories.redacting import pattern, tells, without

WAYS = [
    ("Karim Uddin", "I met Karim Uddin there."),
    ("karim uddin", "I met KARIM UDDIN there."),
    ("Karim Uddin", "I met Karim\nUddin there."),
    ("Karim Uddin", "I met Karim\u00a0Uddin there."),
    ("Karim Uddin", "I met Karim \u200b Uddin there."),
    ("Karim", "I met Ka\u00adrim there."),
    ("Karim", "I met Karim's sister."),
    ("Karim", "Both Karims were there."),
    ("O'Brien", "I met O’Brien there."),
    ("O’Brien", "I met O'Brien there."),
    ("O‘Brien", "I met O’Brien there."),
    ('the "Old Ship"', "At the “Old Ship” they know."),
    ("Smith-Jones", "I met Smith–Jones there."),
    ("Ann", "Ann was there."),
    ("(07700) 900.123", "Ring (07700) 900.123 now."),
    ("a.*b[c", "It said a.*b[c on the door."),
    ("রহিম", "আমি রহিমের সাথে কথা বলেছি।"),
    ("আলী", "আমি আলীর সাথে কথা বলেছি।"),
    ("রহিম উদ্দিন", "আমি রহিম\u00a0উদ্দিন কে চিনি।"),
    ("Müller", unicodedata.normalize("NFD", "I met Müller there.")),
    (unicodedata.normalize("NFD", "Müller"), "I met Müller there."),
]


@pytest.mark.parametrize(("phrase", "text"), WAYS)
def test_a_phrase_is_found_however_it_is_written(phrase, text):
    left = without(text, phrase)
    assert REMOVED in left
    assert phrase.casefold() not in left.casefold()


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Ann", "The annual plan of Joanna."),
        ("Al", "The hospital also."),
        ("a.b", "It said axb."),
        ("Karim Uddin", "Karim came, and Uddin left."),
        ("x", "x marks the spot"),
        ("--", "One -- two"),
        ("", "Nothing"),
    ],
)
def test_what_is_something_else_stays(phrase, text):
    assert without(text, phrase) == text


def test_a_longer_word_goes_whole():
    assert without("The Karimists and Abdulkarim met.", "Karim") == "The […] and […] met."


@given(st.text(max_size=40), st.text(min_size=2, max_size=12), st.text(max_size=40))
def test_what_was_taken_out_does_not_stand_there(before, phrase, after):
    assume(pattern(phrase) is not None)
    left = without(f"{before} {phrase} {after}", phrase)
    words = unicodedata.normalize("NFC", phrase).split()
    assume(not any(word in REMOVED for word in words))
    assert re.search(rf"(?<!\S){re.escape(' '.join(words))}(?!\S)", left) is None


@given(st.text(max_size=60), st.text(max_size=12))
def test_taking_out_twice_is_taking_out_once(text, phrase):
    once = without(text, phrase)
    assert without(once, phrase) == once


@pytest.mark.parametrize(
    ("slug", "phrase", "is_told"),
    [
        ("karim-uddin-was-kind", "Karim Uddin", True),
        ("mr-karim", "KARIM", True),
        ("the-old-karim-udd", "Uddin", True),
        ("the-lift", "Karim", False),
        ("the-lift", "রহিম", False),
        ("on-the-lift", "on Bow Road", False),
    ],
)
def test_an_address_that_has_a_word_of_it_is_known(slug, phrase, is_told):
    assert tells(slug, phrase) == is_told


def everywhere() -> str:
    """Every text column of the tables of stories, of search and of the record, in one text.

    Not the pages of SQLite's own full-text index, which it writes anew in its own time.
    """
    found = []
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("involve_stories_", "inform_search_", "foundation_audit_"))
            and not name.endswith(("_fts_data", "_fts_idx"))
        ]
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found).casefold()


@pytest.mark.django_db
class TestEverywhere:
    @pytest.mark.parametrize(
        ("phrase", "title", "text"),
        [
            ("Zohra Quill", "Zohra Quill helped me", "Nurse ZOHRA\nQuill was kind. zohra\u00a0quill!"),
            ("O'Quillan", "About O’Quillan", "I thank O'Quillan and o’quillan’s team."),
            ("জোহরা", "জোহরার কথা", "আমি জোহরাকে ধন্যবাদ দিই।"),
            ("Zq+*?[", "At Zq+*?[ house", "It is Zq+*?[ there."),
            ("Quillford", "In Quillfordshire", "The Quillfords of Quillford."),
        ],
    )
    def test_it_stands_nowhere(self, phrase, title, text, told, officer, client):  # noqa: PLR0917
        story = told(title, text)
        actions.write(
            contribution=story.contribution, title=f"{title} again", text=f"{text} More.", by=officer
        )
        assert actions.redact(story=story, phrase=phrase, why=f"It names {phrase}", by=officer) > 0
        story.refresh_from_db()
        gone = phrase.casefold()
        for word in (gone, gone.replace("'", "’"), gone.replace(" ", "-")):
            assert word not in everywhere()
            for path in ("/stories/", "/stories/feed/", story.get_absolute_url()):
                page = client.get(path)
                assert page.status_code == 200
                assert word not in page.content.decode().casefold(), path
            assert word not in client.get("/search/", {"q": "thank kind More"}).content.decode().casefold()

    def test_search_does_not_find_it_any_more(self, told, officer, client):
        story = told("A kind nurse", "Nurse Quillfeather was kind.")
        assert "A kind nurse" in client.get("/search/", {"q": "Quillfeather"}).content.decode()
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        assert "A kind nurse" not in client.get("/search/", {"q": "Quillfeather"}).content.decode()

    def test_its_address_changes_when_the_words_stood_in_it(self, told, officer, client):
        story = told("Quillfeather was kind")
        before = story.get_absolute_url()
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        story.refresh_from_db()
        assert story.slug == "was-kind"
        assert client.get(before).status_code == 404
        assert client.get(story.get_absolute_url()).status_code == 200

    def test_and_stays_when_they_did_not(self, told, officer):
        story = told("The lift", "Quillfeather mended it. জোহরা too.")
        for phrase in ("Quillfeather", "জোহরা"):
            actions.redact(story=story, phrase=phrase, why="A name", by=officer)
        story.refresh_from_db()
        assert story.slug == "the-lift"

    def test_an_address_made_of_an_earlier_title_changes_too(self, told, officer):
        story = told("Quillfeather")
        actions.write(contribution=story.contribution, title="Kind", text="Kind", by=officer)
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        story.refresh_from_db()
        assert story.slug == "kind"

    def test_the_reason_of_an_earlier_redaction_is_cleaned_too(self, told, officer):
        story = told("The lift", "Zohra Quillfeather mended it.")
        actions.redact(story=story, phrase="Zohra", why="Her name is Quillfeather too", by=officer)
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        assert "quillfeather" not in everywhere()

    def test_kept_pages_are_out_of_date(self, told, officer):
        story, before = told("The lift", "Quillfeather."), current()
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        assert current() > before

    def test_a_title_that_grows_by_the_marks_still_fits(self, told, officer):
        story = told("ab " * 39 + "x", "ab")
        actions.redact(story=story, phrase="ab", why="Short", by=officer)
        story.refresh_from_db()
        assert len(story.title) <= 120

    @pytest.mark.parametrize("phrase", ["", " ", "x", "--", "nowhere in it"])
    def test_what_takes_nothing_out_is_refused(self, phrase, told, officer):
        with pytest.raises(ValidationError) as fault:
            actions.redact(story=told(), phrase=phrase, why="A name", by=officer)
        assert "phrase" in fault.value.message_dict

    def test_a_reason_is_needed(self, told, officer):
        with pytest.raises(ValidationError) as fault:
            actions.redact(story=told(), phrase="broken", why=" ", by=officer)
        assert "why" in fault.value.message_dict

    def test_that_it_was_done_is_on_record_without_the_words(self, told, officer):
        story = told("The lift", "Quillfeather.")
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        event = AuditEvent.objects.get(verb="involve_stories.redact")
        assert event.details == {"places": 2}
        assert Wording.objects.filter(story=story).latest("pk").why == "A name"

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer", "editor"])
    def test_nobody_but_an_officer_takes_words_out(self, who, told, request):
        with pytest.raises(PermissionRefused):
            actions.redact(story=told(), phrase="broken", why="x", by=request.getfixturevalue(who))


@pytest.mark.django_db
def test_no_model_but_these_keeps_the_words_of_a_story():
    """A new table that copies stories has to be looked at here, and cleaned when words are taken out."""
    held = {model._meta.label for model in apps.get_app_config("involve_stories").get_models()}
    assert held == {"involve_stories.Story", "involve_stories.Wording", "involve_stories.MeToo"}
