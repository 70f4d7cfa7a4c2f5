"""Counts of 1 to 7 people: gone before anything is stored, so nothing that is shown can hold them."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.numbers.disclosure import shown
from joinedup.govern.outcomes import actions, observations, reading, thread
from joinedup.govern.outcomes.factories import BEGAN, a_file, a_measure
from joinedup.govern.outcomes.models import Measure, Observation
from joinedup.govern.outcomes.observations import Figure, published

FEBRUARY, MARCH = datetime.date(2024, 2, 1), datetime.date(2024, 3, 1)


def people(**fields: Any) -> Measure:
    return a_measure(unit="people", direction="decrease", **fields)


def figure(value: int, above: int | None = None, below: int | None = None) -> Figure:
    parts = (None if each is None else Decimal(each) for each in (above, below))
    return Figure(2, BEGAN, Decimal(value), *parts)


class TestWhatIsStored:
    @given(st.integers(0, 10_000))
    def test_is_what_may_be_published(self, many: int) -> None:
        told = published(figure(many), Measure(unit="people")).value
        assert told == shown(many).value
        assert told is None or told == 0 or told >= 10

    @given(st.integers(0, 500), st.integers(1, 500))
    def test_of_a_share_is_made_of_rounded_parts_alone(self, above: int, below: int) -> None:
        above, below = sorted((above, below))
        below = max(below, 1)
        told = published(figure(0, above, below), Measure(unit="percent", of_people=True))
        part, whole = shown(above), shown(below)
        if part.value is None or not whole.value:
            assert (told.value, told.numerator, told.denominator) == (None, None, None)
        else:
            assert (told.numerator, told.denominator) == (part.value, whole.value)
            assert told.value == pytest.approx(
                100 * Decimal(part.value) / whole.value, abs=Decimal("0.000001")
            )

    def test_of_anything_else_stays_as_it_is(self) -> None:
        for unit in ("number", "days", "pounds", "index"):
            assert published(figure(3), Measure(unit=unit)).value == 3
        share = published(figure(50, 3, 6), Measure(unit="percent"))
        assert (share.value, share.numerator, share.denominator) == (50, 3, 6)

    @pytest.mark.parametrize("value", [Decimal("2.5"), Decimal(-1)])
    def test_is_never_half_a_person_or_fewer_than_none(self, value: Decimal) -> None:
        with pytest.raises(ValueError, match="whole number"):
            published(Figure(2, BEGAN, value), Measure(unit="people"))


@pytest.mark.parametrize(
    ("unit", "row", "said"),
    [
        ("people", "2024-01-01,2.5,,", "write a whole number"),
        ("people", "2024-01-01,-3,,", "write a whole number"),
        ("percent", "2024-01-01,50,,", "Give the numerator and the denominator"),
        ("percent", "2024-01-01,,2.5,10", "are whole numbers"),
        ("percent", "2024-01-01,,12,10", "cannot be more"),
    ],
)
def test_a_row_that_counts_no_people_is_refused_in_words(unit: str, row: str, said: str) -> None:
    measure = Measure(unit=unit, every="month", of_people=unit == "percent")
    content = a_file(row, headings="on,value,numerator,denominator")
    found = observations.read(content, measure, today=MARCH)
    assert found.figures == {}
    assert said in found.faults[0].problem


@pytest.mark.django_db
class TestKeeping:
    def test_a_change_that_nobody_may_see_is_no_change(self, manager: User) -> None:
        row = people()
        for before, after in ((3, 5), (11, 12)):
            actions.observe(measure=row, figures=[figure(before)], by=manager)
            kept = actions.observe(measure=row, figures=[figure(after)], by=manager)
            assert (kept.changed, kept.same) == (0, 1)

    def test_a_change_that_may_be_seen_is_told_as_it_is_published(self, manager: User) -> None:
        row = people()
        actions.observe(measure=row, figures=[figure(3)], by=manager)
        kept = actions.observe(measure=row, figures=[figure(23)], by=manager)
        assert kept.changes == (actions.Changed(BEGAN, None, Decimal(25)),)

    def test_half_a_person_is_refused_and_nothing_kept(self, manager: User) -> None:
        row = people()
        with pytest.raises(ValidationError):
            actions.observe(measure=row, figures=[Figure(2, BEGAN, Decimal("2.5"))], by=manager)
        assert not row.observations.exists()


@pytest.mark.django_db
class TestWhatIsSaid:
    def test_nothing_is_judged_where_a_figure_is_hidden(self) -> None:
        result = reading.result(people(values=[20, 15] * 8 + [None, 60]))
        assert result.told.message == (
            "Some figures are too small to show, so we cannot say whether anything changed."
        )
        assert (result.sign.key, result.usual, result.average) == ("open", "", "")
        assert result.told.target == ""

    def test_what_was_hidden_before_limits_were_set_anew_no_longer_matters(self, manager: User) -> None:
        row = people(values=[20, None, 20, *[30, 35] * 8])
        actions.set_anew(measure=row, on=datetime.date(2024, 4, 1), reason="x", by=manager)
        result = reading.result(row)
        assert result.told.message == "No real change: it goes up and down as it usually does."
        assert [line.sign.key for line in result.lines[:3]] == ["open"] * 3

    def test_limits_set_anew_on_a_hidden_day_count_from_the_next_that_is_shown(self, manager: User) -> None:
        row = people(values=[20] * 14 + [None] + [40, 45] * 7)
        actions.set_anew(measure=row, on=datetime.date(2025, 3, 1), reason="x", by=manager)
        chart = reading.result(row).chart
        assert chart is not None
        assert [point.group for point in chart.points] == [0] * 14 + [1] * 14

    def test_a_latest_figure_that_is_hidden_is_the_latest_all_the_same(self, client: Client) -> None:
        row = people(values=[20] * 15 + [None])
        latest = reading.result(row).latest
        assert latest is not None
        assert (latest.said, latest.when) == ("1 to 7 people", "Apr 2025")
        assert "1 to 7 people" in client.get("/measures/").content.decode()

    def test_where_every_figure_is_hidden_there_is_no_chart_and_the_page_says_why(
        self, client: Client
    ) -> None:
        row = people(values=[None, None])
        html = client.get(row.get_absolute_url()).content.decode()
        assert "There are too few people to show any figure." in html
        assert '<svg class="jo-chart__picture' not in html
        assert client.get("/measures/").status_code == 200

    def test_nought_stays_nought(self, client: Client, manager: User) -> None:
        row = people()
        actions.observe(measure=row, figures=[figure(0)], by=manager)
        assert "<b>0 people</b>" in client.get(row.get_absolute_url()).content.decode()


# Secrets no page holds by chance: rounded they are 31415, 92655 and hidden.
EXACT = [31416, 92653, 3]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["people", "shares"])
def test_no_output_anywhere_holds_an_exact_count(
    keeper: Client, client: Client, kind: str, tmp_path: Any
) -> None:
    """Walks all of it: pages, pictures, files, search, thread, worklist, record, and every table."""
    if kind == "people":
        row = people(name="Kept people")
        lines = [f"2024-0{place + 1}-01,{many},," for place, many in enumerate(EXACT)]
    else:
        row = a_measure(name="Kept people", unit="percent", of_people=True)
        lines = [f"2024-0{place + 1}-01,,{many},{many + 50000}" for place, many in enumerate(EXACT)]
    content = a_file(*lines, headings="on,value,numerator,denominator")
    page = f"/workspace/measures/{row.slug}/"
    outputs = [
        keeper.post(page + "figures/", {"file": SimpleUploadedFile("f.csv", content)}).content.decode()
        for _twice in range(2)
    ]
    call_command("build_search_index", verbosity=0)
    pages = [row.get_absolute_url(), f"/measures/{row.slug}.csv", "/measures/", "/search/?q=kept+people"]
    outputs += [client.get(each).content.decode() for each in pages]
    staff = [
        page,
        "/workspace/measures/",
        page + "change/",
        page + "limits/",
        page + "figures/",
        "/workspace/",
    ]
    outputs += [keeper.get(each).content.decode() for each in staff]
    outputs += [str(thread.things([row.pk])), str(list(AuditEvent.objects.values())), tables()]
    for output in outputs:
        assert output
        for secret in ("31416", "92653", "31,416", "92,653", "50003", "81416", "142653"):
            assert secret not in output
    stored = Observation.objects.get(on=MARCH)
    assert (stored.value, stored.numerator, stored.denominator) == (None, None, None)
    public = outputs[2]
    assert re.search(r"<td class=\"jo-chart__number\">(1 to 7|Too few people to say)</td>", public)


def tables() -> str:
    """Every cell of every table of measures, the record and search."""
    found = []
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            if name.startswith(("govern_outcomes", "foundation_audit", "inform_search", "joinedup_cache")):
                cursor.execute(f'SELECT * FROM "{name}"')
                found.append(str(cursor.fetchall()))
    return "\n".join(found)
