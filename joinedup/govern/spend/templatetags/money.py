"""Template tags of money: `{% load money %}`."""

from decimal import Decimal

from django import template

from joinedup.govern.spend import money

register = template.Library()


@register.filter
def pounds(amount: Decimal) -> str:
    """An amount as readers see it, such as £1,234.50."""
    return money.pounds(amount)
