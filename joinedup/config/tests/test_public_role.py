"""The public site under its own PostgreSQL role: every page and form works, and nothing else can be read."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from joinedup.config import settings as house_settings
from joinedup.config.faces import Belongs, middleware
from joinedup.config.house import links
from joinedup.config.tests.acting import acting_as, make_roles, owner
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.inform.news.access import token
from joinedup.inform.news.factories import event
from joinedup.inform.news.models import EventSignUp
from joinedup.inform.pages.after_actions import add_counts
from joinedup.inform.pages.models import ContentPage, PageCount
from joinedup.inform.pictures.models import Picture
from joinedup.inform.search.models import MissedSearch
from joinedup.involve.contributions.actions.answering import answer
from joinedup.involve.contributions.factories import filled_in, sent

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]

ADDRESS = "amina@example.org"


@pytest.fixture(scope="module")
def roles(borough: None, django_db_blocker: Any) -> tuple[str, str]:
    """The two roles, made once: rights taken again and again in one transaction lock out autovacuum."""
    with django_db_blocker.unblock():
        return make_roles()


@pytest.fixture
def visitor(roles: tuple[str, str], settings: Any) -> Iterator[Client]:
    """A visitor of the public face, whose process is signed in to the database as the public role."""
    settings.FACE = Belongs.PUBLIC
    settings.MIDDLEWARE = middleware(Belongs.PUBLIC, house_settings._MIDDLEWARE)
    with acting_as(roles[0]), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (roles[0],)
        yield Client()


def mailed(pattern: str) -> str:
    """The newest link of that kind in the mail, read by someone who may."""
    with owner():
        found = re.search(pattern, Message.objects.latest("created_at").text)
    assert found
    return found.group(1)


def shown(page: str, name: str) -> str:
    found = re.search(rf'id="{name}">([^<]+)<', page)
    assert found, name
    return found.group(1)


class TestPublicPages:
    def test_every_page_that_can_be_reached_is_served(self, visitor: Client) -> None:
        pages, dead = links.crawl(visitor)
        assert [line for line in dead if "/workspace/" not in line] == []
        assert len(pages) > 10

    def test_health_is_told(self, visitor: Client) -> None:
        assert visitor.get("/health/").json()["database"] == "ok"

    def test_a_page_that_is_gone_is_a_missing_page(self, visitor: Client) -> None:
        assert visitor.get("/no-such-page/").status_code == 404


class TestTheNewsletter:
    def test_asked_for_confirmed_changed_and_left(
        self, visitor: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True) as jobs:
            self.go_through(visitor)
        assert jobs

    def go_through(self, visitor: Client) -> None:
        form = {
            "email": ADDRESS,
            "name": "Amina",
            "language": "en",
            "wording": "1",
            "topics": ["care-at-home"],
        }
        assert visitor.post("/newsletter/", form).status_code == 302
        confirm = mailed(r"(/newsletter/confirm/\S+)")
        assert visitor.get(confirm).status_code == 200
        assert "/newsletter/thank-you/" in visitor.post(confirm).headers["Location"]
        choices = mailed(r"(/newsletter/preferences/\S+)")
        leave = mailed(r"(/newsletter/leave/\S+)")
        assert visitor.post(choices, {"name": "A", "language": "bn", "topics": []}).status_code == 302
        assert visitor.post("/newsletter/", form).status_code == 302
        assert visitor.get(leave).status_code == 200
        assert visitor.post(leave).status_code == 302


class TestHaveYourSay:
    def test_sent_followed_added_to_put_right_and_taken_back(self, visitor: Client) -> None:
        sent = visitor.post("/have-your-say/", filled_in(reply_by="email", email=ADDRESS)).content.decode()
        key = {"reference": shown(sent, "reference"), "word": shown(sent, "word")}
        status = visitor.post("/have-your-say/your-reference/", key).content.decode()
        assert "What you said" in status
        found = re.search(r'name="token" value="([^"]+)"', status)
        assert found
        token = {"token": found.group(1)}
        for step in ("add", "correct"):
            address = f"/have-your-say/your-reference/{step}/"
            page = visitor.post(
                address, {**token, "words": f"More {step}", "once": step * 10}
            ).content.decode()
            assert f"More {step}" in page, step
        address = "/have-your-say/your-reference/withdraw/"
        assert visitor.post(address, token).status_code == 200
        assert "You took this back" in visitor.post(address, {**token, "sure": "yes"}).content.decode()

    def test_an_answer_can_be_read(self, visitor: Client) -> None:
        with owner():
            officer = User.objects.get(email="officer@sample.example")
            receipt = sent()
            answer(
                contribution=receipt.contribution,
                text="We mended the lift.",
                heard_at=receipt.contribution.last_heard_at,
                once="x" * 20,
                by=officer,
            )
        key = {"reference": receipt.contribution.reference, "word": receipt.word}
        assert "We mended the lift." in visitor.post("/have-your-say/your-reference/", key).content.decode()


class TestEvents:
    def test_signed_up_seen_and_taken_back_so_that_who_waits_gets_the_place(self, visitor: Client) -> None:
        form = {"name": "Amina", "email": ADDRESS, "people": "2", "language": "bn", "needs": ["bsl"]}
        for once in ("x" * 30, "y" * 30):  # the second time it is not a second place
            answer = visitor.post("/events/sample-cooking/sign-up/", {**form, "once": once})
            assert visitor.get(answer.headers["Location"]).status_code == 200
        with owner():
            assert EventSignUp.objects.get(email=ADDRESS).state == "waiting"
            assert Message.objects.filter(template="news/mail/already").count() == 1
        assert visitor.get(mailed(r"(/events/your-place/\S+)")).headers["Content-Language"] == "bn"
        with owner():
            theirs = EventSignUp.objects.filter(event__slug="sample-cooking")
            first = theirs.placed().in_order().first()
            assert first is not None
        assert visitor.post(f"/events/your-place/{token(first)}/").status_code == 302
        with owner():
            rosa = EventSignUp.objects.get(email="rosa.sample@example.org")
            assert rosa.state == "placed"


# Wagtail leaves the spooled file it draws a picture into to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
class TestPictures:
    def test_a_size_nobody_asked_for_before_is_made(
        self, visitor: Client, tmp_path: Path, settings: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        with owner():
            picture = Picture.objects.create(title="The river", file=get_test_image_file(size=(900, 600)))
            page = ContentPage.objects.live().first()
            assert page is not None
            block = {"image": picture.pk, "caption": "The river at Wapping", "credit": ""}
            page.body.append(("image", page.body.stream_block.child_blocks["image"].to_python(block)))
            page.save_revision().publish()
        shown_on = visitor.get(page.url).content.decode()
        assert re.search(r'src="/media/images/[^"]+width-800', shown_on)


class TestTheLastPlace:
    def test_the_last_place_is_taken_waited_for_and_given_on(self, visitor: Client) -> None:
        with owner():
            page = event(takes_sign_ups=True, max_places=1)
        form = {"name": "Amina", "people": "1", "language": "en", "phone": "07700 900123", "website": ""}
        address = f"/events/{page.slug}/sign-up/"
        mine = visitor.post(address, {**form, "once": uuid.uuid4().hex}).headers["Location"]
        theirs = visitor.post(address, {**form, "once": uuid.uuid4().hex}).headers["Location"]
        assert visitor.get(mine).status_code == visitor.get(theirs).status_code == 200
        assert visitor.post(mine, {"sure": "yes"}).status_code in (200, 302)
        with owner():
            states = EventSignUp.objects.filter(event=page).values_list("state", flat=True)
            assert sorted(states) == ["placed", "withdrawn"]


class TestSearchAndCounts:
    def test_what_is_there_is_found_and_what_is_not_is_counted(self, visitor: Client) -> None:
        assert "newsletter" in visitor.get("/search/", {"q": "newslettr"}).content.decode().lower()
        for spelled in ("parking permit", "Parking  permit"):  # the second is another kept page
            assert visitor.get("/search/", {"q": spelled}).status_code == 200
        with owner():
            assert MissedSearch.objects.get().times == 2

    def test_readings_of_pages_are_written(self, visitor: Client) -> None:
        for times in (2, 3):
            add_counts(counts={("/about/", timezone.localdate()): times})
        with owner():
            assert PageCount.objects.get().count == 5

    def test_a_page_that_was_taken_down_says_where_to_look(self, visitor: Client) -> None:
        assert visitor.get("/was-here/").status_code == 404
