"""Tying two things together, and taking it back."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import tie, untie
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.plugs import Kind, Part
from joinedup.foundation.thread.tests.conftest import DAY, Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(area: Area, officer: User) -> Link:
    return tie(start=area.put(Part.THEME), end=area.put(Part.DECISION), on=DAY, by=officer)


def test_a_link_says_what_led_to_what_and_when(link: Link, officer: User) -> None:
    assert (link.start_part, link.end_part, link.on) == (Part.THEME, Part.DECISION, DAY)
    assert link.linked_by_key == officer.actor_id


def test_it_is_in_the_record_and_public_pages_are_drawn_anew(area: Area, officer: User) -> None:
    before = current()
    made = tie(start=area.put(Part.THEME), end=area.put(Part.DECISION), on=DAY, by=officer)
    event = AuditEvent.objects.about(made).get()
    assert event.verb == "foundation_thread.tie"
    assert event.details == {"start": "test.theme:1", "end": "test.decision:1"}
    assert current() > before


def test_tying_twice_changes_nothing(link: Link, officer: User) -> None:
    again = tie(start=link.start, end=link.end, on=DAY + datetime.timedelta(days=9), by=officer)
    assert (again.pk, again.on) == (link.pk, DAY)
    assert AuditEvent.objects.filter(verb="foundation_thread.tie").count() == 1


def test_a_link_taken_back_stays_on_record_and_can_be_made_again(link: Link, officer: User) -> None:
    untie(link=link, by=officer)
    untie(link=link, by=officer)
    assert not Link.objects.standing().exists()
    again = tie(start=link.start, end=link.end, on=DAY, by=officer)
    assert again.pk != link.pk
    assert Link.objects.count() == 2
    assert AuditEvent.objects.filter(verb="foundation_thread.untie").count() == 1


def test_the_database_holds_one_standing_link_between_two_things(link: Link) -> None:
    link.pk = None
    with pytest.raises(IntegrityError):
        link.save()


@pytest.mark.parametrize("start", list(Part))
@pytest.mark.parametrize("end", list(Part))
def test_only_what_may_follow_is_tied(area: Area, officer: User, start: Part, end: Part) -> None:
    ends = area.put(start, 1), area.put(end, 2)
    if (start, end) in plugs.STEPS:
        assert tie(start=ends[0], end=ends[1], on=DAY, by=officer).pk
        return
    with pytest.raises(ValidationError, match="do not follow"):
        tie(start=ends[0], end=ends[1], on=DAY, by=officer)


def test_a_day_to_come_is_refused(area: Area, officer: User) -> None:
    with pytest.raises(ValidationError, match="still to come"):
        tie(
            start=area.put(Part.THEME),
            end=area.put(Part.DECISION),
            on=timezone.localdate() + datetime.timedelta(days=1),
            by=officer,
        )


def test_what_is_not_there_is_tied_to_nothing(area: Area, officer: User) -> None:
    with pytest.raises(ValidationError, match="not there"):
        tie(start=area.put(Part.THEME), end=("test.decision", 99), on=DAY, by=officer)
    with pytest.raises(ValidationError, match="Nothing of this kind"):
        tie(start=area.put(Part.THEME), end=("test.unknown", 1), on=DAY, by=officer)
    assert not Link.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "editor", "privacy_officer", "administrator"])
def test_who_may_not_ties_and_unties_nothing(
    who: str, area: Area, link: Link, request: pytest.FixtureRequest
) -> None:
    someone = request.getfixturevalue(who)
    for by in (someone, VISITOR):
        with pytest.raises(PermissionRefused):
            tie(start=area.put(Part.THEME, 2), end=area.put(Part.DECISION, 2), on=DAY, by=by)
        with pytest.raises(PermissionRefused):
            untie(link=link, by=by)
    assert Link.objects.standing().count() == 1


def test_two_kinds_cannot_have_one_key(area: Area) -> None:
    known = plugs.kind("test.theme")
    with pytest.raises(ValueError, match=r"'test\.theme'"):
        plugs.register(Kind("test.theme", Part.VOICE, "Voice", known.things, known.permission))
