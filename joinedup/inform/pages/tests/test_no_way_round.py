"""Each of the page editor's routes that could make words public, tried by one person alone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Task, Workflow, WorkflowPage

from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.approval import is_settled
from joinedup.inform.pages.finish import NotApproved
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.tests.desk import about, draft, edit, form_data, send_in, waiting

FLAGS = {
    "action-publish": "1",
    "publish": "1",
    "publish_copies": "on",
    "alias": "on",
    "copy_subpages": "on",
    "include_descendants": "on",
    "include_subtree": "on",
    "restriction_type": "login",
    "position": "0",
    "next": "/editor/",
}


def public() -> dict[str, Any]:
    """Everything on which it depends what the public sees."""
    return {
        "pages": list(
            Page.objects.filter(live=True)
            .order_by("pk")
            .values_list("pk", "title", "url_path", "path", "live_revision_id", "expired", "expire_at")
        ),
        "hours": list(
            Revision.objects.filter(approved_go_live_at__isnull=False).values_list("pk", flat=True)
        ),
        "closed": PageViewRestriction.objects.count(),
        "redirects": list(Redirect.objects.values_list("old_path", "redirect_link")),
        "rules": list(Workflow.objects.order_by("pk").values_list("pk", "active", "workflow_pages__page")),
        "steps": list(Task.objects.order_by("pk").values_list("pk", "active")),
        "may": sorted(
            Group.objects.get(name="editor").page_permissions.values_list("permission__codename", flat=True)
        ),
    }


def test_editors_hold_no_permission_to_publish_in_the_editor(home: HomePage) -> None:
    assert public()["may"] == ["add_page", "bulk_delete_page", "change_page", "lock_page", "unlock_page"]
    assert WorkflowPage.objects.get().page.depth == 1
    assert about().get_workflow().name == "a second person"


ONE_PAGE = [
    "pages/{page}/unpublish/",
    "pages/{page}/delete/",
    "pages/{page}/move/",
    "pages/{page}/move/{other}/confirm/",
    "pages/{page}/set_position/?position=0",
    "pages/{page}/copy/",
    "pages/{page}/convert_alias/",
    "pages/{page}/privacy/",
    "pages/{page}/revisions/{revision}/revert/",
    "pages/{page}/revisions/{revision}/unschedule/",
    "bulk/wagtailcore/page/publish/?id={page}",
    "bulk/wagtailcore/page/publish/?id={draft}",
    "bulk/wagtailcore/page/unpublish/?id={page}",
    "bulk/wagtailcore/page/delete/?id={page}",
    "bulk/wagtailcore/page/move/?id={page}",
    "workflows/edit/1/",
    "workflows/disable/1/",
    "workflows/add/",
    "workflows/tasks/disable/1/",
    "workflows/tasks/edit/1/",
    "redirects/add/",
    "sites/edit/1/",
    "groups/edit/1/",
    "collections/add/",
    "documents/add/",
    "locales/1/",
]


@pytest.mark.parametrize("route", ONE_PAGE)
def test_this_route_changes_nothing_in_public(
    route: str, writer: Client, home: HomePage, client_for: Callable[[User], Client]
) -> None:
    page, hidden = about(), draft("Hidden", "hidden")
    edit(writer, page, title="Mine alone")
    page.refresh_from_db()
    other = ContentPage.objects.get(slug="the-challenges")
    before = public()
    place = route.format(
        page=page.pk, other=other.pk, draft=hidden.pk, revision=page.latest_revision_id, home=home.pk
    )
    sent = {
        **form_data(page, title="Mine alone"),
        **FLAGS,
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": str(home.pk),
        "chooser": str(other.pk),
        "old_path": "/x/",
        "redirect_link": "https://example.org/",
        "name": "x",
    }
    writer.post(f"/editor/{place}", sent)
    assert public() == before


def test_publishing_while_editing_only_saves_a_draft(writer: Client) -> None:
    before = public()
    edit(writer, about(), "action-publish", title="Mine alone")
    assert public() == before
    assert about().get_latest_revision_as_object().title == "Mine alone"


def test_publishing_while_adding_only_saves_a_draft(writer: Client, home: HomePage) -> None:
    before = public()
    new = ContentPage(title="New", slug="new", lead="", drawing="", seo_title="", search_description="")
    sent = form_data(new, **{"action-publish": "1"})
    assert writer.post(f"/editor/pages/add/inform_pages/contentpage/{home.pk}/", sent).status_code == 302
    assert not ContentPage.objects.get(slug="new").live
    assert public() == before


@pytest.mark.parametrize("flag", ["publish_copies", "alias"])
def test_a_copy_is_a_draft(flag: str, writer: Client, home: HomePage) -> None:
    before = public()
    sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(home.pk), flag: "on"}
    writer.post(f"/editor/pages/{about().pk}/copy/", sent)
    assert not Page.objects.filter(slug="copy", live=True).exists()
    assert public() == before


def test_a_translation_begins_as_a_draft(writer: Client, home: HomePage, editor: User) -> None:
    Group.objects.get(name="editor").permissions.add(
        *Permission.objects.filter(codename="submit_translation")
    )
    bengali = Locale.objects.get(language_code="bn")
    there = Page.objects.filter(locale=bengali).count()
    before = public()
    sent = {"locales": str(bengali.pk), "include_subtree": "on"}
    writer.post(f"/editor/translation/submit/page/{about().pk}/", sent)
    assert Page.objects.filter(locale=bengali).count() > there
    assert public() == before


def addresses(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for item in patterns:
        here = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from addresses(item.url_patterns, here)
        else:
            yield here


@pytest.mark.slow
def test_every_post_of_the_editor_by_one_person_leaves_the_public_site_as_it_was(
    writer: Client, home: HomePage
) -> None:
    """All routes, also those a later version of the editor brings, with a page's key in every place."""
    page = about()
    edit(writer, page, title="Mine alone")
    page.refresh_from_db()
    before, tried = public(), 0
    writer.raise_request_exception = False  # made-up forms make the editor stumble, which is not our matter
    sent = {
        **form_data(page, title="Mine alone"),
        **FLAGS,
        "id": str(page.pk),
        "new_parent_page": str(home.pk),
    }
    for pattern in addresses(get_resolver().url_patterns):
        if not pattern.startswith("editor/") or "logout" in pattern or "failwhale" in pattern:
            continue
        known = pattern.replace("<int:revision_id>", str(page.latest_revision_id))
        path = re.sub(r"<int:\w+>", str(page.pk), known)
        kind = "<slug:content_type_app_name>/<slug:content_type_model_name>"
        path = path.replace(kind, "inform_pages/contentpage")
        path = path.replace("<str:app_label>/<str:model_name>/<str:action>", "wagtailcore/page/publish")
        path = re.sub(r"<\w+:\w+>", "1", path)
        if not re.search(r"[<(\[\\^]", path):
            writer.post(f"/{path}", sent)
            tried += 1
    assert tried > 80
    assert public() == before


class TestBehindAllRoutes:
    """What would happen if a route did publish: the receivers end the request and keep nothing."""

    @pytest.fixture
    def trusting(self, home: HomePage) -> None:
        """A group that holds Wagtail's permission to publish after all."""
        root = Page.objects.get(depth=1)
        permission = Permission.objects.get(codename="publish_page")
        Group.objects.get(name="editor").page_permissions.create(page=root, permission=permission)

    def test_publishing_is_refused_and_nothing_is_kept(self, trusting: None, writer: Client) -> None:
        before, drafts = public(), Revision.objects.count()
        assert edit(writer, about(), "action-publish", title="Mine alone").status_code == 400
        assert public() == before
        assert Revision.objects.count() == drafts

    @pytest.mark.parametrize("flag", ["publish_copies", "alias"])
    def test_so_is_a_copy_that_is_born_public(
        self, trusting: None, flag: str, writer: Client, home: HomePage
    ) -> None:
        before = public()
        sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(home.pk), flag: "on"}
        assert writer.post(f"/editor/pages/{about().pk}/copy/", sent).status_code == 400
        assert public() == before

    def test_so_is_publishing_many_at_once(self, trusting: None, writer: Client) -> None:
        hidden = draft("Hidden", "hidden")
        answer = writer.post(f"/editor/bulk/wagtailcore/page/publish/?id={hidden.pk}")
        assert answer.status_code == 400
        assert not Page.objects.get(pk=hidden.pk).live

    def test_a_step_that_is_switched_off_publishes_nothing(self, writer: Client) -> None:
        page = about()
        send_in(writer, page, title="Mine alone")
        with pytest.raises(NotApproved):
            waiting(page).task.specific.deactivate()
        page.refresh_from_db()
        assert page.title == "The partnership"


class TestWhatASecondPersonRead:
    """The editor saves by itself and writes over its last version; never over one that was judged."""

    def judged(self, writer: Client, reader: Client, decision: str) -> Revision:
        state = send_in(writer, about(), title="As it was read")
        sent = {"decision": decision, "reason": "Please look again"}
        assert reader.post(f"/workspace/pages/waiting/{state.pk}/", sent).status_code == 302
        version: Revision = state.revision
        return version

    @pytest.mark.parametrize("decision", ["publish", "back"])
    def test_stays_as_they_read_it(
        self, decision: str, writer: Client, reader: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            version = self.judged(writer, reader, decision)
        answer = edit(writer, about(), title="Rewritten", overwrite_revision_id=str(version.pk))
        assert answer.status_code == 302
        version.refresh_from_db()
        assert version.content["title"] == "As it was read"
        newest = about().get_latest_revision()
        assert (newest.pk > version.pk, newest.content["title"]) == (True, "Rewritten")

    def test_so_does_what_is_public_without_a_second_person(
        self, writer: Client, editor: User, home: HomePage
    ) -> None:
        page = about()
        version = page.save_revision(user=editor)
        Page.objects.filter(pk=page.pk).update(live_revision=version)
        edit(writer, page, title="Rewritten", overwrite_revision_id=str(version.pk))
        version.refresh_from_db()
        assert version.content["title"] == "The partnership"

    def test_a_draft_of_ones_own_is_still_written_over(self, writer: Client, home: HomePage) -> None:
        edit(writer, about(), title="First")
        version = about().get_latest_revision()
        edit(writer, about(), title="Second", overwrite_revision_id=str(version.pk))
        assert about().get_latest_revision().pk == version.pk
        assert about().get_latest_revision().content["title"] == "Second"

    @pytest.mark.parametrize("key", ["", "x", "-1", "\u0661", "9" * 40, "1 2"])
    def test_nonsense_is_the_editors_own_matter(self, key: str, db: None) -> None:
        assert not is_settled(key)


def test_the_platform_itself_still_puts_pages_in_place(home: HomePage) -> None:
    page = ContentPage(title="By command", slug="by-command")
    assert put_page(page=page, parent=home, by=System("test")).live
