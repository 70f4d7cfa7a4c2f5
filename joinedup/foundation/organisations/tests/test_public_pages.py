"""What anyone reads: who is in the partnership, and what each organisation does."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundation.organisations.models import Organisation, PartnerMembership

pytestmark = pytest.mark.django_db
ADDRESS = "/about/partnership/"


@pytest.fixture
def partners(barts, elft):
    """Barts certainly since March 2015; ELFT by August 2017."""
    for organisation, day, words in [
        (barts, "2015-03-31", "by March 2015"),
        (elft, "2017-08-11", "by August 2017"),
    ]:
        PartnerMembership.objects.create(
            organisation=organisation,
            started_latest=datetime.date.fromisoformat(day),
            started_words=words,
            started_source="Terms of reference: https://towerhamletstogether.com/5246-2/ <b>",
        )
    return barts, elft


def names(rows):
    return [row["organisation"].name for row in rows]


class TestOnADay:
    def test_today_unless_a_day_is_named(self, client, partners):
        response = client.get(ADDRESS)
        assert "Partners today" in response.content.decode()
        assert len(response.context["certain"]) == 2
        assert response.context["perhaps"] == []

    @pytest.mark.parametrize(
        "query",
        [{"day": "2017-06-01"}, {"day_day": "1", "day_month": "6", "day_year": "2017"}],
        ids=["iso", "boxes"],
    )
    def test_a_past_day_shows_who_certainly_was_and_who_may_have_been(self, client, partners, query):
        response = client.get(ADDRESS, query)
        text = response.content.decode()
        assert "Partners on 1 June 2017" in text
        assert names(response.context["certain"]) == ["Barts Health NHS Trust"]
        assert names(response.context["perhaps"]) == ["East London NHS Foundation Trust"]
        assert "1 organisation was certainly a partner" in text
        assert "Joined: by August 2017" in text
        assert 'href="https://towerhamletstogether.com/5246-2/"' in text
        assert "&lt;b&gt;" in text
        assert 'value="2017"' in text

    def test_a_day_when_nobody_is_certain_says_so(self, client, partners):
        assert (
            "certainly a partner on that day" in client.get(ADDRESS, {"day": "2013-01-01"}).content.decode()
        )

    def test_a_day_to_come_is_said_to_be_one(self, client, partners):
        year = timezone.localdate().year + 2
        assert "still to come" in client.get(ADDRESS, {"day": f"{year}-01-01"}).content.decode()

    @pytest.mark.parametrize(
        ("query", "complaint"),
        [
            ({"day": "2017-02-31"}, "Enter a real date"),
            ({"day": "yesterday"}, "Enter a real date"),
            ({"day": "17-06-01"}, "Enter a real date"),
            ({"day": "😀"}, "Enter a real date"),
            ({"day": "\x00"}, "Enter a real date"),
            ({"day": "<script>alert(1)</script>"}, "Enter a real date"),
            ({"day_day": "1", "day_month": "", "day_year": "2017"}, "Enter a real date"),
            ({"day": "0001-01-01"}, "Enter a year between 2013 and"),
            ({"day": "9999-12-31"}, "Enter a year between 2013 and"),
        ],
    )
    def test_a_wrong_day_gets_an_error_beside_the_field_and_no_list(self, client, partners, query, complaint):
        response = client.get(ADDRESS, query)
        text = response.content.decode()
        assert response.status_code == 200
        assert text.count(complaint) == 2  # in the summary and beside the field
        assert 'href="#id_day_day"' in text
        assert 'id="id_day-error"' in text
        assert "Barts Health" not in text
        assert "<script>alert" not in text

    def test_empty_boxes_mean_today(self, client, partners):
        query = {"day_day": "", "day_month": "", "day_year": ""}
        assert "Partners today" in client.get(ADDRESS, query).content.decode()

    def test_the_number_of_queries_does_not_grow(self, client, partners, django_assert_max_num_queries):
        for number in range(20):
            organisation = Organisation.objects.create(
                name=f"Sample: {number}", slug=f"s{number}", kind="nhs"
            )
            PartnerMembership.objects.create(
                organisation=organisation,
                started_latest=datetime.date(2020, 1, 1),
                started_words="by 2020",
                started_source="A list",
            )
        client.get(ADDRESS)
        with django_assert_max_num_queries(12):
            client.get(ADDRESS, {"day": "2018-01-01"})

    def test_nothing_can_be_sent(self, client):
        assert client.post(ADDRESS).status_code == 405


class TestAProfile:
    def test_it_says_what_is_known_and_how(self, client, partners):
        Organisation.objects.filter(slug="barts-health").update(
            role="It runs two hospitals.",
            contact_phone="020 7946 0123",
            contact_email="hello@barts.example",
            website="https://www.bartshealth.nhs.uk",
        )
        text = client.get(f"{ADDRESS}barts-health/").content.decode()
        for words in ("It runs two hospitals.", "R1H", "NHS", "by March 2015", "Terms of reference"):
            assert words in text
        assert 'href="tel:02079460123"' in text
        assert 'href="mailto:hello@barts.example"' in text

    def test_what_is_not_known_is_left_out(self, client):
        Organisation.objects.create(name="Sample: a group", slug="group", kind="voluntary")
        text = client.get(f"{ADDRESS}group/").content.decode()
        assert "Charity number" not in text
        assert "no record that it is or was a partner" in text

    def test_an_end_is_told_with_its_source(self, client, partners):
        PartnerMembership.objects.filter(organisation__slug="elft").update(
            ended_earliest=datetime.date(2018, 4, 1),
            ended_latest=datetime.date(2018, 4, 1),
            ended_words="on 1 April 2018",
            ended_source="A letter",
        )
        text = client.get(f"{ADDRESS}elft/").content.decode()
        assert "Left: on 1 April 2018" in text
        assert "A letter" in text

    def test_the_public_page_offers_no_change(self, client_for, administrator, partners):
        assert "/workspace/organisations/memberships/" not in (
            client_for(administrator).get(f"{ADDRESS}elft/").content.decode()
        )

    def test_an_unknown_one_is_not_found(self, client):
        assert client.get(f"{ADDRESS}nobody/").status_code == 404

    def test_its_address_is_its_own(self, barts):
        assert barts.get_absolute_url() == f"{ADDRESS}barts-health/"
