"""Every page has a day on which someone looks at it again; those who look after it are reminded."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.inform.pages.after_actions import remind, set_review, still_right
from joinedup.inform.pages.models import HomePage, PageReview
from joinedup.inform.pages.tests.desk import about, draft
from joinedup.inform.pages.upkeep import months_after

BY = System("test")
TODAY = datetime.date(2027, 11, 1)
Outbox = Callable[[], list[Message]]


def due_on(day: datetime.date, **changes: Any) -> PageReview:
    """Only the page about us is due, on that day."""
    PageReview.objects.update(review_on=datetime.date(2099, 1, 1))
    PageReview.objects.filter(page=about()).update(review_on=day, **changes)
    return PageReview.objects.get(page=about())


def told(outbox: Outbox) -> list[str]:
    return [mail.to for mail in outbox() if mail.template == "pages/mail/due"]


@given(some.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), some.integers(-40, 40))
def test_months_are_added_as_people_count_them(day: datetime.date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


def test_a_page_is_due_a_year_after_it_was_published(home: HomePage) -> None:
    review = PageReview.objects.get(page=about())
    assert review.checked_on == timezone.localdate()
    assert review.review_on == months_after(timezone.localdate(), 12)


def test_a_draft_is_not_due(home: HomePage) -> None:
    draft("Later", "later")
    assert not PageReview.objects.filter(page__slug="later").exists()


def test_readers_see_the_day(home: HomePage, client: Client) -> None:
    PageReview.objects.filter(page=about()).update(checked_on=datetime.date(2026, 11, 23))
    assert "Last checked on 23 November 2026" in client.get("/about/").content.decode()


class TestReminding:
    def test_two_weeks_before_and_then_weekly_from_the_day_on(
        self, home: HomePage, editor: User, outbox: Outbox
    ) -> None:
        due_on(TODAY)
        days = [TODAY + datetime.timedelta(days=n) for n in range(-20, 23)]
        wrote = [day for day in days if remind(by=BY, today=day)]
        assert [(day - TODAY).days for day in wrote] == [-14, 0, 7, 14, 21]
        assert told(outbox) == [editor.email] * 5

    def test_never_twice_on_a_day(self, home: HomePage, editor: User, outbox: Outbox) -> None:
        due_on(TODAY)
        assert remind(by=BY, today=TODAY) == 1
        assert remind(by=BY, today=TODAY) == 0
        assert len(told(outbox)) == 1

    def test_one_message_tells_of_all_pages(self, home: HomePage, editor: User, outbox: Outbox) -> None:
        PageReview.objects.update(review_on=TODAY)
        remind(by=BY, today=TODAY)
        [mail] = [mail for mail in outbox() if mail.template == "pages/mail/due"]
        assert "The partnership (due on 1 November 2027)" in mail.text
        assert mail.text.count("\n- ") == PageReview.objects.of_live_pages().count()

    def test_the_owner_alone_is_told(
        self, home: HomePage, editor: User, second_editor: User, outbox: Outbox
    ) -> None:
        due_on(TODAY, owner=second_editor)
        remind(by=BY, today=TODAY)
        assert told(outbox) == [second_editor.email]

    def test_when_the_owner_has_left_all_editors_are(
        self, home: HomePage, editor: User, second_editor: User, outbox: Outbox
    ) -> None:
        due_on(TODAY, owner=second_editor)
        second_editor.memberships.update(ends_on=timezone.localdate())
        remind(by=BY, today=TODAY)
        assert told(outbox) == [editor.email]

    def test_nobody_to_tell_is_tried_again_when_there_is(
        self, home: HomePage, outbox: Outbox, request: pytest.FixtureRequest
    ) -> None:
        due_on(TODAY)
        assert remind(by=BY, today=TODAY) == 0
        request.getfixturevalue("editor")
        assert remind(by=BY, today=TODAY) == 1

    def test_pages_that_were_taken_down_are_not_in_it(
        self, home: HomePage, editor: User, outbox: Outbox
    ) -> None:
        due_on(TODAY)
        about().unpublish()
        assert remind(by=BY, today=TODAY) == 0

    def test_no_one_else_is_told_and_strangers_cannot_set_it_off(
        self, home: HomePage, officer: User, stranger: User
    ) -> None:
        due_on(TODAY)
        for someone in (VISITOR, officer, stranger):
            with pytest.raises(PermissionRefused):
                remind(by=someone, today=TODAY)
        assert remind(by=BY, today=TODAY) == 0


class TestStillRight:
    def test_the_button_sets_a_new_day_and_is_in_the_record(self, writer: Client, editor: User) -> None:
        review = due_on(datetime.date(2020, 1, 1), reminded_on=datetime.date(2020, 1, 1))
        answer = writer.post(f"/workspace/pages/{review.page_id}/still-right/", follow=True)
        assert "is due again on" in answer.content.decode()
        review.refresh_from_db()
        assert review.checked_on == timezone.localdate()
        assert review.review_on == months_after(timezone.localdate(), 12)
        assert review.reminded_on is None
        event = AuditEvent.objects.get(verb="inform_pages.still_right")
        assert (event.actor_id, event.subject_id) == (str(editor.pk), str(review.page_id))

    def test_how_often_decides_the_day(self, home: HomePage) -> None:
        review = due_on(TODAY, every_months=3)
        still_right(review=review, by=BY)
        assert review.review_on == months_after(timezone.localdate(), 3)

    def test_others_are_refused(self, home: HomePage, officer: User) -> None:
        with pytest.raises(PermissionRefused):
            still_right(review=due_on(TODAY), by=officer)


class TestWhoAndWhen:
    def test_an_editor_sets_owner_and_day(self, writer: Client, second_editor: User) -> None:
        review = due_on(TODAY, reminded_on=TODAY)
        sent = {"owner": second_editor.pk, "every_months": "6", "review_on": "2027-12-24"}
        assert writer.post(f"/workspace/pages/{review.page_id}/review/", sent).status_code == 302
        review.refresh_from_db()
        assert (review.owner, review.every_months) == (second_editor, 6)
        assert review.review_on == datetime.date(2027, 12, 24)
        assert review.reminded_on is None

    @pytest.mark.parametrize("wrong", [{"review_on": "x"}, {"every_months": "5"}, {"owner": "999999"}])
    def test_bad_input_is_told_beside_its_field(self, wrong: dict[str, str], writer: Client) -> None:
        review = due_on(TODAY)
        sent = {"owner": "", "every_months": "6", "review_on": "2027-12-24", **wrong}
        html = writer.post(f"/workspace/pages/{review.page_id}/review/", sent).content.decode()
        assert f'href="#id_{next(iter(wrong))}' in html
        review.refresh_from_db()
        assert review.review_on == TODAY

    def test_only_an_editor_can_look_after_a_page(self, home: HomePage, officer: User) -> None:
        with pytest.raises(ValidationError):
            set_review(review=due_on(TODAY), owner=officer, every_months=12, review_on=TODAY, by=BY)

    def test_the_list_says_what_is_due(self, writer: Client) -> None:
        due_on(datetime.date(2020, 1, 1))
        html = writer.get("/workspace/pages/due/").content.decode()
        assert "1 January 2020" in html
        assert html.index("The partnership") < html.index(">Our history<")
