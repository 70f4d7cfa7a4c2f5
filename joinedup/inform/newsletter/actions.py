"""Asking for the newsletter, confirming, changing one's choices, leaving; and keeping our word about time.

The public acts here as a visitor: the link in a mail is their permission (see access.py).
"""

import datetime
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language

from joinedup.design.place import written_language
from joinedup.foundation.audit.actions import record
from joinedup.foundation.messages.actions import forget_about, write
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import VISITOR, Actor, Permission
from joinedup.foundation.permissions import ask as ask_permission
from joinedup.inform.newsletter import access
from joinedup.inform.newsletter.models import (
    ConsentEvent,
    ConsentEventQuerySet,
    ConsentWording,
    Subscriber,
    Topic,
    address_marks,
    new_link_key,
    tidy_address,
)

# Two sendings of one form within this time are a double click: one line in the ledger, one mail.
DOUBLE_CLICK = datetime.timedelta(minutes=1)
# How long the evidence is kept after a person left.
EVIDENCE_KEPT = datetime.timedelta(days=3 * 365 + 1)

_Kind = ConsentEvent.Kind
_State = Subscriber.State


def _check_language(language: str) -> None:
    if language not in settings.PARTNERSHIP["languages"]:
        raise ValidationError({"language": "This language is not on the partnership's list."})


def _kept(email: str) -> tuple[Subscriber, bool]:
    """The row for this address, locked, and whether it is new. Two at once make one row."""
    people = Subscriber.objects.select_for_update().by_address(email)
    found = people.first()
    if found is not None:
        return found, False
    fresh = Subscriber(email=tidy_address(email), address_mark=address_marks(email)[0])
    fresh.clean_fields()
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
    except IntegrityError:
        return people.get(), False
    return fresh, True


def _enter(
    subscriber: Subscriber,
    kind: ConsentEvent.Kind,
    *,
    page: str = "",
    wording: ConsentWording | None = None,
    answers: ConsentEvent | None = None,
) -> ConsentEvent:
    """Add a line to the ledger, with the language the page was read in."""
    return ConsentEvent.objects.create(
        subscriber=subscriber,
        kind=kind,
        wording=wording,
        answers=answers,
        page=page,
        language=get_language() or settings.LANGUAGE_CODE,
    )


def _write(
    subscriber: Subscriber, template: str, stream: Message.Stream, *, name: str = "", **tokens: str
) -> None:
    """Queue a mail to the subscriber, in their language, with links to pages in that language.

    `tokens` open the doors they are named after (`confirm` gives the template `confirm_href`). The
    mail holds nothing that anyone typed into the form but the name of someone who confirmed, so
    nobody can send words of their own to strangers through us.
    """
    language = written_language(subscriber.language)
    tokens["leave"] = access.leave_token(subscriber)
    with translation.override(language):
        links = {f"{door}_href": reverse(f"newsletter:{door}", args=[key]) for door, key in tokens.items()}
    write(
        to=subscriber.email or "",
        template=f"newsletter/mail/{template}",
        context={"name": name, **links},
        stream=stream,
        about=subscriber,
        language=language,
        urgency=Message.Urgency.NOW,
        headers={
            "List-Unsubscribe": f"<{settings.SITE_URL}{links['leave_href']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def _just_written(subscriber: Subscriber, template: str) -> bool:
    return Message.objects.filter(
        about_kind=subscriber._meta.label_lower,
        about_id=str(subscriber.pk),
        template=f"newsletter/mail/{template}",
        created_at__gt=timezone.now() - DOUBLE_CLICK,
    ).exists()


@transaction.atomic
def ask(
    *,
    email: str,
    name: str,
    topics: Iterable[Topic],
    language: str,
    page: str,
    wording: ConsentWording | None = None,
) -> Subscriber:
    """Ask for the newsletter: keeps the request until it is confirmed, and queues the mail with the link.

    `page` is the path on which the words of consent were read, `wording` the version shown there
    (the current one in the language of the page unless said). Someone already on the list stays as
    they are, and gets a mail with their own links. The door must answer alike in every case. Raises
    ValidationError for an address or language that cannot be, ConsentWording.DoesNotExist when no
    wording is in force.
    """
    _check_language(language)
    wording = wording or ConsentWording.objects.current()
    subscriber, is_new = _kept(email)
    before = "new" if is_new else str(subscriber.state)
    if before == _State.CONFIRMED:
        if not _just_written(subscriber, "already"):
            choices = access.preferences_token(subscriber)
            _write(subscriber, "already", Message.Stream.REPLY, preferences=choices)
    else:
        _note_request(subscriber, email=email, name=name, topics=topics, language=language)
        is_repeated = before == _State.PENDING
        if not (is_repeated and _just_written(subscriber, "confirm")):
            kind = _Kind.ASKED_AGAIN if is_repeated else _Kind.ASKED
            event = _enter(subscriber, kind, page=page, wording=wording)
            _write(subscriber, "confirm", Message.Stream.REPLY, confirm=access.confirm_token(event))
    record(verb="inform_newsletter.ask", by=VISITOR, subject=subscriber, details={"before": before})
    return subscriber


def _note_request(
    subscriber: Subscriber, *, email: str, name: str, topics: Iterable[Topic], language: str
) -> None:
    """Keep what was asked for; what was asked last counts."""
    subscriber.state = _State.PENDING
    subscriber.email, subscriber.address_mark = tidy_address(email), address_marks(email)[0]
    subscriber.name, subscriber.language = name, language
    subscriber.asked_at = timezone.now()
    subscriber.clean_fields()
    subscriber.save()
    subscriber.topics.set(topics)


@transaction.atomic
def confirm(*, token: str) -> Subscriber:
    """Put the person on the list: the second half of saying yes. A second time changes nothing.

    Raises access.LinkLost when the link is altered, older than seven days, or from before they left.
    """
    event = access.asking(token, lock=True)
    subscriber = event.subscriber
    if subscriber.state == _State.CONFIRMED:
        return subscriber
    subscriber.state, subscriber.confirmed_at = _State.CONFIRMED, timezone.now()
    subscriber.save(update_fields=["state", "confirmed_at"])
    _enter(subscriber, _Kind.CONFIRMED, page="/newsletter/confirm/", wording=event.wording, answers=event)
    _write(
        subscriber,
        "welcome",
        Message.Stream.NEWSLETTER,
        name=subscriber.name,
        preferences=access.preferences_token(subscriber),
    )
    record(verb="inform_newsletter.confirm", by=VISITOR, subject=subscriber)
    return subscriber


@transaction.atomic
def change(*, token: str, name: str, topics: Iterable[Topic], language: str) -> Subscriber:
    """Replace the person's name, topics and language. Raises access.LinkLost, or ValidationError."""
    _check_language(language)
    subscriber = access.chooser(token, lock=True)
    subscriber.name, subscriber.language = name, language
    subscriber.clean_fields()
    subscriber.save(update_fields=["name", "language"])
    subscriber.topics.set(topics)
    _enter(subscriber, _Kind.CHANGED, page="/newsletter/preferences/")
    record(verb="inform_newsletter.change", by=VISITOR, subject=subscriber)
    return subscriber


def _empty(subscriber: Subscriber) -> None:
    """Delete what we only needed to write to the person; older preferences links end with the new key."""
    subscriber.state, subscriber.confirmed_at = _State.LEFT, None
    subscriber.email, subscriber.name, subscriber.language = None, "", settings.LANGUAGE_CODE
    subscriber.link_key = new_link_key()
    subscriber.save()
    subscriber.topics.clear()
    forget_about(subject=subscriber)  # a mail's row holds the address too


@transaction.atomic
def leave(*, token: str, one_click: bool) -> None:
    """Take the person off the list and delete their address at once. A second time changes nothing.

    `one_click` says that their mail program asked (RFC 8058), not they on our page. Raises
    access.LinkLost when the link is altered.
    """
    subscriber = access.leaver(token, lock=True)
    if subscriber is None or subscriber.state == _State.LEFT:
        return
    before = str(subscriber.state)
    subscriber.left_at = timezone.now()
    _empty(subscriber)
    _enter(subscriber, _Kind.LEFT, page="/newsletter/leave/")
    record(
        verb="inform_newsletter.leave",
        by=VISITOR,
        subject=subscriber,
        details={"before": before, "one_click": one_click},
    )


@transaction.atomic
def erase(*, email: str, by: Actor) -> int:
    """Erase someone who asked to be forgotten; returns how many people that was, 0 or 1.

    What stays is what stays of everyone who leaves: the keyed mark of the address, so that no list
    brings them back, and the lines of the ledger, so that the totals still add up.
    """
    ask_permission(by, Permission.PERSON_ERASE)
    subscriber = Subscriber.objects.select_for_update().by_address(email).first()
    if subscriber is None or subscriber.state == _State.LEFT:
        return 0
    subscriber.left_at = timezone.now()
    _empty(subscriber)
    _enter(subscriber, _Kind.LEFT)
    record(verb="inform_newsletter.erase", by=by, subject=subscriber)
    return 1


@transaction.atomic
def leave_again(*, gone: Mapping[str, datetime.datetime], by: Actor) -> int:
    """Take people off the list whom a restore put back on it: marks of addresses, and when they left.

    Whoever said yes after that stays. Returns how many were taken off. Raises PermissionRefused.
    """
    ask_permission(by, Permission.PERSON_ERASE)
    count = 0
    for subscriber in list(Subscriber.objects.select_for_update().exclude(state=_State.LEFT)):
        marks = {subscriber.address_mark, *address_marks(subscriber.email or "")}
        left = [gone[mark] for mark in marks if mark in gone]
        if not left or max(left) < (subscriber.confirmed_at or subscriber.asked_at):
            continue
        subscriber.left_at = max(left)
        _empty(subscriber)
        ConsentEvent.objects.create(subscriber=subscriber, kind=_Kind.LEFT, at=subscriber.left_at)
        record(verb="inform_newsletter.leave_again", by=by, subject=subscriber)
        count += 1
    return count


def _late(now: datetime.datetime) -> QuerySet[Subscriber]:
    return Subscriber.objects.unconfirmed_since(now - access.CONFIRM_WITHIN)


def _old_lines(now: datetime.datetime) -> ConsentEventQuerySet:
    gone = Subscriber.objects.left_before(now - EVIDENCE_KEPT)
    return ConsentEvent.objects.filter(subscriber__in=gone)


@transaction.atomic
def forget_requests(*, by: Actor, now: datetime.datetime | None = None) -> int:
    """Delete requests not confirmed within seven days; returns how many.

    Someone who had left before keeps the mark of their address; of everybody else nothing stays.
    """
    ask_permission(by, Permission.RETENTION_RUN)
    late = _late(now or timezone.now())
    count = late.count()
    for subscriber in late.filter(left_at__isnull=False):
        _empty(subscriber)
        _enter(subscriber, _Kind.LAPSED)
    for subscriber in late:
        forget_about(subject=subscriber)
    late.delete()
    if count:
        record(verb="inform_newsletter.forget_requests", by=by, details={"count": count})
    return count


@transaction.atomic
def forget_evidence(*, by: Actor, now: datetime.datetime | None = None) -> int:
    """Delete the evidence of people who left three years ago; returns how many lines."""
    ask_permission(by, Permission.RETENTION_RUN)
    count = _old_lines(now or timezone.now()).expire()
    if count:
        record(verb="inform_newsletter.forget_evidence", by=by, details={"count": count})
    return count


def due_requests(now: datetime.datetime) -> int:
    """How many requests `forget_requests` would delete."""
    return _late(now).count()


def due_evidence(now: datetime.datetime) -> int:
    """How many lines `forget_evidence` would delete."""
    return _old_lines(now).count()
