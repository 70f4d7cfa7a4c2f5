"""Nothing becomes public by one person: another editor reads it and says that it is right."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.pages.after_actions import approve, send_back, stop_release
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.tests.desk import about, draft, edit, send_in, title_in_public, waiting


def decide(client: Client, state: Any, **said: str) -> Any:
    return client.post(f"/workspace/pages/waiting/{state.pk}/", {"decision": "publish", **said})


class TestTwoPeople:
    def test_what_one_writes_and_another_approves_is_public(self, writer: Client, reader: Client) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        assert title_in_public(page) == "The partnership"
        assert decide(reader, state).status_code == 302
        assert title_in_public(page) == "Who we are"

    def test_a_new_page_is_public_only_then(self, writer: Client, reader: Client, client: Client) -> None:
        page = draft("Our team", "our-team")
        state = send_in(writer, page)
        assert client.get("/our-team/").status_code == 404
        decide(reader, state)
        assert client.get("/our-team/").status_code == 200
        assert "/our-team/" in client.get("/sitemap/").content.decode()
        assert "/our-team/" in client.get("/sitemap.xml").content.decode()

    def test_from_the_editors_own_list_it_works_as_well(self, writer: Client, reader: Client) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        reader.post(f"/editor/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": ""})
        assert title_in_public(page) == "Who we are"

    def test_the_author_may_not_even_from_the_editors_list(self, writer: Client) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        for action in ("approve", "reject"):
            address = f"/editor/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
            assert writer.post(address, {"comment": ""}).headers["Location"] == "/editor/"
        assert decide(writer, state).status_code == 403
        assert title_in_public(page) == "The partnership"

    def test_who_sends_in_another_s_words_may_not_approve_them_and_nor_may_who_wrote_them(
        self, writer: Client, reader: Client, editor: User, second_editor: User
    ) -> None:
        page = about()
        edit(writer, page, title="Who we are")
        page.refresh_from_db()
        latest = page.get_latest_revision()
        page.get_workflow().start(page, second_editor)
        state = waiting(page)
        assert state.own_people == {editor.pk, second_editor.pk}
        assert latest.user == editor
        assert decide(writer, state).status_code == decide(reader, state).status_code == 403
        assert title_in_public(page) == "The partnership"

    @pytest.mark.parametrize("fixture", ["officer", "partner", "administrator", "stranger"])
    def test_nobody_but_editors_decides(
        self,
        fixture: str,
        request: pytest.FixtureRequest,
        writer: Client,
        client_for: Callable[[User], Client],
    ) -> None:
        state = send_in(writer, about(), title="Who we are")
        someone = request.getfixturevalue(fixture)
        assert decide(client_for(someone), state).status_code == 403
        with pytest.raises(PermissionRefused):
            approve(state=state, by=someone)
        with pytest.raises(PermissionRefused):
            send_back(state=state, reason="x", by=someone)
        assert title_in_public(about()) == "The partnership"

    def test_the_system_itself_approves_nothing(self, writer: Client) -> None:
        with pytest.raises(PermissionDenied):
            approve(state=send_in(writer, about(), title="Who we are"), by=System("test"))

    def test_an_editor_whose_role_ended_decides_nothing_though_still_in_the_group(
        self, writer: Client, reader: Client, second_editor: User
    ) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        second_editor.memberships.update(ends_on=timezone.localdate())
        assert decide(reader, state).status_code == 403
        assert title_in_public(page) == "The partnership"


class TestWhileItWaits:
    @pytest.mark.parametrize("who", ["writer", "reader"])
    def test_nobody_changes_it(self, who: str, writer: Client, reader: Client) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        edit({"writer": writer, "reader": reader}[who], page, title="Slipped in")
        page.refresh_from_db()
        assert page.get_latest_revision() == state.revision
        assert page.get_latest_revision_as_object().title == "Who we are"

    def test_a_lock_of_one_s_own_does_not_help(self, writer: Client, reader: Client) -> None:
        page = about()
        writer.post(f"/editor/pages/{page.pk}/lock/")
        state = send_in(writer, page, title="Who we are")
        writer.post(f"/editor/pages/{page.pk}/lock/")
        edit(writer, page, title="Slipped in")
        revision = state.revision
        edit(writer, page, title="Slipped in", overwrite_revision_id=str(revision.pk))
        decide(reader, state)
        assert title_in_public(page) == "Who we are"

    def test_a_version_changed_past_the_editor_is_not_published(self, writer: Client, reader: Client) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        revision = state.revision
        revision.content = {**revision.content, "title": "Slipped in"}
        revision.save()
        assert decide(reader, state).status_code == 403
        assert title_in_public(page) == "The partnership"

    def test_approving_with_a_change_of_one_s_own_is_refused(self, writer: Client, reader: Client) -> None:
        page = about()
        send_in(writer, page, title="Who we are")
        extra = {"workflow-action-name": "approve", "workflow-action-extra-data": "{}"}
        edit(reader, page, "action-workflow-action", title="Slipped in", **extra)
        assert title_in_public(page) == "The partnership"

    def test_who_sent_it_takes_it_back(self, writer: Client, reader: Client) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        edit(writer, page, "action-cancel-workflow")
        assert decide(reader, state).status_code == 404
        assert title_in_public(page) == "The partnership"


class TestSendingBack:
    def test_it_goes_back_with_a_reason_and_can_be_sent_in_again_by_the_other(
        self, writer: Client, reader: Client, editor: User, second_editor: User
    ) -> None:
        page = about()
        state = send_in(writer, page, title="Who we are")
        assert decide(reader, state, decision="back", reason="Say it shorter.").status_code == 302
        again = send_in(reader, page, title="Us")
        assert again.submitted_by == second_editor
        assert decide(reader, again).status_code == 403
        assert decide(writer, again).status_code == 302
        assert title_in_public(page) == "Us"

    def test_without_a_reason_it_stays(self, writer: Client, reader: Client) -> None:
        state = send_in(writer, about(), title="Who we are")
        html = decide(reader, state, decision="back", reason="").content.decode()
        assert 'href="#id_reason' in html
        state.refresh_from_db()
        assert state.status == "in_progress"

    def test_a_decision_is_made_once(self, writer: Client, reader: Client) -> None:
        state = send_in(writer, about(), title="Who we are")
        decide(reader, state)
        assert decide(reader, state).status_code == 404
        with pytest.raises(PermissionDenied):
            approve(state=state, by=User.objects.get(email="second@example.org"))


class TestItsHour:
    def test_an_approved_page_goes_out_when_its_hour_comes(
        self, writer: Client, reader: Client, client: Client, worker_round: Callable[[], None]
    ) -> None:
        page = draft("Later", "later")
        hour = timezone.localtime() + datetime.timedelta(hours=2)
        state = send_in(writer, page, go_live_at=hour.strftime("%Y-%m-%d %H:%M"))
        decide(reader, state)
        worker_round()
        assert client.get("/later/").status_code == 404
        page.refresh_from_db()
        page.revisions.update(approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1))
        revision = page.get_latest_revision()
        revision.content = {**revision.content, "go_live_at": None}
        revision.save()
        worker_round()
        assert client.get("/later/").status_code == 200

    def test_one_person_may_stop_it(self, writer: Client, reader: Client, officer: User) -> None:
        page = draft("Later", "later")
        hour = timezone.localtime() + datetime.timedelta(hours=2)
        decide(reader, send_in(writer, page, go_live_at=hour.strftime("%Y-%m-%d %H:%M")))
        assert "Approved, and still to go out" in writer.get("/workspace/pages/").content.decode()
        with pytest.raises(PermissionRefused):
            stop_release(page=page, by=officer)
        writer.post(f"/workspace/pages/{page.pk}/stop/")
        assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
        assert AuditEvent.objects.about(page).filter(verb="inform_pages.stop_release").count() == 1
        assert not stop_release(page=page, by=System("test"))

    def test_one_person_cannot_set_the_hour_alone(
        self, writer: Client, client: Client, worker_round: Callable[[], None]
    ) -> None:
        page = draft("Later", "later")
        past = (timezone.localtime() + datetime.timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
        edit(writer, page, "action-publish", go_live_at=past)
        assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_submitting_approving_and_sending_back_are_in_the_record(
    writer: Client, reader: Client, editor: User, second_editor: User
) -> None:
    page = about()
    state = send_in(writer, page, title="Who we are")
    decide(reader, state, decision="back", reason="Shorter.")
    decide(reader, send_in(writer, page, title="Us"))
    events = AuditEvent.objects.about(page).values_list("verb", "actor_id")
    mine, theirs = str(editor.pk), str(second_editor.pk)
    assert {
        ("wagtail.workflow.start", mine),
        ("wagtail.workflow.reject", theirs),
        ("wagtail.workflow.resume", mine),
        ("wagtail.workflow.approve", theirs),
        ("wagtail.publish", theirs),
    } <= set(events)
    assert not AuditEvent.objects.filter(details__icontains="Shorter").exists()


def test_the_workspace_shows_what_waits_and_who_decides(
    writer: Client, reader: Client, home: HomePage
) -> None:
    state = send_in(writer, about(), title="Who we are")
    assert "Another editor" in writer.get("/workspace/pages/").content.decode()
    assert "You, or another editor" in reader.get("/workspace/pages/").content.decode()
    own = writer.get(f"/workspace/pages/waiting/{state.pk}/").content.decode()
    assert "another editor decides" in own
    assert "publish it" not in own
    assert "publish it" in reader.get(f"/workspace/pages/waiting/{state.pk}/").content.decode()


def test_the_page_editor_leads_to_the_decision(writer: Client, reader: Client) -> None:
    page = about()
    state = send_in(writer, page, title="Who we are")
    link = f"/workspace/pages/waiting/{state.pk}/"
    assert link in reader.get(f"/editor/pages/{page.pk}/edit/").content.decode()
    assert link not in writer.get(f"/editor/pages/{page.pk}/edit/").content.decode()
    assert ContentPage.objects.filter(pk=page.pk, live=True).exists()
