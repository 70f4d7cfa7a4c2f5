"""What the thread promises, broken on purpose: the check names each place by key, and nobody."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundation.promises import Promise, promises, register
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.hearing import say
from joinedup.foundation.thread.actions.telling import carry_on
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import Form, Owed, Part
from joinedup.foundation.thread.tests.conftest import BY, DAY, Area, chain_of, told_people

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def broken(key: str, day: datetime.date = TODAY) -> list[str]:
    [promise] = [each for each in promises() if each.key == f"foundation_thread.{key}"]
    return list(promise.broken(day))


def in_days(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


def test_all_is_kept_where_everyone_was_told(area: Area) -> None:
    told_people(area, Form.EMAIL, Form.REFERENCE, Form.NOBODY)
    carry_on(by=BY)
    ours = [each for each in promises() if each.key.startswith("foundation_thread.")]
    assert len(ours) == 8
    assert [place for each in ours for place in each.broken(in_days(60))] == []


def test_a_link_whose_end_is_gone_is_named(area: Area) -> None:
    chain_of(area)
    del area.held[Part.MEASURE][1]
    [place] = broken("ends")
    assert place.endswith("test.measure 1 is not there")


def test_an_email_that_did_not_go_out_is_named_after_two_days(area: Area) -> None:
    [told] = told_people(area, Form.EMAIL)
    area.broken = {1}
    carry_on(by=BY)
    assert broken("emails", in_days(2)) == []
    assert broken("emails", in_days(3)) == [
        f"telling {told.telling_id}: number {told.pk} was to get an email"
    ]


@pytest.mark.parametrize(("form", "words"), [(Form.PHONE, "a call"), (Form.LETTER, "a letter")])
def test_a_call_and_a_letter_are_named_after_two_weeks(area: Area, form: Form, words: str) -> None:
    told_people(area, form)
    assert broken("by-hand", in_days(14)) == []
    [place] = broken("by-hand", in_days(15))
    assert place.endswith(words)


def test_whoever_came_late_to_what_was_told_is_counted(area: Area) -> None:
    told_people(area, Form.EMAIL)
    assert broken("left-out") == []
    tie(start=area.voice(2), end=("test.theme", 1), on=DAY, by=BY)
    [place] = broken("left-out")
    assert place.endswith("of test.decision 1: 1 came to it after it was told")


def test_a_dispute_is_named_after_four_weeks_without_an_answer(area: Area) -> None:
    [told] = told_people(area, Form.REFERENCE)
    say(told=told, verdict="disputed")
    assert broken("disputes", in_days(28)) == []
    assert broken("disputes", in_days(29)) == [
        f"telling {told.telling_id}: number {told.pk} disputes it since {TODAY}"
    ]


def test_answers_past_the_day_we_named_are_counted_by_organisation(area: Area) -> None:
    area.owed = [Owed(7, 5, 2, DAY), Owed(8, 3, 0, DAY), Owed(None, 4, 1, DAY)]
    assert sorted(broken("answers")) == [
        "organisation 7: 2 of 5 past the day we named",
        "with nobody yet: 1 of 4 past the day we named",
    ]


def test_what_still_goes_out_to_nobody_is_named(area: Area) -> None:
    [told] = told_people(area, Form.REFERENCE)
    assert broken("settled") == []
    Telling.objects.filter(pk=told.telling_id).update(state="sending")
    assert broken("settled") == [f"telling {told.telling_id}: everyone is told, and it still goes out"]


def test_someone_of_a_kind_that_nobody_plugs_in_any_more_is_named(area: Area) -> None:
    [told] = told_people(area, Form.PHONE)
    Told.objects.update(voice_kind="test.gone")
    assert broken("voices") == [f"number {told.pk}: nobody plugs in test.gone"]


def test_two_promises_cannot_have_one_key() -> None:
    with pytest.raises(ValueError, match=r"foundation_thread\.ends"):
        register(Promise("foundation_thread.ends", "Another.", lambda _day: []))
