"""Amounts of money: pounds as Decimal, two places, never a float."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

NOTHING = Decimal("0.00")
MINUS = "\N{MINUS SIGN}"
PENNY = Decimal("0.01")
DIGITS, PLACES = 13, 2
LARGEST = Decimal(10) ** (DIGITS - PLACES)


def pounds(amount: Decimal) -> str:
    """£1,234.50, or £1,234 where there are no pence; less than nothing with a minus."""
    exact = abs(amount).quantize(PENNY)
    text = f"{exact:,.2f}".removesuffix(".00")
    return f"{MINUS if amount < 0 else ''}£{text}"


@dataclass(frozen=True)
class Money:
    """What was agreed for something, what of it was spent, and by which day: the one result of which words,
    bar, table and file are made.
    """

    agreed: Decimal = NOTHING
    spent: Decimal = NOTHING
    as_of: datetime.date | None = None
    """The day of the last payment; None where nothing was paid."""

    @property
    def left(self) -> Decimal:
        """What may still be spent; less than nothing where more was spent than agreed."""
        return self.agreed - self.spent

    @property
    def is_overspent(self) -> bool:
        """Whether more was spent than agreed."""
        return self.left < 0

    @property
    def share(self) -> int | None:
        """How much of what was agreed is spent, in whole per cent, cut; None where nothing was agreed."""
        if self.agreed <= 0:
            return None
        return int((100 * self.spent / self.agreed).to_integral_value(rounding=ROUND_DOWN))

    @property
    def filled(self) -> int:
        """How much of a bar of a hundred is filled."""
        if self.share is None:
            return 100 if self.spent > 0 else 0
        return max(0, min(100, self.share))

    @property
    def title(self) -> str:
        """In one line: "£120,000 agreed, £35,400 spent by 31 October 2026"."""
        if self.as_of is None:
            return _("%(agreed)s agreed, nothing spent yet") % {"agreed": pounds(self.agreed)}
        return _("%(agreed)s agreed, %(spent)s spent by %(day)s") % {
            "agreed": pounds(self.agreed),
            "spent": pounds(self.spent),
            "day": date_format(self.as_of, "j F Y"),
        }

    @property
    def what_is_left(self) -> str:
        """What is left, in words."""
        if self.is_overspent:
            return _("%(more)s more than agreed was spent.") % {"more": pounds(-self.left)}
        return _("%(left)s is left.") % {"left": pounds(self.left)}

    def __add__(self, other: "Money") -> "Money":
        """Both together, by the later day."""
        days = [day for day in (self.as_of, other.as_of) if day is not None]
        return Money(self.agreed + other.agreed, self.spent + other.spent, max(days, default=None))


def total(parts: Iterable[Money]) -> Money:
    """All of them together."""
    return sum(parts, Money())
