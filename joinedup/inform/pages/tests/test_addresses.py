"""Old addresses lead on: by themselves when a page moves, and by hand; never in a circle."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.address_actions import add_redirect, remove_redirect
from joinedup.inform.pages.after_actions import move_page, take_down
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.tests.desk import about, send_in

BY = System("test")


def lead(old_path: str, address: str = "", **changes: Any) -> Redirect:
    return add_redirect(**{"old_path": old_path, "page": None, "address": address, "by": BY, **changes})


def challenges() -> ContentPage:
    return ContentPage.objects.get(slug="the-challenges")


class TestMoving:
    def test_the_old_address_leads_to_the_new_one(self, writer: Client, client: Client) -> None:
        page = challenges()
        sent = {"parent": str(about().pk), "place": "last"}
        assert writer.post(f"/workspace/pages/{page.pk}/move/", sent).status_code == 302
        assert client.get("/about/the-challenges/").status_code == 200
        assert client.get("/the-challenges/").headers["Location"] == "/about/the-challenges/"

    def test_moving_there_and_back_makes_no_circle(self, home: HomePage, client: Client) -> None:
        move_page(page=challenges(), parent=about(), is_first=False, by=BY)
        move_page(page=challenges(), parent=home, is_first=False, by=BY)
        assert client.get("/the-challenges/").status_code == 200
        assert client.get("/about/the-challenges/", follow=True).redirect_chain == [("/the-challenges/", 301)]

    def test_a_new_slug_takes_two_people_and_leads_on_as_well(
        self, writer: Client, reader: Client, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        page = ContentPage.objects.get(slug="contact")
        state = send_in(writer, page, slug="reach-us")
        with django_capture_on_commit_callbacks(execute=True):
            reader.post(f"/workspace/pages/waiting/{state.pk}/", {"decision": "publish"})
        assert client.get("/contact/").headers["Location"] == "/reach-us/"

    def test_it_works_in_another_language(self, home: HomePage, client: Client) -> None:
        bengali = Locale.objects.get(language_code="bn")
        first = home.get_translation(bengali)
        parent = put_page(page=ContentPage(title="ক", slug="ka", locale=bengali), parent=first, by=BY)
        page = put_page(page=ContentPage(title="খ", slug="kha", locale=bengali), parent=first, by=BY)
        assert client.get("/bn/kha/").status_code == 200
        move_page(page=page, parent=parent, is_first=False, by=BY)
        assert client.get("/bn/kha/").headers["Location"] == "/bn/ka/kha/"

    def test_where_a_page_cannot_stand_is_said(self, home: HomePage, writer: Client) -> None:
        policy = home.get_children().get(slug="privacy")
        with pytest.raises(ValidationError):
            move_page(page=about(), parent=policy, is_first=False, by=BY)
        with pytest.raises(ValidationError):
            move_page(page=about(), parent=about(), is_first=False, by=BY)
        html = writer.post(
            f"/workspace/pages/{about().pk}/move/", {"parent": policy.pk, "place": "last"}
        ).content.decode()
        assert "Pages of this kind cannot stand there." in html

    def test_a_page_with_the_same_address_is_in_the_way(self, home: HomePage) -> None:
        put_page(page=ContentPage(title="Contact", slug="contact"), parent=about(), by=BY)
        with pytest.raises(ValidationError):
            move_page(
                page=ContentPage.objects.get(slug="contact", depth=3), parent=about(), is_first=True, by=BY
            )

    def test_it_can_be_first_among_its_neighbours(self, home: HomePage, editor: User) -> None:
        page = ContentPage.objects.get(slug="history")
        move_page(page=page, parent=about(), is_first=True, by=editor)
        assert about().get_children().first().slug == "history"
        assert AuditEvent.objects.about(page).filter(actor_id=str(editor.pk)).exists()

    def test_others_are_refused(self, home: HomePage, officer: User) -> None:
        with pytest.raises(PermissionRefused):
            move_page(page=challenges(), parent=about(), is_first=False, by=officer)


class TestByHand:
    def test_an_editor_lets_an_old_address_lead_to_a_page(self, writer: Client, client: Client) -> None:
        sent = {"old_path": "/old/", "page": str(about().pk), "address": ""}
        assert writer.post("/workspace/pages/addresses/", sent).status_code == 302
        assert client.get("/old/").headers["Location"] == "/about/"
        assert "/old" in writer.get("/workspace/pages/addresses/").content.decode()

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)", "//evil.example", "http://x.example/", "/\\evil", "x", "https://",
            "https://evil.example/", "https://www.nhs.uk@evil.example/", "https://evil.example\\@www.nhs.uk/",
            "https://www.nhs.uk:8443/", "https://www.nhs.uk.evil.example/", "https://nhs.uk/",
        ],
    )  # fmt: skip
    def test_only_paths_of_ours_and_hosts_the_operator_named(
        self, address: str, writer: Client, settings: Any
    ) -> None:
        settings.REDIRECT_HOSTS = ["www.nhs.uk"]
        sent = {"old_path": "/old/", "page": "", "address": address}
        html = writer.post("/workspace/pages/addresses/", sent).content.decode()
        assert 'href="#id_address' in html
        assert not Redirect.objects.exists()

    def test_no_page_can_be_replaced_by_another_website(self, writer: Client, client: Client) -> None:
        take_down(page=challenges(), words="", see_page=None, see_address="", with_below=False, by=BY)
        sent = {"old_path": "/the-challenges/", "page": "", "address": "https://evil.example/"}
        html = writer.post("/workspace/pages/addresses/", sent).content.decode()
        assert "may only lead to this website" in html
        assert client.get("/the-challenges/").status_code == 410

    def test_the_field_says_so_before(self, writer: Client) -> None:
        html = writer.get("/workspace/pages/addresses/").content.decode()
        assert "An old address cannot lead to another website" in html

    def test_another_website_that_is_allowed_is_never_for_good(
        self, home: HomePage, client: Client, settings: Any
    ) -> None:
        settings.REDIRECT_HOSTS = ["www.nhs.uk"]
        lead("/old/", "https://WWW.nhs.uk/conditions/")
        answer = client.get("/old/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "https://WWW.nhs.uk/conditions/")
        lead("/older/", "/about/")
        assert client.get("/older/").status_code == 301

    def test_circles_are_refused_short_and_long(self, home: HomePage) -> None:
        with pytest.raises(ValidationError):
            lead("/a/", "/a/")
        lead("/a/", "/b/")
        lead("/b/", "/c/")
        with pytest.raises(ValidationError):
            lead("/c/", "/a/")
        lead("/c/", "/about/")

    @pytest.mark.parametrize(
        "taken", ["/about/", "/about", "/newsletter/", "/bn/newsletter/", "/workspace/", "no-slash", "//x/"]
    )
    def test_an_address_where_something_stands_is_refused(self, taken: str, home: HomePage) -> None:
        with pytest.raises(ValidationError) as fault:
            lead(taken, "/contact/")
        assert "old_path" in fault.value.message_dict

    def test_one_address_leads_to_one_place(self, home: HomePage) -> None:
        lead("/old/", "/about/")
        with pytest.raises(ValidationError):
            lead("/old", "/contact/")

    def test_a_gone_address_may_lead_on_after_all(self, home: HomePage, client: Client) -> None:
        take_down(page=challenges(), words="", see_page=None, see_address="", with_below=False, by=BY)
        lead("/the-challenges/", "/about/")
        assert client.get("/the-challenges/").status_code == 301

    def test_removing_it_ends_it(self, writer: Client, client: Client, editor: User) -> None:
        row = lead("/old/", "/about/")
        writer.post(f"/workspace/pages/addresses/{row.pk}/remove/")
        assert client.get("/old/").status_code == 404
        verbs = AuditEvent.objects.filter(actor_id=str(editor.pk)).values_list("verb", flat=True)
        assert "inform_pages.remove_redirect" in verbs

    def test_others_are_refused(self, home: HomePage, officer: User) -> None:
        row = lead("/old/", "/about/")
        for deed in (
            lambda: lead("/o/", "/about/", by=officer),
            lambda: remove_redirect(redirect=row, by=officer),
        ):
            with pytest.raises(PermissionRefused):
                deed()
