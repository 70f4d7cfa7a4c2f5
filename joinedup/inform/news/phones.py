"""Telephone numbers of people who sign up: checking them, and writing them in one way."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "GB"
# Ofcom keeps these for drama: nobody has them, so the library calls them wrong, and samples need them.
_INVENTED = re.compile(r"^(7700900|2079460|1632960)\d{3}$")


def as_kept(typed: str) -> str:
    """A number as typed, in its international form (E.164). Raises ValidationError."""
    problem = ValidationError(_("Enter a phone number, such as 020 7946 0123 or 07700 900123"), code="phone")
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException as fault:
        raise problem from fault
    is_invented = number.country_code == 44 and _INVENTED.match(str(number.national_number))
    if not (is_invented or phonenumbers.is_valid_number(number)):
        raise problem
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def as_said(kept: str) -> str:
    """A kept number as people here write it: 020 7946 0123; others with their country's code."""
    try:
        number = phonenumbers.parse(kept, HOME)
    except phonenumbers.NumberParseException:
        return kept
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, form.NATIONAL if number.country_code == 44 else form.INTERNATIONAL
    )
