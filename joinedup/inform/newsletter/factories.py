"""Subscribers for tests, each made by the way a real one takes."""

from typing import Any

from joinedup.inform.newsletter import access, actions
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

ADDRESS = "amina@example.org"


def asked(email: str = ADDRESS, **details: Any) -> Subscriber:
    """Someone who asked for the newsletter and has not confirmed."""
    everything = {"name": "Amina", "topics": [], "language": "en", "page": "/newsletter/", **details}
    return actions.ask(email=email, **everything)


def latest_asking(subscriber: Subscriber) -> ConsentEvent:
    """The line of the ledger that the latest confirming mail is for."""
    return ConsentEvent.objects.asking().filter(subscriber=subscriber).latest("pk")


def confirm_token(subscriber: Subscriber) -> str:
    """The token in the latest confirming mail."""
    return access.confirm_token(latest_asking(subscriber))


def joined(email: str = ADDRESS, **details: Any) -> Subscriber:
    """Someone on the list."""
    return actions.confirm(token=confirm_token(asked(email, **details)))


def gone(email: str = ADDRESS, **details: Any) -> Subscriber:
    """Someone who was on the list and left."""
    subscriber = joined(email, **details)
    actions.leave(token=access.leave_token(subscriber), one_click=False)
    subscriber.refresh_from_db()
    return subscriber
