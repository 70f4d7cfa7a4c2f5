"""A story is made only with leave, and goes when it is taken back."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from joinedup.foundation.dataprotection.actions import erase, export
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.involve.contributions.actions.allowing import let_show
from joinedup.involve.contributions.actions.speaking import correct, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, sent
from joinedup.involve.stories import actions, dataprotection
from joinedup.involve.stories.models import MeToo, Story

pytestmark = pytest.mark.django_db
# Search is another area: stories know of it by the socket only, and this test by name.
Entry, Word = (apps.get_model("inform_search", name) for name in ("Entry", "Word"))


class TestWriting:
    def test_without_leave_there_is_no_story(self, officer):
        with pytest.raises(actions.NotAllowed):
            actions.write(contribution=sent().contribution, title="A", text="B", by=officer)
        assert not Story.objects.exists()

    def test_what_was_taken_back_is_not_written(self, officer):
        contribution = sent(may_publish=True).contribution
        withdraw(contribution=contribution)
        with pytest.raises(actions.NotAllowed):
            actions.write(contribution=contribution, title="A", text="B", by=officer)

    @pytest.mark.parametrize(("title", "text", "missing"), [("", "B", "title"), ("A", " ", "text")])
    def test_it_needs_a_title_and_words(self, title, text, missing, officer):
        contribution = sent(may_publish=True).contribution
        with pytest.raises(ValidationError) as fault:
            actions.write(contribution=contribution, title=title, text=text, by=officer)
        assert missing in fault.value.message_dict

    def test_every_wording_is_kept(self, told, officer):
        story = told()
        actions.write(contribution=story.contribution, title="Anew", text="Other words", by=officer)
        assert list(story.wordings.order_by("number").values_list("title", flat=True)) == ["The lift", "Anew"]

    def test_what_was_taken_out_meanwhile_does_not_come_back_from_an_open_form(self, told, officer):
        story = told(text="Zohra Quill helped.")
        begun = story.version
        actions.redact(story=story, phrase="Zohra Quill", why="A name", by=officer)
        with pytest.raises(ValidationError) as fault:
            actions.write(
                contribution=story.contribution, title="A", text="Zohra Quill!", version=begun, by=officer
            )
        assert fault.value.code == "clash"
        assert "Zohra" not in Story.objects.get().text

    def test_the_page_keeps_what_was_written_and_shows_how_it_stands(self, told, officer, client_for):
        story, client = told(), client_for(officer)
        path = reverse("workspace_stories:write", args=[story.contribution.reference])
        form = {"title": "Mine", "text": "My own words.", "version": str(story.version)}
        actions.write(contribution=story.contribution, title="Theirs", text="Their words.", by=officer)
        page = client.post(path, form).content.decode()
        for words in ("My own words.", "As it stands now", "Their words.", "Someone else changed the story"):
            assert words in page
        assert Story.objects.get().title == "Theirs"

    def test_before_it_is_shown_its_address_follows_its_title(self, told, officer):
        story = told("Mrs Rahman waited", shown=False)
        actions.write(contribution=story.contribution, title="A long wait", text="B", by=officer)
        assert Story.objects.get().slug == "a-long-wait"

    def test_once_shown_its_address_stays(self, told, officer):
        story = told("A wait")
        actions.write(contribution=story.contribution, title="A long wait", text="B", by=officer)
        assert Story.objects.get().slug == "a-wait"

    def test_who_said_more_or_put_it_right_is_read_again(self, told, officer, client_for):
        story, client = told(), client_for(officer)
        asks = f"Read the story of {story.contribution.reference} again"
        assert asks not in client.get("/workspace/").content.decode()
        correct(contribution=story.contribution, text="It was the ramp.", once="x" * 30)
        assert asks in client.get("/workspace/").content.decode()
        actions.write(contribution=story.contribution, title="The ramp", text="Broken.", by=officer)
        assert asks not in client.get("/workspace/").content.decode()

    def test_signs_that_no_page_can_show_are_left_out(self, told):
        assert told(text="One\x0btwo\x00").text == "Onetwo"

    @pytest.mark.parametrize(("title", "slug"), [("Feed", "feed-2"), ("জোহরা", "story"), ("!!!", "story")])
    def test_every_title_gives_an_address_of_its_own(self, title, slug, told):
        assert told(title).slug == slug

    def test_two_of_one_title_have_two_addresses(self, told):
        assert [told().slug, told().slug] == ["the-lift", "the-lift-2"]

    def test_it_is_told_in_the_language_it_was_said_in(self, told):
        assert (told(language="bn").language, told("B", language="pl").language) == ("bn", "en")

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer", "editor"])
    def test_nobody_but_an_officer_writes_or_shows(self, who, told, request):
        user, story = request.getfixturevalue(who), told(shown=False)
        with pytest.raises(PermissionRefused):
            actions.write(contribution=story.contribution, title="A", text="B", by=user)
        with pytest.raises(PermissionRefused):
            actions.show(story=story, by=user)
        with pytest.raises(PermissionRefused):
            actions.take_down(story=story, by=user)


class TestShowing:
    def test_a_draft_is_nowhere(self, told, client):
        story = told("A draft of ours", "Quillfeather", shown=False)
        assert client.get(story.get_absolute_url()).status_code == 404
        for path in ("/stories/", "/stories/feed/", "/search/?q=Quillfeather"):
            assert "A draft of ours" not in client.get(path).content.decode()
        assert not Entry.objects.filter(key=actions.key_of(story)).exists()

    def test_shown_it_is_read_found_and_followed(self, told, client):
        story = told("A nurse who listened", "Quillfeather")
        for path in (story.get_absolute_url(), "/stories/", "/stories/feed/", "/search/?q=Quillfeather"):
            assert "A nurse who listened" in client.get(path).content.decode(), path

    def test_kept_pages_are_out_of_date(self, told, officer):
        story, before = told(shown=False), current()
        actions.show(story=story, by=officer)
        assert current() > before

    def test_leave_taken_back_before_it_was_shown_counts(self, told, officer):
        story = told(shown=False)
        let_show(contribution=story.contribution, may=False)
        story.refresh_from_db()
        with pytest.raises(actions.NotAllowed):
            actions.show(story=story, by=officer)


def gone(story: Story) -> bool:
    story.refresh_from_db()
    wordings = set(story.wordings.values_list("title", "text", "why"))
    return (story.state, story.title, story.text, wordings) == ("revoked", "", "", {("", "", "")})


class TestTakingBack:
    @pytest.fixture
    def story(self, told) -> Story:
        return told("Quillfeather was kind", "Nurse Quillfeather listened.", **BY_EMAIL)

    def test_what_was_said_takes_the_story_along(self, story):
        withdraw(contribution=story.contribution)
        assert gone(story)

    def test_so_does_leave_taken_back(self, story):
        let_show(contribution=story.contribution, may=False)
        assert gone(story)

    def test_so_does_an_erasure(self, story):
        erase(who="amina@example.org", by=System("tests"))
        assert gone(story)

    def test_so_does_an_erasure_in_stories_first(self, story):
        assert dataprotection._erase("amina@example.org", System("tests")) == 1
        assert gone(story)

    def test_so_do_we(self, story, officer):
        actions.take_down(story=story, by=officer)
        actions.take_down(story=story, by=officer)
        assert gone(story)

    def test_it_is_gone_everywhere_at_once(self, story, client):
        address = story.get_absolute_url()
        for path in (address, "/stories/", "/stories/feed/"):
            client.get(path)  # kept from now on
        withdraw(contribution=story.contribution)
        assert client.get(address).status_code == 404
        for path in ("/stories/", "/stories/feed/", "/search/?q=Quillfeather"):
            assert "was kind" not in client.get(path).content.decode(), path
        assert not Entry.objects.filter(key=actions.key_of(story)).exists()
        assert not Word.objects.filter(word__icontains="quillfeather").exists()

    def test_its_address_tells_nothing_any_more(self, story):
        withdraw(contribution=story.contribution)
        story.refresh_from_db()
        assert "quillfeather" not in story.slug
        assert "quillfeather" not in story.audit_name

    def test_what_was_said_stays_when_only_leave_is_taken_back(self, story):
        let_show(contribution=story.contribution, may=False)
        assert story.contribution.words.get().text

    def test_it_is_not_written_anew(self, story, officer):
        let_show(contribution=story.contribution, may=False)
        let_show(contribution=story.contribution, may=True)
        with pytest.raises(actions.NotAllowed):
            actions.write(contribution=story.contribution, title="A", text="B", by=officer)

    def test_the_database_keeps_it_empty(self, story):
        withdraw(contribution=story.contribution)
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(text="Back again")


class TestMeToo:
    def test_it_is_counted_and_nothing_else_kept(self, told):
        story = told()
        actions.me_too(story=story)
        assert [field.name for field in MeToo._meta.fields] == ["id", "story", "on"]
        assert story.me_too.count() == 1

    def test_not_for_a_draft(self, told):
        with pytest.raises(actions.NotAllowed):
            actions.me_too(story=told(shown=False))

    def test_pages_are_out_of_date_only_when_they_would_say_something_else(self, told):
        story, changes = told(), []
        for _ in range(14):
            before = current()
            actions.me_too(story=story)
            changes.append(current() - before)
        assert changes == [1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]


class TestDataProtection:
    def test_the_person_is_told_of_it_with_every_wording(self, told):
        told("Kind", "She listened.", **BY_EMAIL)
        held = export(who="amina@example.org", by=System("tests"))["held"]
        [entry] = next(each["entries"] for each in held if each["what"].startswith("What others may read"))
        assert (entry["title"], entry["words"], entry["state"]) == ("Kind", "She listened.", "Shown")
        assert entry["earlier wordings"] == [{"title": "Kind", "words": "She listened."}]

    def test_somebody_else_is_not(self, told):
        told(**BY_EMAIL)
        assert dataprotection._found("other@example.org") == []

    def test_a_restore_does_not_bring_one_back(self, told):
        story = told()
        withdraw(contribution=story.contribution)
        ended = list(dataprotection._ended(story.changed_at))
        Story.objects.filter(pk=story.pk).update(state="draft", title="Back", text="Back")
        assert dataprotection._end_again(ended, System("tests")) == 1
        assert gone(story)

    def test_nor_words_that_were_taken_out(self, told, officer, client):
        story = told("The lift", "Quillfeather mended it.")
        actions.redact(story=story, phrase="Quillfeather", why="A name", by=officer)
        ended = list(dataprotection._ended(story.changed_at))
        Story.objects.filter(pk=story.pk).update(text="Quillfeather mended it.", version=1)
        assert dataprotection._end_again(ended, System("tests")) == 1
        assert client.get(story.get_absolute_url()).status_code == 404
