"""What the links in our mails open: signed, so that nobody needs to sign in.

Three kinds, each with its own salt, so that one never works in place of another:

- a confirming link names the subscriber and the line of the ledger it answers, and works for seven
  days, until the person leaves;
- a preferences link works until the person leaves: it carries the subscriber's link key, and
  leaving makes a new key;
- a leaving link always works, also from a mail years old, because leaving must never be hard.
"""

import datetime
import uuid

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.utils.crypto import constant_time_compare

from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

CONFIRM_WITHIN = datetime.timedelta(days=7)

_CONFIRM = TimestampSigner(salt="joinedup.newsletter.confirm", sep=".")
_PREFERENCES = Signer(salt="joinedup.newsletter.preferences", sep=".")
_LEAVE = Signer(salt="joinedup.newsletter.leave", sep=".")


class LinkLost(Exception):
    """The link is altered, too old or no longer meant. Which of them is nobody's business."""


def confirm_token(event: ConsentEvent) -> str:
    """The token with which the person confirms this asking."""
    return _CONFIRM.sign(f"{event.subscriber_id.hex}-{event.pk}")


def preferences_token(subscriber: Subscriber) -> str:
    """The token that opens the person's choices."""
    return _PREFERENCES.sign(f"{subscriber.pk.hex}-{subscriber.link_key}")


def leave_token(subscriber: Subscriber) -> str:
    """The token with which the person leaves."""
    return _LEAVE.sign(subscriber.pk.hex)


def _person(who: str, *, lock: bool) -> Subscriber | None:
    """The subscriber with that key; `lock` keeps others from changing it until the transaction ends."""
    people = Subscriber.objects.select_for_update() if lock else Subscriber.objects.all()
    return people.filter(pk=uuid.UUID(who)).first()


def asking(token: str, *, lock: bool = False) -> ConsentEvent:
    """The asking that a confirming link answers, unless the person left since. Raises LinkLost."""
    try:
        who, _dash, number = _CONFIRM.unsign(token, max_age=CONFIRM_WITHIN).partition("-")
    except BadSignature as fault:
        raise LinkLost from fault
    subscriber = _person(who, lock=lock)
    if subscriber is None or subscriber.state == Subscriber.State.LEFT:
        raise LinkLost
    event = ConsentEvent.objects.asking().filter(pk=int(number), subscriber=subscriber).first()
    if event is None or ConsentEvent.objects.after(event).ending().exists():
        raise LinkLost
    event.subscriber = subscriber
    return event


def chooser(token: str, *, lock: bool = False) -> Subscriber:
    """The person on the list whose choices a preferences link opens. Raises LinkLost."""
    try:
        who, _dash, key = _PREFERENCES.unsign(token).partition("-")
    except BadSignature as fault:
        raise LinkLost from fault
    subscriber = _person(who, lock=lock)
    if subscriber is None or subscriber.state != Subscriber.State.CONFIRMED:
        raise LinkLost
    if not constant_time_compare(key, subscriber.link_key):
        raise LinkLost
    return subscriber


def leaver(token: str, *, lock: bool = False) -> Subscriber | None:
    """The person a leaving link is for; None when nothing is held about them any more. Raises LinkLost."""
    try:
        who = _LEAVE.unsign(token)
    except BadSignature as fault:
        raise LinkLost from fault
    return _person(who, lock=lock)
