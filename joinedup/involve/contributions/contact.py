"""Telephone numbers and postcodes: checking them, and writing them in one way."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOME = "GB"
# Ofcom keeps these for drama: nobody has them, so the library calls them wrong, and samples need them.
_INVENTED = re.compile(r"^(7700900|1632960)\d{3}$")
# Royal Mail's form: one or two letters, a figure, perhaps one more of either, a gap, a figure, two letters.
POSTCODE = re.compile(r"^(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2})$")


def is_phone(number: phonenumbers.PhoneNumber) -> bool:
    """Whether someone could be rung on it, or it is one of the numbers kept for invented people."""
    if phonenumbers.is_valid_number(number):
        return True
    return number.country_code == 44 and bool(_INVENTED.match(str(number.national_number)))


def phone_as_kept(typed: str) -> str:
    """A telephone number as typed, in its international form (E.164). Raises ValidationError."""
    problem = ValidationError(_("Enter a phone number, such as 020 7946 0123 or 07700 900123"), code="phone")
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException as fault:
        raise problem from fault
    if not is_phone(number):
        raise problem
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_as_said(kept: str) -> str:
    """A kept number as people here write it: 020 7946 0123; others with their country's code."""
    try:
        number = phonenumbers.parse(kept, HOME)
    except phonenumbers.NumberParseException:
        return kept
    is_home = number.country_code == 44
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL if is_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)


def postcode_as_kept(typed: str) -> str:
    """A postcode as typed, in capitals with one space before its last three. Raises ValidationError."""
    squeezed = re.sub(r"[\s.\-]+", "", typed[:40]).upper()
    spaced = f"{squeezed[:-3]} {squeezed[-3:]}"
    if not POSTCODE.match(spaced):
        raise ValidationError(_("Enter a full postcode, such as E1 4DG"), code="postcode")
    return spaced


def check_phone(value: str) -> None:
    """Field validator: a kept number is in its international form."""
    if phone_as_kept(value) != value:
        raise ValidationError(_("Enter a phone number with its country code."), code="phone")


def check_postcode(value: str) -> None:
    """Field validator: a kept postcode is written in the one way."""
    if postcode_as_kept(value) != value:
        raise ValidationError(_("Enter a full postcode."), code="postcode")
