"""What a person does, or staff for them: say something, add to it, put it right, take it back."""

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.design.place import written_language
from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.actions import forget_about, write
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import VISITOR, Actor, Permission, Visitor, ask
from joinedup.involve.contributions import plugs, secret_words
from joinedup.involve.contributions.models import LONGEST, Answer, AnswerDraft, Contribution, Words
from joinedup.involve.contributions.references import new_reference
from joinedup.involve.contributions.working_days import working_days_after

TRIES = 3
SAME_WITHIN = datetime.timedelta(minutes=10)


class Closed(Exception):
    """The contribution was taken back, so nothing can be added to it or done about it."""


@dataclass(frozen=True)
class Said:
    """What someone said and how they want to be answered, as a form hands it over."""

    kind: str
    words: str
    speaker: str
    about: str
    reply_by: str
    service_or_place: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    address_line_1: str = ""
    address_line_2: str = ""
    town: str = ""
    postcode: str = ""
    language: str = "en"
    needs: tuple[str, ...] = ()
    needs_other: str = ""
    may_publish: bool = False


@dataclass(frozen=True)
class Receipt:
    """The row, and the word that opens it: to be shown once, because it is kept nowhere.

    `word` is empty when the row is an earlier one and its word cannot be told again.
    """

    contribution: Contribution
    word: str
    is_new: bool


def staff(by: Actor) -> User | None:
    """The member of staff behind an actor; None for a visitor and for the platform itself."""
    return by if isinstance(by, User) else None


def once_digest(once: str, *parts: str) -> str:
    """The key of one sending: of the form's own key and what was written in it (SHA-256, hexadecimal).

    A double click gives the same key. Going back, changing the words and sending again does not, so
    the changed words are not lost.
    """
    return hashlib.sha256(json.dumps([once, *parts]).encode()).hexdigest()


def due_dates(at: datetime.datetime) -> tuple[datetime.date, datetime.date]:
    """The days by which something heard at that time is read and answered, as the place promises."""
    day = timezone.localdate(at)
    return (
        working_days_after(day, settings.PARTNERSHIP["read_within_days"]),
        working_days_after(day, settings.PARTNERSHIP["answer_within_days"]),
    )


@transaction.atomic
def send(*, said: Said, once: str, at: datetime.datetime | None = None) -> Receipt:
    """Take what someone sends by the form on the website. Nothing is asked: everyone may speak.

    The same form sent twice gives the same row, reference and word; the same words and particulars
    with the same email address, sent again within ten minutes, give the same row and no word. With
    an email address given, a message with the reference (never the word) is queued. `at` is when it
    came; now unless a sample says otherwise. Raises ValidationError when a value is not as the row keeps it.
    """
    return _take(said, once=once, by=VISITOR, verb="send", channel=Contribution.Channel.WEB, at=at)


@transaction.atomic
def enter(
    *,
    said: Said,
    once: str,
    channel: str,
    by: Actor,
    organisation: Organisation | None = None,
    at: datetime.datetime | None = None,
) -> Receipt:
    """Write down what someone said on the phone, on paper or face to face; otherwise as `send`.

    `at` is when it reached us, from which the promised days count. Staff of one organisation enter
    for that organisation. Raises PermissionRefused, ValidationError.
    """
    ask(by, Permission.CONTRIBUTION_ENTER, organisation or Contribution())
    if channel == Contribution.Channel.WEB:
        raise ValidationError(_("Say how it reached us."), code="channel")
    return _take(said, once=once, by=by, verb="enter", channel=channel, at=at, organisation=organisation)


def _take(
    said: Said,
    *,
    once: str,
    by: Actor,
    verb: str,
    channel: str,
    at: datetime.datetime | None,
    organisation: Organisation | None = None,
) -> Receipt:
    values = asdict(said) | {"needs": list(said.needs)}
    text = checked(str(values.pop("words")))
    digest = once_digest(once, channel, json.dumps(asdict(said), sort_keys=True))
    word = secret_words.word_for(f"{once} {digest}")
    known = Contribution.objects.filter(once_digest=digest).first()
    if known is None and channel == Contribution.Channel.WEB and at is None:
        known = _just_sent(values, text)
    if known is not None:
        return _known(known, word)
    heard_at = at or timezone.now()
    read_by_on, answer_by_on = due_dates(heard_at)
    contribution = Contribution(
        **values,
        channel=channel,
        entered_by=staff(by),
        organisation=organisation,
        once_digest=digest,
        received_at=heard_at,
        last_heard_at=heard_at,
        read_by_on=read_by_on,
        answer_by_on=answer_by_on,
    )
    if not _saved(contribution, word):
        # The other half of a double click was faster.
        return _known(Contribution.objects.get(once_digest=digest), word)
    Words.objects.create(
        contribution=contribution,
        kind=Words.Kind.ORIGINAL,
        text=text,
        said_at=heard_at,
        entered_by=staff(by),
        once_digest=digest,
    )
    _confirm(contribution)
    details = {"kind": said.kind, "channel": channel, "reply_by": said.reply_by}
    record(verb=f"involve_contributions.{verb}", by=by, subject=contribution, details=details)
    return Receipt(contribution, word, is_new=True)


def _known(contribution: Contribution, word: str) -> Receipt:
    """The receipt of an earlier sending, without its word when that is not known or was replaced since."""
    kept, reference = contribution.word_digest, contribution.reference
    still = secret_words.matches(reference=reference, word=word, kept=kept)
    return Receipt(contribution, word if still else "", is_new=False)


def _just_sent(values: dict[str, object], text: str) -> Contribution | None:
    """What the same person sent just now, when someone went back and pressed the button once more.

    An email address makes it the same person; without one, equal words may be of two.
    """
    if not values["email"]:
        return None
    same = Contribution.objects.open().filter(
        **values, channel=Contribution.Channel.WEB, received_at__gte=timezone.now() - SAME_WITHIN
    )
    return same.filter(words__kind=Words.Kind.ORIGINAL, words__text=text).order_by("pk").first()


def checked(text: str) -> str:
    """The words without blank edges. Raises ValidationError when there are none, or too many."""
    words = text.strip()
    if not words:
        raise ValidationError(_("There are no words."), code="required")
    if len(words) > LONGEST:
        raise ValidationError(_("There are too many words."), code="max_length")
    return words


def _saved(contribution: Contribution, word: str) -> bool:
    """Save under a fresh reference; False when this sending is already kept."""
    for _try in range(TRIES):
        contribution.reference = new_reference()
        contribution.word_digest = secret_words.digest(reference=contribution.reference, word=word)
        contribution.clean_fields()
        try:
            with transaction.atomic():
                contribution.save(force_insert=True)
        except IntegrityError:
            if Contribution.objects.filter(once_digest=contribution.once_digest).exists():
                return False
            if not Contribution.objects.filter(reference=contribution.reference).exists():
                raise
        else:
            return True
    raise RuntimeError("No free reference was found.")


def _confirm(contribution: Contribution) -> None:
    """Queue the message with the reference. It repeats nothing typed, so it is no use to spammers."""
    if contribution.email:
        write(
            to=contribution.email,
            template="contributions/mail/received",
            context={"contribution": contribution},
            stream=Message.Stream.REPLY,
            about=contribution,
            language=written_language(contribution.language),
        )


def locked(contribution: Contribution, by: Actor) -> Contribution:
    """The row, fresh and locked. A visitor came in by reference and word; staff are asked. Raises Closed."""
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not isinstance(by, Visitor):
        ask(by, Permission.CONTRIBUTION_ENTER, fresh)
    if fresh.state == Contribution.State.REVOKED:
        raise Closed
    return fresh


def _say(contribution: Contribution, *, text: str, kind: Words.Kind, once: str, by: Actor) -> Words:
    fresh = locked(contribution, by)
    words = checked(text)
    digest = once_digest(once, str(fresh.pk), kind, words)
    known = Words.objects.filter(once_digest=digest).first()
    if known is not None:
        return known
    now = timezone.now()
    row = Words.objects.create(
        contribution=fresh, kind=kind, text=words, said_at=now, entered_by=staff(by), once_digest=digest
    )
    reopened = fresh.state == Contribution.State.COMPLETED
    if reopened:
        # They heard our answer and have more to say: it is looked at again, with new promises.
        fresh.state = Contribution.State.IN_PROGRESS
        fresh.completed_at = None
        fresh.read_by_on, fresh.answer_by_on = due_dates(now)
    fresh.last_heard_at = now
    fresh.save(update_fields=["state", "completed_at", "read_by_on", "answer_by_on", "last_heard_at"])
    verb = "add_words" if kind == Words.Kind.ADDITION else "correct"
    record(verb=f"involve_contributions.{verb}", by=by, subject=fresh, details={"reopened": reopened})
    plugs.tell_heard(fresh.pk)
    return row


@transaction.atomic
def add_words(*, contribution: Contribution, text: str, once: str, by: Actor = VISITOR) -> Words:
    """Add to what was said. After an answer it is opened again, with new days promised.

    Raises Closed when it was taken back, ValidationError for no words or too many, and for staff
    PermissionRefused.
    """
    return _say(contribution, text=text, kind=Words.Kind.ADDITION, once=once, by=by)


@transaction.atomic
def correct(*, contribution: Contribution, text: str, once: str, by: Actor = VISITOR) -> Words:
    """Say it anew, in place of the first words, which stay in the history; otherwise as `add_words`."""
    return _say(contribution, text=text, kind=Words.Kind.CORRECTION, once=once, by=by)


def empty(fresh: Contribution) -> None:
    """Remove what was said, what was answered and who it was, for good; part of an action that asked."""
    now = timezone.now()
    Words.objects.filter(contribution=fresh).update(text="")
    Answer.objects.filter(contribution=fresh).update(text="")
    AnswerDraft.objects.filter(contribution=fresh).only("pk").delete()  # unread: see config/grants
    for field in Contribution.REMOVED:
        setattr(fresh, field, "")
    fresh.needs, fresh.may_publish = [], False
    fresh.state, fresh.withdrawn_at = Contribution.State.REVOKED, now
    fresh.save()
    forget_about(subject=fresh)
    plugs.tell_emptied(fresh.pk)


@transaction.atomic
def withdraw(*, contribution: Contribution, by: Actor = VISITOR) -> Contribution:
    """Take it back: words, answers, mails about it, contact details and needs are removed for good.

    What remains, so that counts stay right, is what the page says before: kind, who spoke, about
    whom, the language, the way it came and was to be answered, who dealt with it, and the days.
    Doing it twice changes nothing more. Raises PermissionRefused for staff.
    """
    try:
        fresh = locked(contribution, by)
    except Closed:
        return Contribution.objects.get(pk=contribution.pk)
    empty(fresh)
    record(verb="involve_contributions.withdraw", by=by, subject=fresh)
    return fresh


@transaction.atomic
def give_new_word(*, contribution: Contribution, once: str, by: Actor) -> Receipt:
    """Give someone who lost their word a new one; the old one opens nothing from now on.

    The same form sent twice gives the same word. Raises Closed, PermissionRefused.
    """
    ask(by, Permission.CONTRIBUTION_ENTER, contribution)
    fresh = locked(contribution, by)
    word = secret_words.word_for(once_digest(once, "new-word", str(fresh.pk)))
    if secret_words.matches(reference=fresh.reference, word=word, kept=fresh.word_digest):
        return Receipt(fresh, word, is_new=False)
    fresh.word_digest = secret_words.digest(reference=fresh.reference, word=word)
    fresh.save(update_fields=["word_digest"])
    record(verb="involve_contributions.give_new_word", by=by, subject=fresh)
    return Receipt(fresh, word, is_new=True)
