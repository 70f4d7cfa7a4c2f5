"""What people do, told once for all tests here."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User

PASSWORD = "correct-horse-battery"
SIGN_IN = "/account/login/"
CODE = "/account/second-step/authenticate/"


def secret_of(user: User) -> str:
    """The secret in the person's app."""
    return str(decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"]))


def code_of(user: User, steps: int = 0) -> str:
    """The code the person's app shows now, or some steps of 30 seconds later."""
    return format_hotp_value(hotp_value(secret_of(user), int(time.time()) // 30 + steps))


def give_password(client: Client, user: User, password: str = PASSWORD, **extra: Any) -> Any:
    """The first step."""
    return client.post(SIGN_IN, {"login": user.email, "password": password}, **extra)


def sign_in(client: Client, user: User, password: str = PASSWORD, steps: int = 0) -> Any:
    """Both steps, as in a browser."""
    response = give_password(client, user, password)
    assert response.status_code == 302, response.content.decode()
    return client.post(CODE, {"code": code_of(user, steps)})


def is_signed_in(client: Client) -> bool:
    """Whether the workspace knows this browser."""
    response = client.get("/workspace/")
    return not (response.status_code == 302 and response.headers["Location"].startswith(SIGN_IN))


def words(response: Any) -> str:
    """The page's text, without what differs on each drawing."""
    text = response.content.decode()
    token = response.context.get("csrf_token") if response.context else None
    return text.replace(str(token), "") if token else text


def verbs() -> list[str]:
    """What the record says of identity, oldest first."""
    found = AuditEvent.objects.filter(verb__startswith="foundation_identity.").order_by("occurred_at")
    return [verb.removeprefix("foundation_identity.") for verb in found.values_list("verb", flat=True)]
