"""The list of what people said: filters, search, pages, and how little it asks of the database."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.involve.contributions.actions.answering import assign
from joinedup.involve.contributions.actions.speaking import add_words, withdraw
from joinedup.involve.contributions.factories import given_to, sent
from joinedup.involve.contributions.tests.test_answering import written

pytestmark = pytest.mark.django_db
URL = "/workspace/contributions/"


@pytest.fixture
def listed(client_for, officer):
    """The references in the list, in order, for a filter."""
    client = client_for(officer)

    def look(**query):
        return [row.reference for row in client.get(URL, query).context["page"]]

    return look


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def test_by_default_what_waits_for_an_answer_soonest_owed_first(listed, officer):
    new, old = sent().contribution, sent(words="Old", at=ago(9)).contribution
    done, gone = sent(words="Done").contribution, sent(words="Gone").contribution
    written(done, officer)
    withdraw(contribution=gone)
    assert listed() == [old.reference, new.reference]
    assert listed(state="completed") == [done.reference]
    assert listed(state="revoked") == [gone.reference]
    assert len(listed(state="all")) == 4


def test_by_kind_lateness_organisation_and_person(listed, officer, barts, elft):
    idea = sent(kind="idea").contribution
    late = sent(words="Late", at=ago(60)).contribution
    unread = sent(words="Unread", at=ago(10)).contribution
    ours, theirs = given_to(barts, officer, words="Ours"), given_to(elft, officer, words="Theirs")
    mine = assign(
        contribution=sent(words="Mine").contribution, organisation=barts, person=officer, by=officer
    )
    assert listed(kind="idea") == [idea.reference]
    assert listed(late="on") == [late.reference, unread.reference]
    assert set(listed(organisation=barts.pk)) == {ours.reference, mine.reference}
    assert listed(organisation=elft.pk) == [theirs.reference]
    assert listed(mine="on") == [mine.reference]


def test_search_looks_in_words_service_and_reference(listed):
    lift = sent().contribution
    bench = sent(words="A bench", service_or_place="Roman Road").contribution
    add_words(contribution=bench, text="A bench with a roof, a bench with arms", once="a" * 43)
    assert listed(q="LIFT") == [lift.reference]
    assert listed(q="roof") == [bench.reference]
    assert listed(q="roman") == [bench.reference]
    assert listed(q="bench") == [bench.reference]
    assert listed(q=lift.reference.lower().replace("-", " ")) == [lift.reference]
    assert listed(q=lift.reference[:8]) == [lift.reference]
    assert listed(q="nothing of the kind") == []


@pytest.mark.parametrize(
    "query",
    [
        {"q": "<script>alert(1)</script>"},
        {"q": "'; --"},
        {"q": "%"},
        {"state": "x"},
        {"organisation": "x"},
        {"page": "x"},
        {"q": "x" * 500},
        {"q": "a\x00"},
    ],
)
def test_nonsense_in_the_address_is_answered_calmly(client_for, officer, query):
    sent()
    response = client_for(officer).get(URL, query)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_partner_staff_see_only_what_was_given_to_their_organisation(
    client_for, officer, partner, barts, elft
):
    ours = given_to(barts, officer, words="Ours")
    given_to(elft, officer, words="Theirs")
    sent(words="Nobody's yet")
    client = client_for(partner)
    for query in ({}, {"state": "all"}, {"q": "theirs"}, {"organisation": elft.pk}):
        rows = {row.reference for row in client.get(URL, query).context["page"]}
        assert rows <= {ours.reference}
    assert [row.reference for row in client.get(URL).context["page"]] == [ours.reference]


def test_two_hundred_rows_cost_as_many_queries_as_two(client_for, officer, barts):
    client = client_for(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    for number in range(2):
        given_to(barts, officer, words=f"Number {number}")
    few = queries()
    for number in range(198):
        given_to(barts, officer, words=f"Number {number} of many")
    assert queries() == few <= 16
    page = client.get(URL, {"page": "4", "q": "number"})
    assert len(page.context["page"]) == 50
    assert "?q=number&amp;page=3" in page.content.decode()


def test_one_contribution_with_much_said_costs_no_more(client_for, officer, barts):
    row = given_to(barts, officer)
    client = client_for(officer)
    counts = []
    for number in range(2):
        add_words(contribution=row, text=f"More {number}", once=f"{number}" * 43)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{URL}{row.reference}/")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16
