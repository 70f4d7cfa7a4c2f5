"""Our own sums: exact, cut and not rounded up, and written so that anyone can check them."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from joinedup.govern.programmes.arithmetic import Working

NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4)


def percentage(part: str, whole: str) -> Working:
    return Working(Decimal(part), Decimal(whole), Decimal(100), "%")


def test_449_of_652_is_68_9_per_cent_and_not_67() -> None:
    working = percentage("449", "652")
    assert Decimal(449) / Decimal(652) * 100 == working.result.quantize(Decimal("1e-26"))
    assert working.digits == "68.865…%"
    assert working.nearest == "68.9%"
    assert working.sum == "449 ÷ 652 × 100"
    assert percentage("67", "100").nearest == "67.0%"
    assert working.nearest != "67.0%"


def test_the_year_of_the_study_is_67_per_cent() -> None:
    assert percentage("1289", "1924").nearest == "67.0%"
    assert percentage("945", "1289").nearest == "73.3%"


def test_money_is_written_as_money_and_cut_to_its_digits() -> None:
    working = Working(Decimal(410_938), Decimal(111), Decimal(365), "£")
    assert working.digits == "£1,351,282.612…"
    assert working.sum == "410,938 ÷ 111 × 365"


def test_a_plain_share_names_its_unit() -> None:
    assert Working(Decimal(652), Decimal(111), Decimal(1), "people a day").digits == "5.873… people a day"


def test_a_sum_without_remainder_has_no_dots() -> None:
    assert percentage("1", "4").digits == "25%"


@given(NUMBERS, NUMBERS, NUMBERS)
def test_shown_digits_are_never_more_than_the_result(part: Decimal, whole: Decimal, times: Decimal) -> None:
    assume(whole > 0)
    working = Working(part, whole, times, "")
    shown = Fraction(working.digits.replace(",", "").rstrip("…") or "0")
    exact = Fraction(part) * Fraction(times) / Fraction(whole)
    assert shown <= exact
    assert exact - shown < Fraction(1, 1000)


@given(NUMBERS, NUMBERS)
def test_one_decimal_place_is_the_nearest(part: Decimal, whole: Decimal) -> None:
    assume(whole > 0)
    working = Working(part, whole, Decimal(100), "%")
    exact = Fraction(part) * 100 / Fraction(whole)
    assert abs(Fraction(working.to(1)) - exact) <= Fraction(1, 20)
