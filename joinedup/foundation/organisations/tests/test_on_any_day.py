"""Who is in the partnership on a day: certain, possible or neither, whatever the spans."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.foundation.organisations.models import Organisation, PartnerMembership

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(2010, 1, 1), datetime.date(2030, 12, 31))
told = {"started_words": "by then", "started_source": "A list"}
left = {"ended_words": "by then", "ended_source": "Another list"}


@st.composite
def spans(draw):
    """Start and end of a membership, as far as sources tell: any that the database takes."""
    first, second, third, fourth = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    earliest = draw(st.sampled_from([None, first]))
    ended = {"ended_earliest": third, "ended_latest": fourth} | left if draw(st.booleans()) else {}
    return {"started_earliest": earliest, "started_latest": second} | told | ended


def membership(**fields):
    return PartnerMembership(organisation=Organisation(name="Sample"), **(told | fields))


class TestTheRule:
    @given(spans(), days)
    def test_certain_is_possible(self, fields, day):
        row = membership(**fields)
        assert not row.is_certain_on(day) or row.is_possible_on(day)

    @given(spans())
    def test_outside_the_widest_span_it_is_neither(self, fields):
        row = membership(**fields)
        outside = [row.started_earliest - DAY] if row.started_earliest else []
        outside += [row.ended_latest, row.ended_latest + DAY] if row.ended_latest else []
        assert not any(row.is_possible_on(day) or row.is_certain_on(day) for day in outside)

    @given(spans(), st.tuples(days, days, days))
    def test_between_two_days_with_an_answer_the_answer_is_the_same(self, fields, three):
        """Monotone: no gap opens inside a membership."""
        first, middle, last = sorted(three)
        row = membership(**fields)
        for answer in (row.is_certain_on, row.is_possible_on):
            if answer(first) and answer(last):
                assert answer(middle)

    @given(spans(), days, days)
    def test_knowing_more_never_takes_a_certain_day_or_adds_a_possible_one(self, fields, one, other):
        """A start moved earlier within its span makes more days certain, and no more days possible."""
        row, better = membership(**fields), membership(**fields)
        low = row.started_earliest or datetime.date(2009, 1, 1)
        better.started_latest = max(low, min(row.started_latest, one))
        assert better.is_certain_on(other) or not row.is_certain_on(other)
        assert row.is_possible_on(other) or not better.is_possible_on(other)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(st.lists(spans(), min_size=1, max_size=3), days)
    def test_the_database_answers_as_the_row_does(self, barts, many, day):
        with transaction.atomic():
            rows = [PartnerMembership.objects.create(organisation=barts, **fields) for fields in many]
            certain = any(row.is_certain_on(day) for row in rows)
            possible = any(row.is_possible_on(day) for row in rows)
            assert list(Organisation.objects.partners_on(day)) == [barts] * certain
            assert list(Organisation.objects.perhaps_partners_on(day)) == [barts] * (possible and not certain)
            transaction.set_rollback(True)


class TestBy2017:
    """It had joined at the latest when 2017 ended, and we do not know when."""

    @pytest.fixture
    def joined(self, barts):
        return PartnerMembership.objects.create(
            organisation=barts,
            started_latest=datetime.date(2017, 12, 31),
            started_words="by 2017",
            started_source="A list",
        )

    @pytest.mark.parametrize(
        ("day", "certain", "perhaps"),
        [("2012-01-01", 0, 1), ("2017-12-30", 0, 1), ("2017-12-31", 1, 0), ("2040-01-01", 1, 0)],
    )
    def test_before_perhaps_after_certainly(self, joined, day, certain, perhaps):
        day = datetime.date.fromisoformat(day)
        assert Organisation.objects.partners_on(day).count() == certain
        assert Organisation.objects.perhaps_partners_on(day).count() == perhaps

    def test_an_exact_day_leaves_no_doubt(self, joined):
        joined.started_earliest = joined.started_latest
        joined.ended_earliest = joined.ended_latest = datetime.date(2018, 4, 1)
        joined.ended_words, joined.ended_source = "on 1 April 2018", "A letter"
        joined.save()
        for day, certain in [("2017-12-30", 0), ("2017-12-31", 1), ("2018-03-31", 1), ("2018-04-01", 0)]:
            found = datetime.date.fromisoformat(day)
            assert Organisation.objects.partners_on(found).count() == certain
            assert Organisation.objects.perhaps_partners_on(found).count() == 0

    @pytest.mark.parametrize(
        ("day", "certain", "perhaps"),
        [("2018-03-31", 1, 0), ("2018-04-01", 0, 1), ("2023-12-30", 0, 1), ("2023-12-31", 0, 0)],
    )
    def test_between_the_days_of_its_end_it_is_perhaps_a_partner(self, joined, day, certain, perhaps):
        joined.ended_earliest, joined.ended_latest = datetime.date(2018, 4, 1), datetime.date(2023, 12, 31)
        joined.ended_words, joined.ended_source = "by the end of 2023", "A page"
        joined.save()
        day = datetime.date.fromisoformat(day)
        assert Organisation.objects.partners_on(day).count() == certain
        assert Organisation.objects.perhaps_partners_on(day).count() == perhaps

    def test_an_organisation_is_listed_once_though_it_was_twice_a_partner(self, joined, barts):
        PartnerMembership.objects.create(organisation=barts, started_latest=datetime.date(2016, 1, 1), **told)
        assert Organisation.objects.partners_on(datetime.date(2020, 1, 1)).count() == 1

    def test_today_is_one_of_the_days(self, joined, barts, elft):
        assert list(Organisation.objects.partners_today()) == [barts]


class TestTheDatabaseRefuses:
    D = datetime.date

    @pytest.mark.parametrize(
        "fields",
        [
            {"started_earliest": D(2018, 1, 2), "started_latest": D(2018, 1, 1)},
            {"started_latest": D(2018, 1, 1), "started_words": ""},
            {"started_latest": D(2018, 1, 1), "started_source": ""},
            {"started_latest": D(2018, 1, 1), "ended_earliest": D(2019, 1, 1)},
            {"started_latest": D(2018, 1, 1), "ended_latest": D(2019, 1, 1)} | left,
            {"started_latest": D(2018, 1, 1), "ended_earliest": D(2019, 1, 2), "ended_latest": D(2019, 1, 1)}
            | left,
            {"started_latest": D(2018, 1, 1), "ended_earliest": D(2017, 1, 1), "ended_latest": D(2019, 1, 1)}
            | left,
            {"started_latest": D(2018, 1, 1), "ended_earliest": D(2019, 1, 1), "ended_latest": D(2019, 1, 1)},
        ],
    )
    def test_spans_that_run_backwards_or_have_no_source(self, barts, fields):
        with pytest.raises(IntegrityError), transaction.atomic():
            PartnerMembership.objects.create(organisation=barts, **(told | fields))
        with pytest.raises(ValidationError):
            PartnerMembership(organisation=barts, **(told | fields)).full_clean()
