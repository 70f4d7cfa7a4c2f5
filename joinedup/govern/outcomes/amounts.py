"""Figures in words, each with its unit: 58.9%, 1,235 people, £2,000."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEW = "1 to 7"


def _figure(value: Decimal | float, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.removeprefix("-") if not any(sign in text for sign in "123456789") else text


def amount(value: Decimal | float | None, unit: str) -> str:
    """A figure as it stands in a table. None is a count of people that is hidden."""
    if value is None:
        return FEW if unit == "people" else _("Too few people to say")
    is_whole = value == int(value)
    if unit == "percent":
        return f"{_figure(value, 1)}%"
    if unit == "pounds":
        text = _figure(value, 0 if is_whole else 2)
        return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"
    places = 1 if unit == "index" else 0 if is_whole or unit == "people" else 2 if -10 < value < 10 else 1
    text = _figure(value, places)
    if unit == "days":
        return ngettext("%(many)s day", "%(many)s days", 1 if value == 1 else 2) % {"many": text}
    return text


def said(value: Decimal | float | None, unit: str) -> str:
    """A figure as it stands in a sentence or alone."""
    text = amount(value, unit)
    return _("%(many)s people") % {"many": text} if unit == "people" else text


def between(low: Decimal | float, high: Decimal | float, unit: str) -> str:
    """A range of figures: 50.1% to 61.0%."""
    return _("%(low)s to %(high)s") % {"low": amount(low, unit), "high": amount(high, unit)}


def plain(value: Decimal | float | None) -> str:
    """A figure for programs: digits and a point, nothing else; empty where there is none."""
    if value is None:
        return ""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def goal(value: Decimal | float, unit: str) -> str:
    """A target: 95%, 300 people, 2.5 days."""
    if unit in ("percent", "people"):
        text = tick(value, unit)
        return _("%(many)s people") % {"many": text} if unit == "people" else text
    return amount(value, unit)


def tick(value: Decimal | float, unit: str) -> str:
    """A figure on the axis: as short as it can be said."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    if unit == "pounds":
        return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"
    return f"{text}%" if unit == "percent" else text
