"""The pages themselves: what they show, the site maps, and the files robots read."""

import datetime
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation, PartnerMembership
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.inform.pages.actions import open_site, put_page
from joinedup.inform.pages.models import ContentPage, HomePage, PolicyPage
from joinedup.inform.pages.sample import load_pages


def partner(organisation: Organisation, **span: datetime.date) -> None:
    PartnerMembership.objects.create(
        organisation=organisation,
        started_latest=datetime.date(2017, 12, 31),
        started_words="by 2017",
        started_source="A list of 2017",
        **span,
        **({"ended_words": "in 2020", "ended_source": "A list of 2020"} if span else {}),
    )


def test_the_home_page_lists_the_partners_of_today(
    home: HomePage, barts: Organisation, client: Client
) -> None:
    partner(barts)
    html = client.get("/").content.decode()
    assert "Barts Health NHS Trust" in html
    assert "/about/partnership/barts-health/" in html


def test_the_home_page_leaves_out_who_has_left(home: HomePage, barts: Organisation, client: Client) -> None:
    partner(barts, ended_earliest=datetime.date(2020, 1, 1), ended_latest=datetime.date(2020, 12, 31))
    assert "Barts Health NHS Trust" not in client.get("/").content.decode()


def test_the_newsletter_box_posts_to_the_newsletter_without_a_token(home: HomePage, client: Client) -> None:
    html = client.get("/").content.decode()
    box = html[html.index('action="/newsletter/"') :]
    assert "csrfmiddlewaretoken" not in html
    assert 'name="email"' in box


def test_the_home_page_sets_no_cookie(home: HomePage, client: Client) -> None:
    assert client.get("/").cookies == {}


def test_a_policy_shows_its_version_and_earlier_ones(home: HomePage, client: Client) -> None:
    privacy = PolicyPage.objects.get(slug="privacy")
    old = PolicyPage(
        title="Privacy, version 0.9", slug="version-0-9", version="0.9", in_force_from="2026-01-01"
    )
    put_page(page=old, parent=privacy, by=System("test"))
    html = client.get("/privacy/").content.decode()
    assert "Version 1.0, in force from 23 November 2026." in html
    assert "/privacy/version-0-9/" in html


def test_a_page_lists_the_pages_under_it(home: HomePage, client: Client) -> None:
    html = client.get("/about/").content.decode()
    assert "/about/governance/" in html
    assert "/about/history/" in html


def test_a_draft_is_not_public(home: HomePage, client: Client) -> None:
    ContentPage.objects.get(slug="about").unpublish()
    assert client.get("/about/").status_code == 404
    assert "/about/</loc>" not in client.get("/sitemap.xml").content.decode()


def test_a_page_goes_live_when_its_hour_comes(
    home: HomePage, client: Client, worker_round: Callable[[], None]
) -> None:
    page = ContentPage(
        title="Later", slug="later", live=False, go_live_at=timezone.now() + datetime.timedelta(hours=1)
    )
    home.add_child(instance=page)
    page.save_revision(approved_go_live_at=page.go_live_at)
    worker_round()
    assert client.get("/later/").status_code == 404
    page.go_live_at = timezone.now() - datetime.timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    worker_round()
    assert client.get("/later/").status_code == 200


def test_the_xml_site_map_names_every_public_page_and_door(home: HomePage, client: Client) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = {place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    paths = {(place or "").partition("testserver")[2] for place in places}
    assert {"/", "/about/history/", "/newsletter/", "/have-your-say/"} <= paths


def test_the_site_map_for_people_names_the_same(home: HomePage, client: Client) -> None:
    html = client.get("/sitemap/").content.decode()
    for path in ("/about/history/", "/newsletter/", "/have-your-say/", "/about/partnership/"):
        assert f'href="{path}"' in html


@pytest.mark.django_db
def test_robots_are_kept_out_of_the_workspace_and_personal_links(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /workspace/" in text
    assert "Disallow: /have-your-say/your-reference/" in text


@pytest.mark.django_db
def test_security_txt_has_a_contact_and_an_end(client: Client) -> None:
    fields = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    end = datetime.datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%S%z")
    assert fields["Contact"].startswith("mailto:")
    assert datetime.timedelta(days=100) < end - timezone.now() < datetime.timedelta(days=365)


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_what_to_do(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "/sitemap/" in answer.content.decode() or "/contact/" in answer.content.decode()


def test_only_those_who_may_publish_put_pages_in_place(home: HomePage) -> None:
    with pytest.raises(PermissionRefused):
        put_page(page=ContentPage(title="x", slug="x"), parent=home, by=VISITOR)


def test_only_those_who_may_publish_open_the_site(home: HomePage, stranger: User) -> None:
    pages = HomePage.objects.count()
    for nobody in (VISITOR, stranger):
        with pytest.raises(PermissionRefused):
            open_site(home=HomePage(title="x", slug="x"), by=nobody)
    assert HomePage.objects.count() == pages


def test_opening_the_site_is_in_the_record_and_points_it_at_the_home_page(home: HomePage) -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_page_id == home.pk
    assert AuditEvent.objects.about(site).get().verb == "inform_pages.open_site"


def test_loading_the_pages_again_keeps_what_editors_changed(home: HomePage) -> None:
    page = ContentPage.objects.get(slug="about")
    page.title = "Changed by an editor"
    page.save()
    assert load_pages(by=System("test")) == 0
    page.refresh_from_db()
    assert page.title == "Changed by an editor"
