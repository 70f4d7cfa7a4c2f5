"""The four sample measures: real figures, each as in its source, labelled for whom they are."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from joinedup.foundation.numbers.disclosure import shown
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.govern.outcomes import reading, sample
from joinedup.govern.outcomes.models import Measure

SHARED = settings.BASE_DIR.parent / "shared/data/govern"
needs_source = pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def extract(name: str) -> list[dict[str, str]]:
    return rows(sample.FOLDER / f"{name}.csv")


@needs_source
class TestEveryFigureIsTheOneOfTheSource:
    def test_of_waits(self) -> None:
        source = rows(SHARED / "barts_R1H_ae_monthly.csv")
        assert len(source) == 52
        for ours, theirs in zip(extract("seen_within_four_hours"), source, strict=True):
            assert ours["on"] == theirs["date"]
            assert int(ours["denominator"]) == int(theirs["total_attendances"])
            over = int(ours["denominator"]) - int(ours["numerator"])
            assert over == int(theirs["attendances_over_4hours"])
            assert over / int(ours["denominator"]) == pytest.approx(
                float(theirs["pct_attendance_over_4hours"]), abs=0.0051
            )

    def test_of_beds(self) -> None:
        source = rows(SHARED / "barts_R1H_beds_monthly.csv")
        assert len(source) == 41
        for ours, theirs in zip(extract("adult_beds_in_use"), source, strict=True):
            assert ours["on"] == theirs["date"]
            assert ours["numerator"] == theirs["adult_general_acute_beds_occupied"]
            assert ours["denominator"] == theirs["adult_general_acute_beds_available"]
            share = int(ours["numerator"]) / int(ours["denominator"])
            assert share == pytest.approx(float(theirs["adult_general_acute_beds_occupancy_rate"]), abs=0.001)

    def test_of_people_well_enough_to_leave(self) -> None:
        days = defaultdict(list)
        for row in rows(SHARED / "barts_R1H_no_criteria_to_reside_daily.csv"):
            if row["do_not_meet_criteria_to_reside"] not in ("", "NA"):
                days[row["date"][:7]].append(int(row["do_not_meet_criteria_to_reside"]))
        assert sum(map(len, days.values())) == 1249 - 14
        ours = {row["on"][:7]: int(row["value"]) for row in extract("well_enough_to_leave")}
        means = {month: Decimal(sum(counts)) / len(counts) for month, counts in days.items()}
        assert ours.keys() == means.keys()
        assert all(abs(ours[month] - mean) <= Decimal("0.5") for month, mean in means.items())

    def test_of_the_health_index(self) -> None:
        source = rows(SHARED / "tower_hamlets_ons_health_index.csv")
        assert {row["ltla21_code"] for row in source} == {"E09000030"}
        assert [(row["on"], float(row["value"])) for row in extract("health_index")] == [
            (f"{row['year']}-01-01", float(row["overall_score"])) for row in source
        ]


@pytest.mark.django_db
class TestLoading:
    @pytest.fixture(autouse=True)
    def _loaded(self, barts: Organisation) -> None:
        sample.load(by=System("load_sample"))

    def test_puts_four_measures_in_place_for_everyone(self) -> None:
        found = {row.slug: row.observations.count() for row in Measure.objects.public()}
        assert found == {
            "seen-within-four-hours": 52,
            "adult-beds-in-use": 41,
            "well-enough-to-leave": 41,
            "health-index": 7,
        }

    def test_twice_changes_nothing(self) -> None:
        before = list(Measure.objects.values())
        sample.load(by=System("load_sample"))
        assert list(Measure.objects.values()) == before

    def test_leaves_what_someone_changed(self) -> None:
        Measure.objects.filter(slug="health-index").update(name="Our own name")
        sample.load(by=System("load_sample"))
        assert Measure.objects.get(slug="health-index").name == "Our own name"
        assert Measure.objects.count() == 4

    def test_labels_what_is_of_a_whole_trust(self, client: Client, barts: Organisation) -> None:
        wider = Measure.objects.filter(is_wider=True)
        assert {row.area for row in wider} == {"Barts Health NHS Trust"}
        assert {row.organisation for row in wider} == {barts}
        for row in wider:
            text = client.get(row.get_absolute_url()).content.decode()
            assert "not only about Tower Hamlets residents" in text
            assert "Barts Health covers several boroughs" in text

    def test_names_publisher_and_licence(self, client: Client) -> None:
        for row in Measure.objects.all():
            text = client.get(row.get_absolute_url()).content.decode()
            assert "Open Government Licence v3.0" in text
            assert "British Red Cross (healthyr" in text

    def test_rounds_people_as_everywhere(self) -> None:
        row = Measure.objects.get(slug="well-enough-to-leave")
        stored = list(row.observations.order_by("on").values_list("value", flat=True))
        assert stored == [shown(int(each["value"])).value for each in extract("well_enough_to_leave")]

    def test_says_honestly_that_seven_years_are_too_few(self) -> None:
        result = reading.result(Measure.objects.get(slug="health-index"))
        assert result.told.message == "There are too few figures to say whether anything changed."
        assert result.told.because == "It rests on 7 figures. Fewer than 13 say little."
        assert result.usual == ""

    def test_says_what_the_rules_say_of_the_others(self) -> None:
        said = {
            result.measure.slug: (result.sign.key, result.latest.said if result.latest else "")
            for result in reading.results(Measure.objects.exclude(slug="health-index"))
        }
        assert said == {
            "seen-within-four-hours": ("common", "73.4%"),
            "adult-beds-in-use": ("improvement", "91.9%"),
            "well-enough-to-leave": ("concern", "350 people"),
        }


def test_the_readme_names_every_file() -> None:
    readme = (sample.FOLDER / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in sample.FOLDER.glob("*.csv")}
    assert files == {f"{row['file']}.csv" for row in sample.read()}
    assert all(f"`{name}`" in readme for name in files)
