"""Reading the record in the workspace: narrowed, in pages, with few queries, and by the right people only."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundation.audit import triggers
from joinedup.foundation.audit.actions import record
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import System

pytestmark = pytest.mark.django_db
ADDRESS = "/workspace/audit/"


def event(verb="test.done", on="2026-03-01T12:00:00+00:00", **fields):
    row = AuditEvent(
        verb=verb, actor_kind="system", occurred_at=datetime.datetime.fromisoformat(on), **fields
    )
    row.save(force_insert=True)
    return row


def day(name, date):
    year, month, day_ = date.split("-")
    return {f"{name}_day": day_, f"{name}_month": month, f"{name}_year": year}


@pytest.fixture
def shown(client_for, privacy_officer):
    def get(**query):
        response = client_for(privacy_officer).get(ADDRESS, query)
        assert response.status_code == 200
        return list(response.context["page"].object_list)

    return get


class TestWhoMayRead:
    def test_a_visitor_is_asked_to_sign_in(self, client):
        response = client.get(ADDRESS)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/")

    def test_a_stranger_sees_nothing(self, client_for, stranger):
        assert client_for(stranger).get(ADDRESS).status_code == 403

    def test_staff_without_the_permission_see_nothing(self, client_for, officer, editor, partner):
        assert {client_for(user).get(ADDRESS).status_code for user in (officer, editor, partner)} == {403}

    def test_the_privacy_officer_and_the_administrator_read(self, client_for, privacy_officer, administrator):
        assert {client_for(user).get(ADDRESS).status_code for user in (privacy_officer, administrator)} == {
            200
        }

    def test_nothing_can_be_sent_here(self, client_for, administrator):
        assert client_for(administrator).post(ADDRESS, {"verb": "x"}).status_code == 405


class TestNarrowing:
    def test_the_newest_comes_first(self, shown):
        old, new = event(on="2026-01-01T12:00:00+00:00"), event(on="2026-01-02T12:00:00+00:00")
        assert shown() == [new, old]

    def test_by_the_beginning_of_the_verb(self, shown):
        wanted = event("foundation_identity.sign_in")
        event("foundation_messages.retry")
        assert shown(verb="foundation_identity") == [wanted]
        assert shown(verb="%") == []

    def test_by_thing_and_by_key(self, shown):
        wanted = event(subject_kind="a.b", subject_id="1")
        event(subject_kind="a.b", subject_id="12")
        event(subject_kind="a.c", subject_id="1")
        assert shown(subject_kind="a.b", subject_id="1") == [wanted]

    def test_by_who_did_it(self, shown):
        wanted = event(actor_id="7")
        event(actor_id="77")
        assert shown(actor_id="7") == [wanted]

    def test_by_days_both_included_in_local_time(self, shown):
        before = event(on="2026-06-30T22:59:59+00:00")  # a second before midnight in a British summer
        first = event(on="2026-06-30T23:00:00+00:00")
        last = event(on="2026-07-02T22:59:59+00:00")
        after = event(on="2026-07-02T23:00:00+00:00")
        assert shown(**day("first", "2026-7-1"), **day("last", "2026-7-2")) == [last, first]
        assert shown(**day("first", "2026-7-3")) == [after]
        assert shown(**day("last", "2026-6-30")) == [before]

    @pytest.mark.parametrize(
        ("query", "complaint"),
        [
            (day("first", "2026-2-31"), "real date"),
            (day("first", "x-1-2026"), "real date"),
            (day("last", "9999-12-31"), "four figures"),
            (day("first", "0001-1-1"), "four figures"),
            (day("first", "2026-3-2") | day("last", "2026-3-1"), "before"),
        ],
    )
    def test_a_wrong_day_is_said_beside_the_field_and_nothing_is_shown(
        self, client_for, administrator, query, complaint
    ):
        event()
        response = client_for(administrator).get(ADDRESS, query)
        assert complaint in response.content.decode()
        assert not response.context["page"].object_list

    @pytest.mark.parametrize(
        "text", ["<script>alert(1)</script>", "' OR 1=1 --", "😀", "\u202eabc", "x" * 5000, "\x00"]
    )
    def test_odd_input_is_harmless(self, client_for, administrator, text):
        event()
        response = client_for(administrator).get(ADDRESS, {"verb": text, "page": text})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


class TestPages:
    def test_a_full_page_costs_few_queries(self, client_for, administrator, django_assert_max_num_queries):
        for number in range(60):
            event(subject_kind="a.b", subject_id=str(number))
        client = client_for(administrator)
        client.get(ADDRESS)
        with django_assert_max_num_queries(12) as queries:  # session, person, roles and menu are among them
            first = client.get(ADDRESS)
        assert sum(triggers.TABLE in query["sql"] for query in queries) == 2
        assert len(first.context["page"].object_list) == 50
        assert "Next page" in first.content.decode()

    def test_the_next_page_keeps_the_filter(self, client_for, administrator):
        for _number in range(60):
            event("a.b")
        event("c.d")
        client = client_for(administrator)
        response = client.get(ADDRESS, {"verb": "a.b", "page": 2})
        assert len(response.context["page"].object_list) == 10
        assert 'href="?verb=a.b&amp;page=1"' in response.content.decode()

    def test_details_are_shown_as_words(self, client_for, administrator):
        record(verb="test.done", by=System("test"), details={"items": ["a", "b"], "count": 2})
        text = client_for(administrator).get(ADDRESS).content.decode()
        assert "items: a, b" in text
        assert "count: 2" in text
        assert str(timezone.localdate().year) in text
