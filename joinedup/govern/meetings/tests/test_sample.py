"""The invented boards, programme and money: marked as such, whole, and put in place once."""

import pytest
from django.test import Client

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.foundation.thread.models import Link
from joinedup.govern.meetings import sample
from joinedup.govern.meetings.factories import day
from joinedup.govern.meetings.models import Action, AgendaItem, Board, Decision, Meeting
from joinedup.govern.meetings.tests.conftest import Area
from joinedup.govern.programmes.models import Milestone, Programme
from joinedup.govern.programmes.sample import invented
from joinedup.govern.spend import sample as spend
from joinedup.govern.spend.models import Payment

pytestmark = pytest.mark.django_db
BY = System("load_sample")
THEMES = ("phones", "interpreters", "going-home", "hospital-bus", "waiting")


@pytest.fixture(autouse=True)
def _organisations(barts: Organisation, elft: Organisation) -> None:
    """Two of the sample's organisations; others stand in for those that are missing."""


def counts() -> list[int]:
    return [
        model.objects.count() for model in (Board, Meeting, AgendaItem, Decision, Action, Payment, Milestone)
    ]


def test_is_put_in_place_once() -> None:
    for _time in range(2):
        decisions = sample.load(by=BY)
        projects = invented.load(by=BY)
        budgets = spend.load(by=BY, projects=projects)
        assert set(decisions) == {
            "phones",
            "saturday-clinic",
            "going-home",
            "hospital-bus",
            "waiting",
        }
        assert set(projects) == {"phones", "going-home", "interpreters", "waiting"}
        assert set(budgets) == {"phones", "going-home", "waiting"}
        assert counts() == [2, 6, 7, 5, 7, 15, 9]


def test_shows_every_outcome_and_state() -> None:
    decisions = sample.load(by=BY)
    assert {row.outcome for row in decisions.values()} == {"agreed", "not-agreed", "put-off"}
    assert Meeting.objects.coming(day(0)).count() == 1
    assert Meeting.objects.without_minutes(day(0)).count() == 1
    assert Action.objects.overdue(day(0)).count() == 1
    assert Action.objects.filter(finished_on__isnull=False).count() == 4


def test_ties_the_themes_it_is_given(area: Area) -> None:
    themes = {key: area.theme(number) for number, key in enumerate(THEMES, 1)}
    sample.load(by=BY, themes=themes)
    assert AgendaItem.objects.exclude(about_kind="").count() == 5
    assert {link.start for link in Link.objects.all()} == {themes[k] for k in THEMES if k != "interpreters"}


def test_everything_invented_says_so() -> None:
    sample.load(by=BY)
    spend.load(by=BY, projects=invented.load(by=BY))
    for row in (*Board.objects.all(), *Programme.objects.all()):
        assert row.name.startswith("Sample: ")
        assert "invented for this demonstration" in row.purpose
    assert all(payment.payee.startswith("Sample: ") for payment in Payment.objects.all())


def test_adds_up() -> None:
    budgets = spend.load(by=BY, projects=invented.load(by=BY))
    assert budgets["phones"].money.title == "£120,000 agreed, £35,400 spent by 30 October 2026"
    assert budgets["going-home"].money.title == "£9,500 agreed, £8,325.75 spent by 30 October 2024"


def test_its_pages_are_served() -> None:
    sample.load(by=BY)
    projects = invented.load(by=BY)
    spend.load(by=BY, projects=projects)
    rows = [*Board.objects.all(), *Meeting.objects.all(), *projects.values()]
    for path in ("/meetings/", "/spend/", *(row.get_absolute_url() for row in rows)):
        assert Client().get(path).status_code == 200, path


def test_without_organisations_has_no_boards() -> None:
    Organisation.objects.all().delete()
    assert sample.load(by=BY) == {}
