"""Keeping money: exact, once, all or nothing, by who may."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection import plugs as keeping_rules
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.govern.programmes.factories import a_project
from joinedup.govern.spend import actions
from joinedup.govern.spend.factories import a_budget, a_payment, a_share
from joinedup.govern.spend.models import Budget, PartnerShare, Payment
from joinedup.govern.spend.payments_file import Line

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 5, 1)
BY = System("test")


def line(reference: str = "A", amount: str = "10.50", **fields: Any) -> Line:
    said: dict[str, Any] = {"line": 2, "on": DAY, "payee": "Canal Trust", "what_for": "Wicks"}
    return Line(reference=reference, amount=Decimal(amount), **(said | fields))


def lines(*given: Line) -> dict[str, Line]:
    return {each.reference: each for each in given}


def refused(make: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            make(**fields)
    except IntegrityError:
        return True
    return False


class TestTheDatabase:
    @pytest.mark.parametrize(
        "fields",
        [{"name": ""}, {"amount": Decimal("-0.01")}, {"ends_on": DAY, "starts_on": DAY}, {"amount": None}],
    )
    def test_refuses_a_budget_without_name_amount_or_year(self, fields: dict[str, Any]) -> None:
        assert refused(a_budget, **fields)

    def test_keeps_a_name_once_in_a_project(self) -> None:
        row = a_budget()
        assert refused(a_budget, project=row.project, name=row.name)
        assert not refused(a_budget, name=row.name)

    @pytest.mark.parametrize("fields", [{"reference": ""}, {"amount": Decimal(0)}, {"on": None}])
    def test_refuses_a_payment_without_reference_amount_or_day(self, fields: dict[str, Any]) -> None:
        assert refused(a_payment, **fields)

    def test_keeps_a_reference_once_in_a_budget(self) -> None:
        row = a_payment()
        assert refused(a_payment, budget=row.budget, reference=row.reference)
        assert not refused(a_payment, reference=row.reference)

    def test_refuses_a_share_of_nothing_and_two_of_one_organisation(self, barts: Organisation) -> None:
        row = a_share(barts)
        assert refused(a_share, organisation=barts, amount=Decimal(0))
        assert refused(a_share, organisation=barts, budget=row.budget)

    def test_lets_nothing_go_that_others_rest_on(self, barts: Organisation) -> None:
        payment, share = a_payment(), a_share(barts)
        for row in (payment.budget, share.budget, barts, payment.budget.project):
            with pytest.raises(ProtectedError):
                row.delete()


class TestBudgets:
    def fresh(self, **fields: Any) -> Budget:
        said: dict[str, Any] = {
            "name": " Lamps ", "amount": Decimal("120000.00"), "starts_on": DAY, "ends_on": DAY.replace(2027),
        }  # fmt: skip
        return Budget(project=a_project(), **(said | fields))

    def test_are_added_and_on_the_record_without_their_words(self, manager: User) -> None:
        row = actions.add_budget(row=self.fresh(), by=manager)
        assert (row.name, row.is_public) == ("Lamps", False)
        event = AuditEvent.objects.about(row).get()
        assert (event.verb, event.details) == ("govern_spend.add_budget", {})

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"amount": Decimal("-1")}, "amount"),
            ({"amount": Decimal("1.005")}, "amount"),
            ({"amount": Decimal(10) ** 12}, "amount"),
            ({"ends_on": DAY}, "ends_on"),
            ({"name": " "}, "name"),
        ],
    )
    def test_say_what_is_wrong_beside_the_field(
        self, manager: User, fields: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(ValidationError) as told:
            actions.add_budget(row=self.fresh(**fields), by=manager)
        assert field in told.value.error_dict

    def test_change_by_one_of_two(self, manager: User) -> None:
        row = a_budget()
        now = actions.change_budget(budget=row, version=1, by=manager, amount=Decimal("2000.00"))
        assert (now.amount, now.version) == (Decimal("2000.00"), 2)
        with pytest.raises(ValidationError) as told:
            actions.change_budget(budget=row, version=1, by=manager, amount=Decimal(5))
        assert told.value.code == "clash"

    def test_never_become_less_than_partners_put_in(self, manager: User, barts: Organisation) -> None:
        row = a_share(barts).budget
        with pytest.raises(ValidationError) as told:
            actions.change_budget(budget=row, version=1, by=manager, amount=Decimal("399.99"))
        assert told.value.message_dict == {"amount": ["Partners put in £400 together. Change that first."]}
        assert actions.change_budget(budget=row, version=1, by=manager, amount=Decimal("400.00")).version == 2


class TestShares:
    def test_fit_into_what_was_agreed(self, manager: User, barts: Organisation, elft: Organisation) -> None:
        budget = a_share(barts).budget
        fresh = PartnerShare(budget=budget, organisation=elft, amount=Decimal("600.01"))
        with pytest.raises(ValidationError) as told:
            actions.add_share(row=fresh, by=manager)
        assert "£600 is left to put in." in told.value.message_dict["amount"][0]
        fresh.amount = Decimal("600.00")
        row = actions.add_share(row=fresh, by=manager)
        with pytest.raises(ValidationError):
            actions.change_share(share=row, version=1, by=manager, amount=Decimal("600.01"))
        assert actions.change_share(share=row, version=1, by=manager, amount=Decimal("1.00")).version == 2
        actions.remove_share(share=row, version=2, by=manager)
        assert PartnerShare.objects.count() == 1

    def test_stand_once_for_an_organisation(self, manager: User, barts: Organisation) -> None:
        budget = a_share(barts).budget
        row = PartnerShare(budget=budget, organisation=barts, amount=Decimal("1.00"))
        with pytest.raises(ValidationError) as told:
            actions.add_share(row=row, by=manager)
        assert "organisation" in told.value.error_dict

    @given(st.lists(st.decimals("0.01", 500, places=2), max_size=6))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_together_are_never_more_than_was_agreed(self, db: None, amounts: list[Decimal]) -> None:
        budget = a_budget()
        for number, amount in enumerate(amounts):
            name = f"org-{budget.pk}-{number}"
            organisation = Organisation.objects.create(name=name, slug=name, kind=Organisation.Kind.VOLUNTARY)
            try:
                with transaction.atomic():
                    row = PartnerShare(budget=budget, organisation=organisation, amount=amount)
                    actions.add_share(row=row, by=BY)
            except ValidationError:
                continue
        assert sum((share.amount for share in budget.shares.all()), Decimal(0)) <= budget.amount


class TestTakingIn:
    def test_adds_what_is_new_and_changes_nothing_the_second_time(self, manager: User) -> None:
        budget, before = a_budget(), current()
        said = lines(line("A"), line("B", "-0.50"))
        first = actions.take_in(budget=budget, lines=said, by=manager)
        assert (first.added, first.changed, first.same) == (2, (), 0)
        assert current() > before
        stamp, kept = current(), list(Payment.objects.order_by("pk").values())
        again = actions.take_in(budget=budget, lines=said, by=manager)
        assert (again.added, again.changed, again.same) == (0, (), 2)
        assert list(Payment.objects.order_by("pk").values()) == kept
        assert current() == stamp
        event = AuditEvent.objects.get(verb="govern_spend.take_in")
        assert event.details == {"added": 2, "changed": 0}

    def test_reports_a_known_payment_with_another_amount_as_changed(self, manager: User) -> None:
        budget = a_budget()
        actions.take_in(budget=budget, lines=lines(line("A"), line("B")), by=manager)
        taken = actions.take_in(budget=budget, lines=lines(line("A", "12.00", line=7), line("B")), by=manager)
        [changed] = taken.changed
        assert (changed.line, changed.reference) == (7, "A")
        assert (changed.before, changed.after) == (Decimal("10.50"), Decimal("12.00"))
        assert (taken.added, taken.same) == (0, 1)
        assert Payment.objects.get(reference="A").amount == Decimal("12.00")

    @pytest.mark.parametrize("fields", [{"on": DAY.replace(day=2)}, {"payee": "X"}, {"what_for": "Oil"}])
    def test_changes_days_and_words_too(self, manager: User, fields: dict[str, Any]) -> None:
        budget = a_budget()
        actions.take_in(budget=budget, lines=lines(line()), by=manager)
        taken = actions.take_in(budget=budget, lines=lines(line(**fields)), by=manager)
        assert len(taken.changed) == 1

    def test_knows_references_within_one_budget_only(self, manager: User) -> None:
        one, other = a_budget(), a_budget()
        for budget in (one, other):
            assert actions.take_in(budget=budget, lines=lines(line()), by=manager).added == 1
        assert Payment.objects.count() == 2

    def test_is_all_or_nothing_and_goes_on_after_a_fall(
        self, manager: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        budget = a_budget()
        actions.take_in(budget=budget, lines=lines(line("A")), by=manager)
        said = lines(line("A", "11.00"), line("B"), line("C"))

        def fall(*said: Any, **more: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as broken:
            broken.setattr(actions, "record", fall)
            with pytest.raises(SystemExit):
                actions.take_in(budget=budget, lines=said, by=manager)
        assert list(Payment.objects.values_list("reference", "amount")) == [("A", Decimal("10.50"))]
        taken = actions.take_in(budget=budget, lines=said, by=manager)
        assert (taken.added, len(taken.changed)) == (2, 1)
        assert actions.take_in(budget=budget, lines=said, by=manager).same == 3

    def test_refuses_a_day_to_come_whole(self, manager: User) -> None:
        with pytest.raises(ValidationError):
            actions.take_in(
                budget=a_budget(), lines=lines(line("A"), line("B", on=datetime.date(2999, 1, 1))), by=manager
            )
        assert not Payment.objects.exists()

    def test_takes_many_rows_in_few_queries(self, manager: User, django_assert_max_num_queries: Any) -> None:
        budget, said = a_budget(), lines(*(line(f"R{number}") for number in range(1_200)))
        with django_assert_max_num_queries(20):
            actions.take_in(budget=budget, lines=said, by=manager)
        with django_assert_max_num_queries(10):
            actions.take_in(budget=budget, lines=said, by=manager)

    @given(
        st.lists(st.decimals(-(10**6), 10**6, places=2).filter(bool), min_size=1, max_size=12),
        st.integers(1, 5),
        st.randoms(use_true_random=False),
    )
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
    def test_in_any_split_and_order_gives_the_same_exact_total(
        self, db: None, amounts: list[Decimal], parts: int, chance: Any
    ) -> None:
        rows = [line(f"R{number}", str(amount)) for number, amount in enumerate(amounts)]
        whole, split = a_budget(), a_budget()
        actions.take_in(budget=whole, lines=lines(*rows), by=BY)
        chance.shuffle(rows)
        for part in range(parts):
            actions.take_in(budget=split, lines=lines(*rows[part::parts]), by=BY)
            actions.take_in(budget=split, lines=lines(*rows[: part + 1]), by=BY)
        assert whole.money == split.money
        assert whole.money.spent == sum(amounts, Decimal(0))
        assert whole.money.as_of == DAY


def test_pence_are_never_rounded_on_the_way() -> None:
    budget = a_budget()
    for number in range(200):
        a_payment(budget, reference=f"R{number}", amount=Decimal("0.29"))
    a_payment(budget, reference="much", amount=Decimal("99999999999.99"))
    a_payment(budget, reference="back", amount=Decimal("-99999999999.99"))
    assert budget.money.spent == Decimal("58.00")


@pytest.mark.parametrize(
    "who", ["stranger", "officer", "partner", "editor", "privacy_officer", "administrator"]
)
def test_only_who_keeps_money_may(who: str, request: Any, barts: Organisation) -> None:
    share = a_share(barts)
    budget = share.budget
    fresh = PartnerShare(budget=budget, organisation=barts, amount=Decimal(1))
    verbs: list[Any] = [
        lambda by: actions.add_budget(row=Budget(project=budget.project, name="x", amount=Decimal(1)), by=by),
        lambda by: actions.change_budget(budget=budget, version=1, by=by, name="Mine"),
        lambda by: actions.add_share(row=fresh, by=by),
        lambda by: actions.change_share(share=share, version=1, by=by, amount=Decimal(1)),
        lambda by: actions.remove_share(share=share, version=1, by=by),
        lambda by: actions.take_in(budget=budget, lines=lines(line()), by=by),
    ]
    for by in (VISITOR, request.getfixturevalue(who)):
        for verb in verbs:
            with pytest.raises(PermissionRefused):
                verb(by)
    assert not Payment.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="govern_spend").exists()


class TestForgetting:
    def test_who_was_paid_goes_six_years_after_the_year_and_amounts_stay(self, privacy_officer: User) -> None:
        year = timezone.localdate().year
        old = a_payment(
            a_budget(starts_on=datetime.date(year - 8, 4, 1), ends_on=datetime.date(year - 7, 3, 31))
        )
        recent = a_payment(
            a_budget(starts_on=datetime.date(year - 6, 4, 1), ends_on=datetime.date(year - 5, 3, 31))
        )
        rule = next(rule for rule in keeping_rules.rules() if rule.key == "govern_spend.payee")
        assert rule.due(timezone.now()) == 1
        assert rule.forget(privacy_officer, timezone.now()) == 1
        assert rule.due(timezone.now()) == 0
        for row in (old, recent):
            row.refresh_from_db()
        assert (old.payee, old.what_for, old.amount) == ("", "", Decimal("10.50"))
        assert recent.payee

    def test_is_for_the_privacy_officer(self, manager: User) -> None:
        with pytest.raises(PermissionRefused):
            actions.forget_payees(by=manager, now=timezone.now())
