"""The pages of stories: for everyone, and for those who write them."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import person
from joinedup.involve.contributions.factories import sent
from joinedup.involve.stories import actions
from joinedup.involve.stories.models import Story

pytestmark = pytest.mark.django_db
NASTY = '<script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" {{ settings.SECRET_KEY }}'


class TestForEveryone:
    def test_what_is_written_is_shown_as_written(self, told, client):
        story = told(NASTY, NASTY)
        for path in (story.get_absolute_url(), "/stories/", "/search/?q=quoted"):
            page = client.get(path).content.decode()
            assert "<script>alert" not in page, path
            assert "<img src=x" not in page, path

    def test_in_the_feed_too_where_readers_take_it_for_html(self, told, client):
        told(NASTY, NASTY)
        feed = ET.fromstring(client.get("/stories/feed/").content)
        summary = feed.findtext(".//{*}entry/{*}summary") or ""
        assert "<script>" not in summary
        assert "&lt;script&gt;" in summary

    def test_signs_no_feed_can_carry_do_not_break_it(self, told, client):
        told("Odd", "One\x0b two \x1f three")
        assert client.get("/stories/feed/").status_code == 200

    def test_the_language_is_said_wherever_it_is_read(self, told, client):
        story = told("জোহরা", "তিনি শুনলেন।", language="bn")
        english = told("Heard", "She listened.")
        assert client.get(f"/stories/{story.slug}/").content.decode().count('lang="bn"') >= 2
        assert client.get(f"/bn/stories/{english.slug}/").content.decode().count('lang="en"') >= 2

    def test_nothing_yet_is_said_kindly(self, client):
        assert "There is no story here yet." in client.get("/stories/").content.decode()

    def test_a_long_list_has_pages(self, told, client):
        for number in range(21):
            told(f"Story {number}")
        assert client.get("/stories/?page=2").content.decode().count("<article") == 1

    @pytest.mark.parametrize("path", ["/stories/nowhere/", "/stories/nowhere/too/"])
    def test_one_that_is_not_there_is_not_found(self, path, client):
        assert client.get(path).status_code == 404

    def test_the_list_asks_the_database_as_often_however_long_it_is(self, told, client):
        told()
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as questions:
                client.get("/stories/?page=1&fresh=" + str(_round))
            counts.append(len(questions))
            for number in range(6):
                told(f"More {number}")
        assert counts[0] == counts[1]


class TestMeToo:
    def press(self, story: Story, address: str = "203.0.113.7") -> str:
        return Client(REMOTE_ADDR=address).post(f"/stories/{story.slug}/too/").content.decode()

    def test_a_few_are_not_counted_out(self, told):
        story = told()
        assert "Nobody has said so yet." in Client().get(story.get_absolute_url()).content.decode()
        assert "We counted you" in self.press(story)
        assert "A few people said so." in Client().get(story.get_absolute_url()).content.decode()

    def test_many_are_rounded(self, told):
        story = told()
        for _ in range(12):
            actions.me_too(story=story)
        page = Client().get(story.get_absolute_url()).content.decode()
        assert "About 10 people said so." in page
        assert "12" not in re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")])

    def test_once_a_day_from_one_address(self, told):
        story = told()
        assert "We counted you" in self.press(story)
        assert "We counted you" in self.press(story)
        assert story.me_too.count() == 1
        self.press(story, "203.0.113.8")
        assert story.me_too.count() == 2

    def test_another_story_counts_for_itself(self, told):
        one, other = told("One"), told("Other")
        self.press(one)
        self.press(other)
        assert [one.me_too.count(), other.me_too.count()] == [1, 1]

    def test_looking_counts_nobody(self, told, client):
        story = told()
        assert client.get(f"/stories/{story.slug}/too/").headers["Location"] == story.get_absolute_url()
        assert story.me_too.count() == 0

    def test_a_post_without_its_token_is_asked_again(self, told):
        story = told()
        strict = Client(enforce_csrf_checks=True)
        assert "Nothing has been counted yet" in strict.post(f"/stories/{story.slug}/too/").content.decode()
        assert story.me_too.count() == 0

    def test_a_draft_cannot_be_pressed(self, told, client):
        assert client.post(f"/stories/{told(shown=False).slug}/too/").status_code == 404


class TestForStaff:
    @pytest.mark.parametrize("who", ["stranger", "partner", "privacy_officer", "editor", "manager"])
    @pytest.mark.parametrize("door", ["", "show/", "redact/"])
    def test_others_are_refused(self, who, door, told, request, barts, client_for):  # noqa: PLR0917
        user = (
            person("manager", barts, "programme-manager")
            if who == "manager"
            else request.getfixturevalue(who)
        )
        at = f"/workspace/stories/{told(shown=False).contribution.reference}/{door}"
        client = client_for(user)
        assert {client.get(at).status_code, client.post(at, {"step": "show"}).status_code} == {403}
        assert not Story.objects.public().exists()

    def test_an_unknown_reference_is_not_found(self, officer, client_for):
        assert client_for(officer).get("/workspace/stories/THT-0000-0000/").status_code == 404

    def test_it_begins_with_what_was_said(self, officer, client_for):
        reference = sent(may_publish=True, words="She listened to me.").contribution.reference
        page = client_for(officer).get(f"/workspace/stories/{reference}/").content.decode()
        assert re.search(r"<textarea[^>]*>\s*She listened to me\.", page)

    def test_without_leave_there_is_no_form(self, officer, client_for):
        page = (
            client_for(officer).get(f"/workspace/stories/{sent().contribution.reference}/").content.decode()
        )
        assert "did not say that their words may be shown" in page
        assert "<textarea" not in page

    def test_written_shown_cleaned_and_taken_down(self, officer, client_for):
        contribution = sent(may_publish=True).contribution
        at, client = f"/workspace/stories/{contribution.reference}/", client_for(officer)
        client.post(at, {"title": "Quillfeather", "text": "Quillfeather listened."})
        client.post(f"{at}show/", {"step": "show"})
        assert Story.objects.public().get().title == "Quillfeather"
        client.post(f"{at}redact/", {"phrase": "quillfeather", "why": "A name"})
        assert Story.objects.get().text == "[…] listened."
        client.post(f"{at}show/", {"step": "take-down"})
        assert Story.objects.get().state == "revoked"

    def test_nothing_typed_is_lost(self, officer, client_for):
        at = f"/workspace/stories/{sent(may_publish=True).contribution.reference}/"
        page = client_for(officer).post(at, {"title": "", "text": "She listened to me."}).content.decode()
        assert "Write a title" in page
        assert "She listened to me." in page

    def test_words_that_do_not_stand_there_are_said_beside_the_field(self, told, officer, client_for):
        at = f"/workspace/stories/{told().contribution.reference}/redact/"
        page = client_for(officer).post(at, {"phrase": "nowhere", "why": "x"}).content.decode()
        assert "These words do not stand in the story." in page

    @pytest.mark.parametrize("shown", [False, True])
    def test_the_next_step_is_the_only_filled_button(self, shown, told, officer, client_for):
        at = f"/workspace/stories/{told(shown=shown).contribution.reference}/"
        page = client_for(officer).get(at).content.decode()
        assert len(re.findall(r'class="nhsuk-button jo-button"', page[page.index("<main") :])) == 1
