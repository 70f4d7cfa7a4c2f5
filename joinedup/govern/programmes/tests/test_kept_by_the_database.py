"""What the database refuses, whatever code or hand writes to it."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.programmes.factories import (
    a_disagreement,
    a_partner,
    a_programme,
    a_project,
    a_result,
    a_source,
    result_fields,
)
from joinedup.govern.programmes.models import PartnerRole, Programme, Result

pytestmark = pytest.mark.django_db
DAY = datetime.date(2018, 3, 31)


def refused(make: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            make(**fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("make", [a_programme, a_project])
@pytest.mark.parametrize(
    "fields",
    [
        {"began_on": DAY, "began_precision": "day", "ended_on": DAY.replace(2015), "ended_precision": "day"},
        {"began_on": DAY},
        {"began_precision": "year"},
        {"ended_on": DAY},
        {"ended_precision": "month"},
        {"began_on": DAY, "began_precision": "hour"},
        {"status": "soon"},
        {"status": "running", "ended_on": DAY, "ended_precision": "day"},
        {"status": "planned", "ended_words": "in spring"},
        {"name": ""},
        {"purpose": ""},
    ],
)
def test_dates_in_order_and_no_more_exact_than_said(make: Any, fields: dict[str, Any]) -> None:
    assert refused(make, **fields)


def test_dates_as_known_are_taken() -> None:
    row = a_programme(
        began_on=datetime.date(2015, 3, 1), began_precision="month", ended_on=DAY, ended_precision="day"
    )
    assert row.dates == "March 2015 to 31 March 2018"


def test_a_result_is_about_a_programme_or_a_project_and_not_both() -> None:
    project = a_project()
    assert refused(Result.objects.create, **result_fields())
    assert refused(Result.objects.create, **result_fields(project=project, programme=project.programme))
    assert not refused(Result.objects.create, **result_fields(project=project))


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": ""},
        {"basis": "guessed"},
        {"compared_with": ""},
        {"by_whom": ""},
        {"statement": ""},
        {"basis": "measured", "by_whom": "Not stated"},
        {"basis": "measured", "by_whom": "unknown"},
        {"scope": "everywhere"},
        {"shown": "banner"},
        {"shown": "figure"},
        {"shown": "figure", "figure": "652"},
        {"source": None},
    ],
)
def test_no_result_without_basis_comparison_someone_and_source(fields: dict[str, Any]) -> None:
    given = result_fields(programme=a_programme()) | fields
    assert refused(Result.objects.create, **given)


@pytest.mark.parametrize("basis", ["measured", "claimed", "mixed"])
def test_the_three_ways_of_knowing_are_taken(basis: str) -> None:
    assert a_result(basis=basis).compared_with == "Nothing stated"


def test_only_one_programme_is_on_the_home_page() -> None:
    a_programme(is_featured=True)
    assert refused(a_programme, is_featured=True)
    assert not refused(a_programme, is_featured=False)


def test_an_address_stands_once() -> None:
    project = a_project()
    assert refused(a_programme, slug=project.programme.slug)
    assert refused(a_project, programme=project.programme, slug=project.slug)
    assert refused(a_project, programme=project.programme, name=project.name)
    assert not refused(a_project, slug=project.slug, name=project.name)


def test_a_project_has_one_of_the_four_places() -> None:
    assert refused(a_project, place="inside")


@pytest.mark.parametrize(
    "fields",
    [
        {"second_says": "", "second_source": None},
        {"second_says": "Ten.", "second_source": None},
        {"part": 449},
        {"part": 449, "whole": 0},
        {"question": ""},
        {"first_says": ""},
    ],
)
def test_a_disagreement_has_two_sides_and_a_whole_sum(fields: dict[str, Any]) -> None:
    assert refused(a_disagreement, programme=a_programme(), **fields)


def test_our_own_sum_may_be_the_other_side() -> None:
    row = a_disagreement(second_says="", second_source=None, part=449, whole=652)
    row.refresh_from_db()
    assert row.working is not None
    assert row.working.nearest == "68.9%"


def test_a_partner_is_one_organisation(barts: Organisation) -> None:
    programme = a_programme()
    assert refused(PartnerRole.objects.create, programme=programme)
    assert refused(PartnerRole.objects.create, programme=programme, organisation=barts, name="Another")
    assert a_partner(programme=programme, organisation=barts).called == barts.name


@pytest.mark.parametrize("fields", [{"title": ""}, {"publisher": ""}, {"published_precision": "unknown"}])
def test_a_source_is_named_and_dated_as_known(fields: dict[str, Any]) -> None:
    assert refused(a_source, **fields)


def test_what_something_rests_on_is_not_deleted() -> None:
    result = a_result()
    with pytest.raises(ProtectedError):
        result.source.delete()
    with pytest.raises(ProtectedError):
        Programme.objects.get().delete()


@pytest.mark.parametrize(
    ("make", "same"),
    [
        (a_result, {"statement": "Lit."}),
        (a_disagreement, {"question": "How many?"}),
        (a_partner, {"name": "Canal University"}),
    ],
)
def test_a_form_sent_twice_makes_one_row(make: Any, same: dict[str, str]) -> None:
    project = a_project()
    for owner in ({"project": project}, {"programme": project.programme}, {"project": a_project()}):
        assert not refused(make, **owner, **same)
        assert refused(make, **owner, **same)


def test_an_organisation_takes_part_once(barts: Organisation) -> None:
    project = a_project()
    a_partner(project=project, organisation=barts)
    assert refused(a_partner, project=project, organisation=barts)
    assert not refused(a_partner, programme=project.programme, organisation=barts)
