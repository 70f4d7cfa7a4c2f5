"""The facts the platform brings along: complete, sourced, exact, and left alone once they are there."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from conftest import loaded_for_a_file
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.govern.programmes import actions, citations
from joinedup.govern.programmes.models import Disagreement, PartnerRole, Programme, Project, Result, Source
from joinedup.govern.programmes.models.programme import PROGRAMME_TEXTS, PROJECT_TEXTS
from joinedup.govern.programmes.sample import load_pages

BY = System("test")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The programme, loaded once for this file and taken away afterwards."""
    with loaded_for_a_file(django_db_blocker, lambda: load_pages(by=BY)):
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def rows() -> dict[str, list[tuple[object, ...]]]:
    return {
        model._meta.label: sorted(model._default_manager.values_list())
        for model in apps.get_app_config("govern_programmes").get_models()
    }


def page(path: str = "/programmes/vanguard/") -> str:
    return str(Client().get(path).content.decode())


def test_a_second_run_changes_nothing() -> None:
    before, events = rows(), AuditEvent.objects.count()
    assert load_pages(by=BY) == 0
    assert rows() == before
    assert AuditEvent.objects.count() == events


def test_what_editors_changed_stays_and_what_they_took_away_does_not_come_back() -> None:
    programme, project = Programme.objects.get(), Project.objects.get(slug="red-bag")
    actions.change(row=programme, version=programme.version, by=BY, name="Renamed", is_public=False)
    actions.change(row=project, version=project.version, by=BY, purpose="Rewritten.")
    source = Source.objects.get(key="nao-2018")
    actions.change(row=source, version=source.version, by=BY, title="Retitled")
    result = Result.objects.filter(programme=programme).first()
    assert result is not None
    actions.remove(row=result, version=result.version, by=BY)
    before = rows()
    assert load_pages(by=BY) == 0
    assert rows() == before


def test_only_those_who_may_change_programmes_load_them() -> None:
    Disagreement.objects.all().delete()
    for model in (Result, PartnerRole, Project, Programme, Source):
        model.objects.all().delete()
    with pytest.raises(PermissionRefused):
        load_pages(by=VISITOR)
    assert not Source.objects.exists()
    assert load_pages(by=BY) == 1 + Project.objects.count()


def test_no_result_lacks_basis_comparison_someone_or_source() -> None:
    assert Result.objects.count() >= 30
    for result in Result.objects.select_related("source"):
        assert result.basis in Result.Basis.values
        assert result.compared_with
        assert result.by_whom
        assert result.source.url.startswith("http"), result
        assert result.source.retrieved_on


def test_every_fact_of_the_texts_names_its_source() -> None:
    for project in Project.objects.all():
        assert citations.keys_in(project.what_it_did), project
    used = citations.keys_in(*(getattr(Programme.objects.get(), name) for name in PROGRAMME_TEXTS))
    for project in Project.objects.all():
        used |= citations.keys_in(*(getattr(project, name) for name in PROJECT_TEXTS))
    for result in Result.objects.select_related("source"):
        used.add(result.source.key)
    for dispute in Disagreement.objects.select_related("first_source", "second_source"):
        used |= {dispute.first_source.key, dispute.second_source.key if dispute.second_source else ""}
    assert set(Source.objects.values_list("key", flat=True)) == used - {""}


def test_67_and_68_9_per_cent_stand_side_by_side_and_the_sum_is_right() -> None:
    share = Decimal(449) / Decimal(652) * 100
    nearest = share.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    cut = share.quantize(Decimal("0.001"), ROUND_DOWN)
    assert (str(nearest), str(cut)) == ("68.9", "68.865")
    for path in ("/programmes/vanguard/", "/programmes/vanguard/physician-response-unit/"):
        html = page(path)
        assert "67%" in html
        assert f"{nearest}%" in html
        assert f"{cut}…%" in html
    dispute = Disagreement.objects.get(part=449)
    assert f"67%. We work it out as {nearest}%" in dispute.in_short


def test_every_figure_that_is_told_with_a_sum_is_recomputed() -> None:
    assert "437" in Disagreement.objects.get(part=449).what_we_make_of_it
    assert round(Decimal("0.67") * 652) == 437
    assert Decimal(652) / 111 < 6
    assert (Decimal(1289) / 1924 * 100).quantize(Decimal("0.1")) == Decimal("67.0")
    assert (Decimal(945) / 1289 * 100).quantize(Decimal("0.1")) == Decimal("73.3")


def test_both_numbers_of_prescribers_are_shown() -> None:
    html = page("/programmes/vanguard/social-prescribing/")
    assert "10 social prescribers." in html
    assert "8 social prescribers" in html


def test_the_page_says_what_the_audit_office_found_and_that_causes_are_not_shown() -> None:
    html = page()
    assert "National Audit Office" in html
    assert "not yet proven" in html
    assert "We do not say that one thing caused another." in html
    assert "We have not seen the line for Tower Hamlets." in html


def test_dates_are_as_exact_as_their_sources() -> None:
    assert Programme.objects.get().dates == "March 2015 to 31 March 2018"
    dates = {project.slug: project.dates for project in Project.objects.all()}
    assert dates["neighbourhood-care-team"] == "June 2017 to August 2018"
    assert dates["tower-hamlets-connect"] == "19 July 2021, and it goes on"
    assert dates["red-bag"] == "We have not found its dates"


def test_what_came_before_beside_and_after_is_not_called_part_of_it() -> None:
    html = page()
    titles = [str(label) for label in Project.Place.labels]
    places = [html.index(f">{title}</h3>") for title in titles]
    assert places == sorted(places)
    assert Project.objects.get(slug="adult-integrated-care").place == "before"
    assert Project.objects.get(slug="communities-driving-change").place == "beside"


def test_every_page_of_it_answers_and_every_project_is_reached() -> None:
    html = page()
    for project in Project.objects.select_related("programme"):
        assert f'href="{project.get_absolute_url()}"' in html
        inner = page(project.get_absolute_url())
        assert project.name.replace("'", "&#x27;") in inner
        assert not re.search(r"\[[a-z0-9-]+\]", re.sub(r"<[^>]+>", "", inner)), project


def test_words_that_hide_are_not_used() -> None:
    words = [row for rows_of in rows().values() for row in rows_of]
    text = " ".join(str(cell) for row in words for cell in row if isinstance(cell, str)).casefold()
    for word in ("[not seen]", "[recalled]", "[inferred]", "leverage", "signposting", "service user"):
        assert word not in text
