"""Totals for everyone, never who was paid; and where money is kept and files come in."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.doors import csv_reading
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.plugs import Part
from joinedup.govern.programmes.factories import a_programme, a_project
from joinedup.govern.programmes.tests.test_workspace import filled, page, send
from joinedup.govern.spend import reading
from joinedup.govern.spend.factories import a_budget, a_payment, a_share
from joinedup.govern.spend.models import Budget, PartnerShare, Payment

pytestmark = pytest.mark.django_db
HOME = "/workspace/spend/"
EVIL = "<script>alert(1)</script>"
HEAD = "on,amount,payee,what_for,reference"
GOOD = "2026-05-01,10.50,Canal Trust,Wicks,INV-1"
NOT_THEIRS = ["stranger", "officer", "partner", "editor", "privacy_officer", "administrator"]


def read(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(answer.content.decode()).split())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class TestThePublicPage:
    def test_says_what_was_agreed_spent_and_left(self, barts: Organisation, elft: Organisation) -> None:
        project = a_project(name="Towpath lamps")
        budget = a_budget(project, name="Lamps 2026/27", amount=Decimal("120000.00"))
        a_payment(budget, amount=Decimal("35400.00"), on="2026-10-31")
        a_payment(budget, amount=Decimal("-0.50"))
        a_share(barts, budget, amount=Decimal("50000.00"))
        a_share(elft, budget, amount=Decimal("70000.00"))
        told = words(read("/spend/"))
        title = "£120,000 agreed, £35,399.50 spent by 31 October 2026"
        assert told.count(f"{title}. £84,600.50 is left. That is 29% of what was agreed.") == 2
        assert "Lamps 2026/27 1 April 2026 to 31 March 2027" in told
        assert f"{elft.name}: £70,000 {barts.name}: £50,000" in told

    def test_adds_up_projects_and_programmes(self) -> None:
        programme = a_programme(name="Canal")
        for _number in range(2):
            a_payment(a_budget(a_project(programme)))
        a_payment(a_budget())
        [other, canal] = sorted(reading.by_programme(), key=lambda each: len(each.projects))
        assert (canal.money.agreed, canal.money.spent) == (Decimal("2000.00"), Decimal("21.00"))
        assert "£3,000 agreed, £31.50 spent by 1 May 2026" in words(read("/spend/"))
        assert len(other.projects) == 1

    def test_never_says_who_was_paid(self) -> None:
        row = a_payment(payee="Amina Begum", what_for="Home visits", reference="SECRET-9")
        thing = plugs.things([("govern_spend.budget", row.budget.pk)])["govern_spend.budget", row.budget.pk]
        with CaptureQueriesContext(connection) as asked:
            shown = [read("/spend/"), read("/spend/money.csv"), str(thing)]
        for text in shown:
            for hidden in ("Amina", "Home visits", "SECRET-9"):
                assert hidden not in text
        assert not [each for each in asked if "payee" in each["sql"] or "what_for" in each["sql"]]

    @pytest.mark.parametrize("hide", ["budget", "project", "programme"])
    def test_hides_what_is_hidden(self, hide: str) -> None:
        programme = a_programme(is_public=hide != "programme", name="Hidden programme")
        project = a_project(programme, is_public=hide != "project", name="Hidden project")
        row = a_budget(project, is_public=hide != "budget", name="Hidden budget")
        assert "Hidden" not in read("/spend/")
        assert "Hidden" not in read("/spend/money.csv")
        assert not plugs.kind("govern_spend.budget").things([row.pk])[row.pk].is_public
        assert reading.of_project(project.pk) is None

    def test_says_when_more_was_spent_than_agreed(self) -> None:
        a_payment(a_budget(amount=Decimal("10.00")))
        html = read("/spend/")
        assert "£0.50 more than agreed was spent." in html
        assert "−£0.50" in html
        assert "<path" in html

    def test_draws_a_bar_with_words_for_it(self) -> None:
        a_payment(a_budget(amount=Decimal("21.00")))
        html = read("/spend/")
        assert 'role="img" aria-label="50% is spent"' in html
        assert 'width="199" height="22"' in html

    def test_without_budgets_says_so(self) -> None:
        assert "We have not published any budget yet." in read("/spend/")

    def test_gives_the_same_totals_as_a_file(self, barts: Organisation) -> None:
        budget = a_budget(name="=Lamps")
        a_payment(budget)
        a_share(barts, budget)
        answer = Client().get("/spend/money.csv")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv_reading.rows(answer.content, wanted=["Budget"]))
        [row] = rows
        assert isinstance(row, csv_reading.Row)
        assert row.cells["budget"] == "'=Lamps"
        assert row.cells["agreed, in pounds"] == "1000.00"
        assert row.cells["spent so far, in pounds"] == "10.50"
        assert row.cells["left, in pounds"] == "989.50"
        assert row.cells["what each partner puts in"] == f"{barts.name} £400"

    def test_prints_what_was_typed_and_runs_nothing(self) -> None:
        a_budget(a_project(a_programme(name=EVIL), name=EVIL), name=EVIL)
        html = Client().get("/spend/").content.decode()
        assert EVIL not in html
        assert html.count("&lt;script&gt;") >= 3

    def test_costs_the_same_for_many(self, barts: Organisation, django_assert_max_num_queries: Any) -> None:
        for _number in range(5):
            budget = a_budget()
            a_payment(budget)
            a_share(barts, budget)
        with django_assert_max_num_queries(10):
            read("/spend/")


class TestTheThread:
    def test_tells_of_a_budget(self, django_assert_num_queries: Any) -> None:
        row = a_payment(a_budget(name="Lamps 2026/27")).budget
        with django_assert_num_queries(1):
            thing = plugs.kind("govern_spend.budget").things([row.pk, 999_999])[row.pk]
        assert thing.title == "£1,000 agreed, £10.50 spent by 1 May 2026"
        assert thing.text == "Lamps 2026/27, 1 April 2026 to 31 March 2027. £989.50 is left."
        assert (thing.href, thing.is_public) == (f"/spend/#budget-{row.pk}", True)
        assert f'id="budget-{row.pk}"' in read("/spend/")

    def test_is_tied_by_who_keeps_money(self) -> None:
        kind = plugs.kind("govern_spend.budget")
        assert (kind.part, kind.permission) == (Part.SPEND, Permission.SPEND_CHANGE)


class TestKeeping:
    def test_a_budget_is_added_shared_and_changed(self, client: Client, barts: Organisation) -> None:
        project = a_project()
        days = {
            "starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2026",
            "ends_on_day": "31", "ends_on_month": "3", "ends_on_year": "2027",
        }  # fmt: skip
        send(client, HOME + "add/", project=str(project.pk), name="Lamps", amount="£120,000", **days)
        row = Budget.objects.get()
        assert (row.amount, row.is_public, row.version) == (Decimal("120000.00"), False, 1)
        path = f"{HOME}{row.pk}/"
        send(client, path + "add-share/", organisation=str(barts.pk), amount="50,000")
        share = PartnerShare.objects.get()
        send(client, f"{HOME}shares/{share.pk}/", amount="60000")
        html = page(client, path)
        assert f"{barts.name}: £60,000" in html
        assert "Only staff who keep money can see it." in html
        assert 'value="120,000.00"' in page(client, path + "change/")
        assert send(client, path + "change/", is_public="on").status_code == 302
        assert "See the public page" in page(client, path)
        send(client, f"{HOME}shares/{share.pk}/remove/")
        assert not PartnerShare.objects.exists()
        assert "Lamps" in page(client, HOME)

    @pytest.mark.parametrize(
        ("amount", "told"),
        [
            ("plenty", "is not a number"),
            ("", "Please answer: Amount agreed"),
            ("-5", "Write nothing or more."),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_is_lost(self, client: Client, amount: str, told: str) -> None:
        row = a_budget()
        answer = send(client, f"{HOME}{row.pk}/change/", amount=amount, name="What I wrote")
        html = unescape(answer.content.decode())
        assert told in html
        assert 'value="What I wrote"' in html

    def test_too_much_from_partners_is_told_beside_the_field(
        self, client: Client, barts: Organisation
    ) -> None:
        row = a_budget()
        answer = send(client, f"{HOME}{row.pk}/add-share/", organisation=str(barts.pk), amount="1000.01")
        assert "Together this would be more than was agreed. £1,000 is left to put in." in unescape(
            answer.content.decode()
        )

    def test_the_second_of_two_sees_both(self, client: Client) -> None:
        row = a_budget()
        path = f"{HOME}{row.pk}/change/"
        mine = filled(page(client, path)) | {"name": "Mine"}
        send(client, path, name="Theirs")
        html = unescape(client.post(path, mine).content.decode())
        assert "What it says now" in html
        assert "Theirs" in html


class TestAFileOfPayments:
    def send(self, client: Client, budget: Budget, content: bytes, name: str = "payments.csv") -> str:
        file = SimpleUploadedFile(name, content, content_type="text/csv")
        answer = client.post(f"{HOME}{budget.pk}/take-in/", {"file": file})
        assert answer.status_code == 200
        self.raw = answer.content.decode()
        return " ".join(unescape(self.raw).split())

    def test_comes_in_with_a_report_of_every_row(self, client: Client) -> None:
        budget = a_budget()
        a_payment(budget, reference="OLD", amount=Decimal("3.00"))
        rows = [HEAD, GOOD, GOOD.replace("INV-1", "OLD"), GOOD.replace("10.50", "ten").replace("INV-1", "B")]
        told = words(self.send(client, budget, "\n".join(rows).encode()))
        assert "1 new payment was taken in." in told
        assert "1 payment that we knew was changed." in told
        assert "OLD: £3 before, £10.50 now" in told
        assert "1 row was refused." in told
        assert "4 amount: “ten” is not a number." in told
        assert "£1,000 agreed, £21 spent by 1 May 2026" in told

    def test_twice_changes_nothing(self, client: Client) -> None:
        budget = a_budget()
        content = f"{HEAD}\n{GOOD}".encode("utf-8-sig")
        self.send(client, budget, content)
        kept = list(Payment.objects.values())
        assert "1 payment was here already." in self.send(client, budget, content)
        assert list(Payment.objects.values()) == kept

    def test_gives_back_what_was_refused_to_be_put_right(self, client: Client) -> None:
        budget = a_budget()
        self.send(client, budget, f"{HEAD}\n{GOOD.replace('10.50', '=1+1')}\nx,y".encode())
        sent = filled(self.raw)
        answer = client.post(f"{HOME}{budget.pk}/take-in/refused.csv", sent)
        assert answer.headers["Content-Disposition"] == (
            f'attachment; filename="refused-payments-{budget.pk}.csv"'
        )
        text = answer.content.decode()
        assert '"\'=1+1"' in text
        assert '"x,y"' in text
        again = self.send(client, budget, text.replace("'=1+1", "2").encode())
        assert "1 new payment was taken in." in again
        assert Payment.objects.get().amount == Decimal("2.00")

    @pytest.mark.parametrize("rows", ["", "x", "WyJ4Il0:1:1"])
    def test_gives_back_nothing_that_is_not_ours(self, client: Client, rows: str) -> None:
        path = f"{HOME}{a_budget().pk}/take-in/refused.csv"
        assert client.post(path, {"rows": rows}).status_code == 404
        assert client.get(path).status_code == 405

    def test_says_when_too_much_was_refused_to_give_back(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("joinedup.govern.spend.views.workspace._MOST_SENT_BACK", 10)
        told = self.send(client, a_budget(), f"{HEAD}\nx,y".encode())
        assert "They are too many to give back as a file." in told

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "The file is empty."),
            (b"PK\x03\x04", "This is a workbook."),
            ("on,café".encode("latin-1"), "signs that are not UTF-8"),
            (b"on,amount\n1,2", "Missing: payee, what_for, reference"),
        ],
    )
    def test_that_cannot_be_read_is_refused_in_words(self, client: Client, content: bytes, told: str) -> None:
        budget = a_budget()
        html = self.send(client, budget, content)
        assert told in html
        assert 'href="#id_file"' in html
        assert not Payment.objects.exists()

    def test_that_is_too_large_is_not_read(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_reading, "MOST_BYTES", 10)
        assert "The file is larger than" in self.send(client, a_budget(), f"{HEAD}\n{GOOD}".encode())
        assert not Payment.objects.exists()

    def test_that_was_forgotten_is_asked_for(self, client: Client) -> None:
        answer = client.post(f"{HOME}{a_budget().pk}/take-in/", {})
        assert "File of payments" in answer.content.decode()
        assert "error" in answer.content.decode()

    def test_is_printed_and_never_run(self, client: Client) -> None:
        budget = a_budget(name=EVIL)
        rows = [HEAD, f"2026-05-01,10.50,{EVIL},{EVIL},{EVIL}", f"{EVIL},{EVIL},x,y,{EVIL}2"]
        self.send(client, budget, "\n".join(rows).encode(), name=f"{EVIL}.csv")
        assert EVIL not in self.raw
        html = client.get(f"{HOME}{budget.pk}/").content.decode()
        assert EVIL not in html
        assert html.count("&lt;script&gt;") >= 4


class TestWhoMay:
    def paths(self, barts: Organisation) -> list[str]:
        share = a_share(barts)
        key = share.budget.pk
        return [
            "", "add/", f"{key}/", f"{key}/change/", f"{key}/add-share/", f"{key}/take-in/",
            f"shares/{share.pk}/", f"shares/{share.pk}/remove/",
        ]  # fmt: skip

    @pytest.mark.parametrize("who", [*NOT_THEIRS, "other_partner"])
    def test_only_who_keeps_money_comes_in(
        self, who: str, request: Any, barts: Organisation, client_for: Callable[[User], Client]
    ) -> None:
        other = client_for(request.getfixturevalue(who))
        paths = self.paths(barts)
        for path in paths:
            assert other.get(HOME + path).status_code == 403, path
            assert other.post(HOME + path).status_code == 403, path
        assert other.post(f"{HOME}{paths[2]}take-in/refused.csv").status_code == 403
        assert PartnerShare.objects.exists()

    def test_who_is_not_signed_in_is_asked_to(self, barts: Organisation) -> None:
        for path in self.paths(barts):
            assert Client().get(HOME + path).status_code == 302

    def test_all_doors_open_to_the_programme_manager(self, client: Client, barts: Organisation) -> None:
        for path in self.paths(barts):
            assert client.get(HOME + path).status_code == 200, path

    def test_what_is_not_there_is_a_missing_page(self, client: Client) -> None:
        for path in ("999/", "999/take-in/", "shares/999/"):
            assert client.get(HOME + path).status_code == 404
