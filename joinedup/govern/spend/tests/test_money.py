"""Amounts: exact, in pounds, and told the same way everywhere."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.doors.csv_reading import CellFault
from joinedup.govern.spend.money import Money, pounds, total
from joinedup.govern.spend.payments_file import pounds_and_pence

AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)
AGREED = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)
DAY = datetime.date(2026, 10, 31)


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("0", "£0"),
        ("120000", "£120,000"),
        ("1234.5", "£1,234.50"),
        ("0.05", "£0.05"),
        ("-50", "−£50"),
        ("99999999999.99", "£99,999,999,999.99"),
    ],
)
def test_pounds_have_commas_and_pence_only_where_there_are_any(amount: str, told: str) -> None:
    assert pounds(Decimal(amount)) == told


@given(AMOUNTS)
def test_what_is_written_is_read_again(amount: Decimal) -> None:
    assert pounds_and_pence(pounds(amount)) == amount


@pytest.mark.parametrize("text", ["", "ten", "1,23", "1.234", "1e5", "£", "1 000", "--5", "10%", "9" * 12])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(CellFault):
        pounds_and_pence(text)


def test_the_title_says_what_was_agreed_and_spent_by_when() -> None:
    money = Money(Decimal("120000"), Decimal("35400"), DAY)
    assert money.title == "£120,000 agreed, £35,400 spent by 31 October 2026"
    assert money.what_is_left == "£84,600 is left."
    assert money.share == 29


def test_the_title_of_what_was_not_touched_says_so() -> None:
    assert Money(Decimal("500")).title == "£500 agreed, nothing spent yet"


def test_what_is_overspent_says_by_how_much() -> None:
    money = Money(Decimal("100"), Decimal("150.25"), DAY)
    assert money.what_is_left == "£50.25 more than agreed was spent."
    assert (money.share, money.filled) == (150, 100)


@pytest.mark.parametrize(
    ("agreed", "spent", "share", "filled"),
    [("0", "0", None, 0), ("0", "5", None, 100), ("100", "-5", -5, 0), ("100", "99.99", 99, 99)],
)
def test_a_bar_is_never_fuller_than_full_nor_says_all_too_early(
    agreed: str, spent: str, share: int | None, filled: int
) -> None:
    money = Money(Decimal(agreed), Decimal(spent), DAY)
    assert (money.share, money.filled) == (share, filled)


@given(AGREED, AMOUNTS)
def test_what_is_left_and_what_is_spent_make_what_was_agreed(agreed: Decimal, spent: Decimal) -> None:
    money = Money(agreed, spent)
    assert money.left + money.spent == agreed
    assert 0 <= money.filled <= 100


@given(st.lists(st.tuples(AGREED, AMOUNTS, st.none() | st.dates())), st.randoms())
def test_a_total_is_the_same_in_any_order(
    parts: list[tuple[Decimal, Decimal, datetime.date | None]], chance: object
) -> None:
    moneys = [Money(*part) for part in parts]
    shuffled = list(moneys)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(moneys) == total(shuffled)
    assert total(moneys).left == sum((each.left for each in moneys), Decimal(0))
