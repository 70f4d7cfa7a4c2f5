"""The site-wide notice: shown on every page, ended by itself or by hand, by those who may."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.inform.pages import actions
from joinedup.inform.pages.models import Notice
from joinedup.inform.pages.notices import notice_to_show

WORDS = {
    "title": "Walk-in centre closed today",
    "body": "A pipe burst. Call 111 if you need help.",
    "link_text": "Who to call",
    "link_href": "/contact/",
}


def show(by: User, **changes: object) -> Notice:
    return actions.show_notice(**{**WORDS, "ends_at": None, "by": by, **changes})  # type: ignore[arg-type]


def test_a_notice_shows_on_every_page(editor: User, client: Client) -> None:
    show(editor)
    for page in ("/newsletter/", "/have-your-say/", "/account/login/"):
        assert "Walk-in centre closed today" in client.get(page).content.decode()


def test_it_comes_down_by_itself(editor: User) -> None:
    notice = show(editor, ends_at=timezone.now() + datetime.timedelta(hours=1))
    Notice.objects.filter(pk=notice.pk).update(
        starts_at=timezone.now() - datetime.timedelta(hours=3),
        ends_at=timezone.now() - datetime.timedelta(hours=2),
    )
    assert notice_to_show() is None


def test_a_new_one_takes_the_place_of_the_old(editor: User) -> None:
    show(editor)
    show(editor, title="Open again")
    assert (notice_to_show() or {})["title"] == "Open again"
    assert Notice.objects.showing_at(timezone.now()).count() == 1


def test_ending_takes_it_down_and_ending_twice_changes_nothing(editor: User) -> None:
    show(editor)
    assert actions.end_notice(by=editor) == 1
    events = AuditEvent.objects.count()
    assert actions.end_notice(by=editor) == 0
    assert notice_to_show() is None
    assert AuditEvent.objects.count() == events


def test_showing_is_written_to_the_record_without_its_words(editor: User) -> None:
    notice = show(editor)
    event = AuditEvent.objects.about(notice).get()
    assert (event.verb, event.actor_id, event.details) == ("inform_pages.show_notice", str(editor.pk), {})


def test_a_script_in_the_words_is_shown_as_words(editor: User, client: Client) -> None:
    show(editor, body="<script>alert(1)</script>")
    html = client.get("/newsletter/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_half_a_link_is_refused(editor: User) -> None:
    with pytest.raises(ValidationError):
        show(editor, link_href="")


@pytest.mark.parametrize("fixture", ["officer", "partner", "stranger"])
def test_those_without_the_permission_are_refused(fixture: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionRefused):
        show(request.getfixturevalue(fixture))
    assert Notice.objects.count() == 0


@pytest.mark.django_db
def test_a_visitor_is_refused() -> None:
    with pytest.raises(PermissionRefused):
        actions.end_notice(by=VISITOR)


def test_the_form_keeps_what_was_typed_and_says_what_to_do(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    answer = client_for(editor).post(
        "/workspace/notice/", {**WORDS, "link_href": "javascript:alert(1)", "hours": 4}
    )
    html = answer.content.decode()
    assert "Enter a path such as /contact/" in html
    assert "A pipe burst." in html
    assert Notice.objects.count() == 0


def test_the_form_shows_the_notice_for_the_hours_chosen(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    answer = client_for(editor).post("/workspace/notice/", {**WORDS, "hours": 4})
    assert answer.status_code == 302
    notice = Notice.objects.get()
    assert notice.ends_at is not None
    assert notice.ends_at - notice.starts_at == pytest.approx(
        datetime.timedelta(hours=4), abs=datetime.timedelta(seconds=5)
    )
    assert notice.set_by == editor


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 81}, {"body": ""}, {"body": "🙂" * 401}, {"hours": 5}]
)
def test_bad_input_is_told_beside_its_field(
    wrong: dict[str, object], editor: User, client_for: Callable[[User], Client]
) -> None:
    html = client_for(editor).post("/workspace/notice/", {**WORDS, "hours": 4, **wrong}).content.decode()
    field = next(iter(wrong))
    assert f'href="#id_{field}' in html
    assert Notice.objects.count() == 0
