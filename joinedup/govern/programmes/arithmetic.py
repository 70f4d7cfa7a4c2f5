"""Our own sums, shown beside what a source says. Decimal throughout; digits are cut, not rounded up."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Context, Decimal

_EXACT = Context(prec=40)
_CUT_AFTER = 3


def _number(value: Decimal) -> str:
    """With commas between thousands, and no zeros that say nothing."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Working:
    """One sum: part divided by whole, times a factor (100 for a percentage). `whole` is not zero."""

    part: Decimal
    whole: Decimal
    times: Decimal
    unit: str

    @property
    def result(self) -> Decimal:
        """The result to forty digits."""
        return _EXACT.divide(_EXACT.multiply(self.part, self.times), self.whole)

    def to(self, places: int) -> Decimal:
        """The result to that many decimal places, to the nearest; a tie goes to the even digit."""
        return self.result.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN, context=_EXACT)

    @property
    def digits(self) -> str:
        """The result as far as three decimals, cut and not rounded, with dots where more follow."""
        cut = self.result.quantize(Decimal(1).scaleb(-_CUT_AFTER), rounding=ROUND_DOWN, context=_EXACT)
        return self._with_unit(_number(cut) + ("" if cut == self.result else "…"))

    @property
    def nearest(self) -> str:
        """The result to one decimal place."""
        return self._with_unit(f"{self.to(1):,f}")

    @property
    def sum(self) -> str:
        """What was divided by what, as people write it."""
        factor = "" if self.times == 1 else f" × {_number(self.times)}"
        return f"{_number(self.part)} ÷ {_number(self.whole)}{factor}"

    def _with_unit(self, number: str) -> str:
        if self.unit in ("£", "€", "$"):
            return self.unit + number
        return number + self.unit if self.unit == "%" else f"{number} {self.unit}".rstrip()
