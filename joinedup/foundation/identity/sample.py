"""Invented people for the demonstration, one for each role. They cannot exist in production."""

import time
from dataclasses import dataclass

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from joinedup.foundation.identity.actions import add_sample_person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, Actor

# For demonstration only: both are printed on the demonstration's own pages. User.may_sign_in and the
# check identity.E001 see to it that nobody can use them on a real site.
SAMPLE_PASSWORD = "walk-along-the-canal"  # noqa: S105 - see above
SAMPLE_CODE_SECRET = "JOINEDUPJOINEDUPJOINEDUPJOINEDUP"  # noqa: S105 - see above


@dataclass(frozen=True)
class SamplePerson:
    """One invented member of staff: `at` is an ODS code or a kind of organisation."""

    email: str
    name: str
    role: str
    at: str


PEOPLE = [
    SamplePerson("editor@sample.example", "Sample: Esther Editor", "editor", "council"),
    SamplePerson("editor2@sample.example", "Sample: Edwin Second-Editor", "editor", "RWK"),
    SamplePerson("officer@sample.example", "Sample: Omar Officer", "engagement-officer", "council"),
    SamplePerson("partner@sample.example", "Sample: Priya Partner", "partner-staff", "R1H"),
    SamplePerson("partner2@sample.example", "Sample: Paul Second-Partner", "partner-staff", "RWK"),
    SamplePerson("partner3@sample.example", "Sample: Petra Third-Partner", "partner-staff", "voluntary"),
    SamplePerson("manager@sample.example", "Sample: Mei Manager", "programme-manager", "council"),
    SamplePerson("privacy@sample.example", "Sample: Pawel Privacy", "privacy-officer", "RWK"),
    SamplePerson("admin@sample.example", "Sample: Ada Administrator", "administrator", "council"),
]


@dataclass(frozen=True)
class SampleSignIn:
    """What someone types to sign in as one of them, now."""

    email: str
    name: str
    role: str
    password: str
    code: str
    seconds_left: int


def _refuse_in_production() -> None:
    if settings.IS_PRODUCTION:
        raise ImproperlyConfigured("Sample people are for demonstrations and tests only.")


def _organisation(at: str) -> Organisation:
    """The organisation of that ODS code or kind, else the first there is; raises when there is none."""
    organisations = Organisation.objects.order_by("pk")
    found = (
        organisations.filter(ods_code=at).first()
        or organisations.filter(kind=at).first()
        or organisations.first()
    )
    if found is None:
        raise Organisation.DoesNotExist("Load the sample organisations first.")
    return found


def load(*, by: Actor) -> None:
    """Make the sample people; a second run changes nothing. Raises ImproperlyConfigured in production."""
    _refuse_in_production()
    for person in PEOPLE:
        add_sample_person(
            email=person.email,
            name=person.name,
            organisation=_organisation(person.at),
            role=person.role,
            password=SAMPLE_PASSWORD,
            code_secret=SAMPLE_CODE_SECRET,
            by=by,
        )


def current_codes() -> list[SampleSignIn]:
    """The sign-ins of the sample people that are loaded, with the code their apps would show now.

    Raises ImproperlyConfigured in production.
    """
    _refuse_in_production()
    now, period = int(time.time()), mfa_settings.TOTP_PERIOD
    code = format_hotp_value(hotp_value(SAMPLE_CODE_SECRET, now // period))
    present = set(User.objects.filter(is_sample=True).values_list("email", flat=True))
    return [
        SampleSignIn(
            email=person.email,
            name=person.name,
            role=str(ROLES[person.role].name),
            password=SAMPLE_PASSWORD,
            code=code,
            seconds_left=period - now % period,
        )
        for person in PEOPLE
        if person.email in present
    ]


def sign_ins() -> list[str]:
    """One line for each sample person: the address to sign in with, and what they are."""
    return [f"{person.email:<26} {ROLES[person.role].name}" for person in PEOPLE]
