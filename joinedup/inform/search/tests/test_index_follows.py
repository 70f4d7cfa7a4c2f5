"""The index follows what is public, in the transaction of the change."""

import logging
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page, PageViewRestriction

from joinedup.foundation.organisations import actions as organisations
from joinedup.foundation.permissions import System
from joinedup.inform.pages.models import ContentPage
from joinedup.inform.search import actions, listening, sources
from joinedup.inform.search.asking import understand
from joinedup.inform.search.finding import find
from joinedup.inform.search.jobs import build
from joinedup.inform.search.models import Entry, Word
from joinedup.inform.search.tests.conftest import thing

Publish = Callable[..., ContentPage]
BY = System("test")
pytestmark = pytest.mark.django_db


def found(text: str, language: str = "en") -> list[str]:
    answers = find(understand(text, literally=True), language=language)
    return [each.href for each in [*answers.own, *answers.others]]


def test_a_page_is_found_as_soon_as_it_is_published(published: Publish) -> None:
    published("Falls clinic", "<h3>Physiotherapy</h3><p>Balance and <b>strength</b>.</p>")
    for word in ("falls", "physiotherapy", "strength"):
        assert found(word) == ["/falls-clinic/"], word


def test_a_draft_is_not_found_and_neither_is_a_page_taken_down(published: Publish) -> None:
    page = published("Falls clinic")
    page.title = "Dizziness"
    page.save_revision()
    assert found("dizziness") == []
    page.unpublish()
    assert found("falls") == []
    assert not Word.objects.filter(word="falls").exists()


def test_a_page_published_again_is_found_by_its_new_words_only(published: Publish) -> None:
    page = published("Falls clinic", "<p>Monday</p>")
    page.title = "Balance clinic"
    page.save_revision().publish()
    assert found("falls") == []
    assert found("balance") == ["/falls-clinic/"]


def test_a_page_that_is_moved_takes_those_under_it_along(published: Publish) -> None:
    old, new = published("Old place"), published("New place")
    page = published("Clinics", parent=old)
    published("Falls", parent=page)
    page.refresh_from_db()
    page.move(ContentPage.objects.get(pk=new.pk), pos="last-child")
    assert found("falls") == ["/new-place/clinics/falls/"]


def test_a_new_address_holds_for_the_pages_under_it_too(published: Publish) -> None:
    page = published("Clinics")
    published("Falls", parent=page)
    page.refresh_from_db()
    page.slug = "all-clinics"
    page.save_revision().publish()
    assert found("falls") == ["/all-clinics/falls/"]


def test_a_deleted_page_is_gone_and_so_are_those_under_it(published: Publish) -> None:
    page = published("Clinics")
    published("Falls", parent=page)
    Page.objects.get(pk=page.pk).delete()
    assert found("falls") == found("clinics") == []


def test_a_page_closed_to_the_public_is_not_found(published: Publish) -> None:
    page = published("Clinics")
    published("Falls", parent=page)
    rule = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found("falls") == found("clinics") == []
    rule.delete()
    assert found("falls") == ["/clinics/falls/"]


def test_a_change_that_is_rolled_back_leaves_the_index_as_it_was(published: Publish) -> None:
    with transaction.atomic():
        published("Falls clinic")
        assert found("falls") == ["/falls-clinic/"]
        transaction.set_rollback(True)
    assert found("falls") == []


def test_a_translation_is_an_entry_of_its_own_language(published: Publish, home: Page) -> None:
    bengali = Locale.objects.get_or_create(language_code="bn")[0]
    there = home.copy_for_translation(bengali)
    there.title = "টাওয়ার হ্যামলেটস টুগেদার"
    there.save_revision().publish()
    entry = Entry.objects.get(language="bn")
    assert (entry.title, entry.href) == ("টাওয়ার হ্যামলেটস টুগেদার", "/bn/")


def test_a_kind_is_said_in_the_language_of_the_thing_whoever_changed_it() -> None:
    for reader, language, kind in (("bn", "en", "Area"), ("en", "bn", "এলাকা")):
        with translation.override(reader):
            said = thing("Bow", kind=gettext_lazy("Area"), key=f"test.thing:1:{language}", language=language)
            actions.put(thing=said)
        assert Entry.objects.get(language=language).kind == kind
        assert actions.put(thing=said) is False


def test_an_organisation_is_found_when_added_and_by_its_new_name_when_changed() -> None:
    added = organisations.add(by=BY, name="Bow Carers", kind="voluntary", role="It helps people who care.")
    assert found("bow") == ["/about/partnership/bow-carers/"]
    organisations.change(organisation=added, by=BY, name="Poplar Carers")
    assert found("bow") == []
    assert found("poplar") == ["/about/partnership/bow-carers/"]


def test_a_page_is_published_though_the_index_fails(
    published: Publish, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(pk: int) -> None:
        raise RuntimeError("the index is broken")

    monkeypatch.setattr(sources, "page", fail)
    with caplog.at_level(logging.ERROR):
        page = published("Falls clinic")
    assert Page.objects.get(pk=page.pk).live
    assert "could not follow" in caplog.text
    assert found("falls") == []


def test_loading_a_whole_site_waits_for_the_index_to_be_built() -> None:
    with listening.until_built():
        organisations.add(by=BY, name="Bow Carers", kind="voluntary", role="It helps people who care.")
        assert found("bow") == []
    build()
    assert "/about/partnership/bow-carers/" in found("bow")
