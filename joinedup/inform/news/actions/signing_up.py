"""Signing up for an event, taking it back, and who gets a place when one is free.

One rule: whoever fits gets a place. Places go to who asked first; a group for which too few places
are left waits, and does not keep a smaller one out. So nobody ever waits who would fit.
Every change takes the event's turn first, so two people at once cannot both have the last place.
"""

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.messages.actions import forget_about, write
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import VISITOR, Actor, Permission, ask
from joinedup.inform.news import access
from joinedup.inform.news.models import EventPage, EventSignUp

WORDING = "2"  # the version of the words beside the button; see parts/how_we_use_it.html

# Two sendings for one address within this time are a double click: one mail.
DOUBLE_CLICK = datetime.timedelta(minutes=1)
_AGAIN = "news/mail/already"
_TURN = 0x45564E54  # the first half of every such lock, so that it meets no other
_State, _Told = EventSignUp.State, EventSignUp.Told


_EMPTIED = [
    *("state", "withdrawn_at", "name", "email", "phone"),
    *("needs", "interpreter_language", "needs_other"),
]


class NotOpen(Exception):
    """Nobody can sign up now: it is cancelled, over, closed, or takes no sign-ups here."""


class TooMany(Exception):
    """More people in one sign-up than the event has room for at all, so they would wait for ever."""


@dataclass(frozen=True)
class Asked:
    """What someone wrote in the form, as it hands it over."""

    name: str
    email: str
    phone: str
    people: int
    needs: tuple[str, ...] = ()
    interpreter_language: str = ""
    needs_other: str = ""
    language: str = "en"


def locked(pk: int) -> EventPage:
    """The event, with everyone else who wants to change who comes kept waiting until the transaction ends.

    SQLite keeps them waiting from when a transaction begins. On PostgreSQL it is a lock by number
    and not of the row: locking a row needs the right to change it, and the public site may not
    change pages. See docs/adr/0012.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_TURN, pk])
    event: EventPage = EventPage.objects.get(pk=pk)
    return event


def free_places(event: EventPage) -> int | None:
    """How many places are left; None where there is room for everyone."""
    if event.max_places is None:
        return None
    return max(0, int(event.max_places) - int(event.sign_ups.placed().people()))


def tell(sign_up: EventSignUp, event: EventPage, template: str, told: str) -> bool:
    """Queue the mail and note what it tells; False when they gave no address, so someone must ring.

    The mail holds nothing that anyone typed into the form, so nobody can send words of their own to
    strangers through us, and nothing about what they need.
    """
    if not sign_up.email:
        return False
    write(
        to=sign_up.email,
        template=f"news/mail/{template}",
        context={
            "event": event.in_language(sign_up.language),
            "reason": event.cancel_reason,
            "people": sign_up.people,
            "is_waiting": sign_up.state == _State.WAITING,
            "place_href": access.place_href(sign_up),
            "calendar_href": reverse("news:calendar", args=[event.slug]),
        },
        stream=Message.Stream.REPLY,
        about=sign_up,
        language=sign_up.language,
        urgency=Message.Urgency.NOW,
    )
    sign_up.told = told
    sign_up.save(update_fields=["told"])
    return True


@transaction.atomic
def sign_up(*, event: EventPage, asked: Asked, once: str) -> EventSignUp:
    """Sign someone up: for a place while there is one for all of them, else for the waiting list.

    The same form sent twice gives the same row. With an email address, a message with the link to
    take it back is queued. An address that has a place or waits gets no second row: its own row is
    given back, unchanged, and the message says so. The door must answer alike in both cases, and
    show nothing of the row. Raises NotOpen, TooMany, ValidationError.
    """
    event = locked(event.pk)
    digest = hashlib.sha256(json.dumps([once, event.pk, asdict(asked)]).encode()).hexdigest()
    same = EventSignUp.objects.select_related("event").filter(once_digest=digest)
    known = same.without_details().first()
    if known is not None:
        return known
    if not event.takes_sign_ups_at(timezone.now()):
        raise NotOpen
    if event.max_places is not None and asked.people > event.max_places:
        raise TooMany
    free = free_places(event)
    state = _State.PLACED if free is None or asked.people <= free else _State.WAITING
    values = asdict(asked) | {"needs": list(asked.needs), "language": access.language_of(asked.language)}
    row = EventSignUp(
        event=event, state=state, told=state.value, wording=WORDING, once_digest=digest, **values
    )
    row.full_clean()
    theirs = event.sign_ups.standing().of_address(row.email).without_details().in_order().first()
    if theirs is not None:
        return _tell_again(theirs, event)
    row.save(force_insert=True)
    tell(row, event, str(state), str(state))
    record(verb="inform_news.sign_up", by=VISITOR, subject=row, details={"state": str(state)})
    return row


def _tell_again(row: EventSignUp, event: EventPage) -> EventSignUp:
    """Write to someone who asked a second time that they have a place already, or wait for one."""
    since = timezone.now() - DOUBLE_CLICK
    if not Message.objects.about(row).filter(template=_AGAIN, created_at__gt=since).exists():
        tell(row, event, "already", str(row.state))
    record(verb="inform_news.sign_up_again", by=VISITOR, subject=row)
    return row


@transaction.atomic
def withdraw(*, token: str) -> EventSignUp:
    """Take a sign-up back and delete its details at once; whoever waits and fits gets the place.

    A second time changes nothing. Raises access.LinkLost.
    """
    event = locked(access.sign_up_of(token).event_id)
    row = access.sign_up_of(token)  # once more, now that nobody else can change it
    if row.state == _State.WITHDRAWN:
        return row
    before = _take_back(row, event)
    record(verb="inform_news.withdraw", by=VISITOR, subject=row, details={"before": before})
    return row


@transaction.atomic
def withdraw_for(*, sign_up: EventSignUp, by: Actor) -> bool:
    """Take a sign-up back for someone who rang, as their own link would. False when it was before."""
    ask(by, Permission.EVENT_SIGN_UP_WITHDRAW, sign_up)
    event = locked(sign_up.event_id)
    row = event.sign_ups.get(pk=sign_up.pk)
    if row.state == _State.WITHDRAWN:
        return False
    before = _take_back(row, event)
    record(verb="inform_news.withdraw_for", by=by, subject=row, details={"before": before})
    return True


def _take_back(row: EventSignUp, event: EventPage) -> str:
    """Empty the row, and give its place to who waits; returns what it was before."""
    before = str(row.state)
    empty(row)
    if before == _State.PLACED:
        give_places(event)
    return before


def empty(row: EventSignUp) -> None:
    """Delete what someone wrote, and our mails to them, which hold their address too."""
    row.state, row.withdrawn_at = _State.WITHDRAWN, timezone.now()
    row.name = row.email = row.phone = row.interpreter_language = row.needs_other = ""
    row.needs = []
    row.save(update_fields=_EMPTIED)
    forget_about(subject=row)


def give_places(event: EventPage) -> list[EventSignUp]:
    """Give free places to those who wait, who asked first on top, and tell them. The row is locked."""
    free = free_places(event)
    given: list[EventSignUp] = []
    if event.is_cancelled or event.start_at <= timezone.now():
        return given
    for row in event.sign_ups.waiting().without_details():
        if free is not None and row.people > free:
            continue
        row.state = _State.PLACED
        row.save(update_fields=["state"])
        tell(row, event, "place_free", _Told.PLACED)
        given.append(row)
        free = None if free is None else free - row.people
    return given


@transaction.atomic
def fill(*, event: EventPage, by: Actor) -> int:
    """Give free places to those who wait, after the number of places was raised; returns to how many."""
    ask(by, Permission.PAGE_PUBLISH)
    given = give_places(locked(event.pk))
    if given:
        record(verb="inform_news.fill", by=by, subject=event, details={"sign_ups": len(given)})
    return len(given)
