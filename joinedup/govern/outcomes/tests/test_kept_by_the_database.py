"""What the database itself refuses, whichever it is."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from joinedup.foundation.identity.models import User
from joinedup.govern.outcomes.factories import BEGAN, a_measure, a_rebase, a_redefinition
from joinedup.govern.outcomes.models import Measure, Observation, Rebase
from joinedup.govern.outcomes.observations import _kept

pytestmark = pytest.mark.django_db


def refused(make: Callable[..., object], *args: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            make(*args, **fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "fields",
    [
        {"direction": "neutral", "target": Decimal(5)},
        {"fix_first": 11},
        {"of_people": True, "unit": "number"},
        {"of_people": True, "unit": "people"},
        {"unit": "miles"},
        {"every": "week"},
        {"direction": "sideways"},
        {"name": ""},
        {"slug": ""},
        {"counts": ""},
        {"area": ""},
        {"publisher": ""},
    ],
)
def test_a_measure_is_of_a_known_kind_and_says_what_it_is(fields: dict[str, Any]) -> None:
    assert refused(a_measure, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"direction": "neutral"},
        {"target": Decimal(0)},
        {"fix_first": 12},
        {"of_people": True, "unit": "percent"},
    ],
)
def test_a_measure_as_it_may_be_is_kept(fields: dict[str, Any]) -> None:
    assert not refused(a_measure, **fields)


def test_two_measures_have_two_addresses() -> None:
    a_measure(slug="walks")
    assert refused(a_measure, slug="walks")


def test_a_day_has_one_figure() -> None:
    measure = a_measure([1])
    assert refused(Observation.objects.create, measure=measure, on=BEGAN, value=Decimal(2))
    assert not refused(Observation.objects.create, measure=a_measure(), on=BEGAN, value=Decimal(2))


@pytest.mark.parametrize(
    ("above", "below", "is_refused"),
    [
        (1, 2, False),
        (0, 2, False),
        (None, None, False),
        (1, None, True),
        (None, 2, True),
        (1, 0, True),
        (1, -2, True),
    ],
)
def test_a_share_has_both_its_parts_and_is_of_something(
    above: int | None, below: int | None, is_refused: bool
) -> None:
    fields = {"measure": a_measure(), "on": BEGAN, "value": Decimal(50)}
    assert refused(Observation.objects.create, numerator=above, denominator=below, **fields) is is_refused


def test_a_hidden_figure_cannot_stand_beside_its_parts() -> None:
    fields = {"measure": a_measure(), "on": BEGAN, "value": None}
    assert refused(Observation.objects.create, numerator=1, denominator=20, **fields)
    assert not refused(Observation.objects.create, **fields)


def test_limits_are_set_anew_once_from_a_day_and_again_after_that_was_undone() -> None:
    measure = a_measure([1, 2])
    row = a_rebase(measure, BEGAN)
    assert refused(a_rebase, measure, BEGAN)
    Rebase.objects.filter(pk=row.pk).update(undone_at=timezone.now())
    assert not refused(a_rebase, measure, BEGAN)


def test_limits_are_not_set_anew_without_a_reason() -> None:
    assert refused(a_rebase, a_measure([1]), BEGAN, reason="")


def test_who_undid_it_did_so_at_some_time(manager: User) -> None:
    assert refused(a_rebase, a_measure([1]), BEGAN, undone_by=manager)


@pytest.mark.parametrize("fields", [{"number": 1}, {"what_changed": ""}])
def test_another_definition_has_a_number_and_says_what_changed(fields: dict[str, Any]) -> None:
    assert refused(a_redefinition, a_measure([1]), BEGAN, **fields)


def test_definitions_are_numbered_once_and_begin_on_different_days() -> None:
    measure = a_measure([1])
    a_redefinition(measure, BEGAN)
    assert refused(a_redefinition, measure, BEGAN)
    assert refused(a_redefinition, measure, BEGAN.replace(day=2), number=2)


def test_a_measure_with_figures_is_not_deleted(manager: User) -> None:
    measure = a_measure([1, 2])
    with pytest.raises(ProtectedError):
        measure.delete()
    row = a_rebase(a_measure([1, 2]), BEGAN, made_by=manager)
    with pytest.raises(ProtectedError):
        row.measure.delete()


class TestAnyFigure(TestCase):
    @given(st.decimals(-(10**13) + 1, 10**13 - 1, allow_nan=False, places=8))
    def test_comes_back_as_it_was_kept(self, value: Decimal) -> None:
        kept = _kept(value)
        measure, _new = Measure.objects.get_or_create(
            slug="any", name="Any", counts="x", unit="number", every="day", direction="neutral",
            area="x", publisher="x",
        )  # fmt: skip
        Observation.objects.update_or_create(
            measure=measure, on=datetime.date(2024, 1, 1), defaults={"value": kept}
        )
        assert Observation.objects.get(measure=measure).value == kept
