"""What becomes of voices, on the public site under its own PostgreSQL role: what works, what stays inside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from joinedup.config import settings as house_settings
from joinedup.config.faces import Belongs, middleware
from joinedup.config.tests.acting import acting_as, make_roles, owner
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.foundation.thread import verdict_links
from joinedup.foundation.thread.models import Telling, Told
from joinedup.inform.search.models import Entry, Word
from joinedup.involve.cases.actions import answering, publishing
from joinedup.involve.cases.factories import opened, written
from joinedup.involve.cases.models import Case
from joinedup.involve.contributions.factories import BY_EMAIL, sent
from joinedup.involve.sorting.actions import Hint, keep_hints
from joinedup.involve.sorting.models import Suggestion
from joinedup.involve.stories import actions as stories
from joinedup.involve.stories.models import Story
from joinedup.involve.themes.models import Theme

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
STEP = "/have-your-say/your-reference/"


@pytest.fixture(scope="module")
def roles(borough: None, django_db_blocker: Any) -> tuple[str, str]:
    """The two roles, made once."""
    with django_db_blocker.unblock():
        return make_roles()


@dataclass
class Room:
    """Someone who spoke: their case is closed, its answer and their story are shown, the sorter saw it."""

    key: dict[str, str]
    case: Case
    story: Story
    told: Told
    theme: Theme


@pytest.fixture
def room(roles: tuple[str, str]) -> Room:
    officer, lead = User.objects.get(email="officer@sample.example"), Organisation.objects.order_by("pk")[0]
    receipt = sent(**BY_EMAIL, may_publish=True)
    contribution = receipt.contribution
    keep_hints(
        hints=[Hint(contribution.pk, contribution.last_heard_at, label="Food")],
        sorter="x",
        by=System("tests"),
    )
    story = stories.write(
        contribution=contribution, title="Quillfeather helped", text="Nurse Quillfeather.", by=officer
    )
    stories.show(story=story, by=officer)
    case = opened(lead, officer, contribution)
    answer = answering.send(answer=written(case, officer), by=officer)
    hidden = opened(lead, officer)
    answering.send(answer=written(hidden, officer, text="Only for those who asked."), by=officer)
    theme = Theme.objects.create(slug="lifts-here", name="Lifts here", summary="Broken.", is_public=True)
    publishing.show(answer=answer, theme=theme, by=officer)
    telling = Telling.objects.create(
        about_kind="involve_themes.theme",
        about_key=theme.pk,
        occasion="test",
        state="told",
        text="It is mended.",
        decided_at=timezone.now(),
        decided_by_kind="system",
    )
    told = Told.objects.create(
        telling=telling,
        voice_kind="involve_contributions.contribution",
        voice_key=contribution.pk,
        form="email",
        told_on=timezone.localdate(),
    )
    case.refresh_from_db()
    assert case.state == Case.State.COMPLETED
    return Room({"reference": contribution.reference, "word": receipt.word}, case, story, told, theme)


@pytest.fixture
def visitor(room: Room, roles: tuple[str, str], settings: Any) -> Iterator[Client]:
    """A visitor of the public face, whose process is signed in to the database as the public role."""
    settings.FACE = Belongs.PUBLIC
    settings.MIDDLEWARE = middleware(Belongs.PUBLIC, house_settings._MIDDLEWARE)
    with acting_as(roles[0]):
        yield Client()


def come_in(visitor: Client, room: Room) -> dict[str, str]:
    page = visitor.post(STEP, room.key).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return {"token": found.group(1)}


def is_gone(room: Room) -> bool:
    """Whether the story is nowhere any more, asked by someone who may read all of it."""
    with owner():
        row = Story.objects.get(pk=room.story.pk)
        left = set(row.wordings.values_list("title", "text", "why"))
        in_search = Entry.objects.filter(key=stories.key_of(row)).exists()
        words = Word.objects.filter(word__icontains="quillfeather").exists()
    return (row.state, row.title, row.text, left, in_search, words) == (
        "revoked",
        "",
        "",
        {("", "", "")},
        False,
        False,
    )


class TestWhatWorks:
    def test_stories_are_read_and_followed(self, visitor: Client, room: Room) -> None:
        for path in ("/stories/", "/stories/feed/", room.story.get_absolute_url()):
            assert "Quillfeather helped" in visitor.get(path).content.decode(), path

    def test_it_happened_to_someone_too(self, visitor: Client, room: Room) -> None:
        page = visitor.post(f"/stories/{room.story.slug}/too/").content.decode()
        assert "We counted you" in page

    def test_what_we_did_is_read_with_the_answer_that_is_shown(self, visitor: Client, room: Room) -> None:
        assert "Lifts here" in visitor.get("/what-we-did/").content.decode()
        page = visitor.get("/what-we-did/lifts-here/").content.decode()
        assert "The lift is mended" in page
        assert "Only for those who asked" not in page
        assert visitor.get("/what-we-did/lifts-here/board/").status_code == 200
        assert visitor.get("/what-we-did/answers-owed/").status_code == 200

    def test_someone_says_that_it_has_not_changed(self, visitor: Client, room: Room) -> None:
        path = verdict_links.path_for(room.told)
        assert visitor.get(path).status_code == 200
        assert visitor.post(path, {"verdict": "disputed"}).status_code == 200
        with owner():
            assert room.told in Told.objects.disputed()

    def test_adding_words_opens_a_closed_case_again(self, visitor: Client, room: Room) -> None:
        form = {**come_in(visitor, room), "words": "It broke again.", "once": "a" * 30}
        assert "It broke again." in visitor.post(f"{STEP}add/", form).content.decode()
        with owner():
            room.case.refresh_from_db()
        assert (room.case.state, room.case.closed_at) == (Case.State.IN_PROGRESS, None)

    def test_taking_it_back_takes_story_and_suggestion_along(self, visitor: Client, room: Room) -> None:
        form = {**come_in(visitor, room), "sure": "yes"}
        assert "You took this back" in visitor.post(f"{STEP}withdraw/", form).content.decode()
        assert is_gone(room)
        with owner():
            assert not Suggestion.objects.exists()
        assert visitor.get(room.story.get_absolute_url()).status_code == 404

    def test_taking_leave_back_takes_the_story_along(self, visitor: Client, room: Room) -> None:
        form = {**come_in(visitor, room), "may": "no"}
        assert "We do not show your words" in visitor.post(f"{STEP}shown/", form).content.decode()
        assert is_gone(room)

    def test_and_leave_can_be_given(self, visitor: Client, room: Room) -> None:
        form = {**come_in(visitor, room), "may": "yes"}
        assert "Do not show my words any more" in visitor.post(f"{STEP}shown/", form).content.decode()


REFUSED = [
    *(f"SELECT id FROM involve_cases_{table}" for table in ("case", "place", "part", "agreement", "merge")),
    "SELECT written_by_id FROM involve_cases_caseanswer",
    "SELECT label FROM involve_sorting_suggestion",
    "SELECT id FROM involve_sorting_sorting",
    "SELECT text FROM involve_stories_wording",
    "UPDATE involve_cases_case SET title = 'x'",
    "UPDATE involve_cases_caseanswer SET is_public = true",
    "UPDATE involve_themes_theme SET name = 'x'",
    "UPDATE foundation_thread_telling SET text = 'x'",
    "DELETE FROM involve_stories_story",
    "DELETE FROM foundation_thread_told",
    "INSERT INTO inform_search_word (language) VALUES ('en')",
    "SELECT cases_heard()",
]


class TestWhatStaysInside:
    @pytest.mark.parametrize("statement", REFUSED)
    def test_the_role_is_refused(self, statement: str, visitor: Client) -> None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_of_answers_it_sees_those_that_are_shown(self, visitor: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT text, is_public FROM involve_cases_caseanswer")
            found = cursor.fetchall()
        assert found
        assert all(is_public for _text, is_public in found)

    def test_staff_see_them_all(self, room: Room, roles: tuple[str, str]) -> None:
        with acting_as(roles[1]), connection.cursor() as cursor:
            cursor.execute("SELECT is_public FROM involve_cases_caseanswer")
            assert {row[0] for row in cursor.fetchall()} == {True, False}

    def test_staff_write_answers_that_nobody_is_shown_yet(self, room: Room, roles: tuple[str, str]) -> None:
        officer, lead = (
            User.objects.get(email="officer@sample.example"),
            Organisation.objects.order_by("pk")[0],
        )
        with acting_as(roles[1]):
            case = opened(lead, officer)
            assert answering.send(answer=written(case, officer), by=officer).sent_at is not None
