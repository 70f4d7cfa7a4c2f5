"""Very many contributions for a measurement: invented, marked as samples, and as mixed as real ones.

They are written in bulk and not through the actions, which would take an hour; every constraint and trigger
of the database holds for them all the same.
"""

import datetime
import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.utils import timezone

from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.plugs import Part as Step
from joinedup.inform.search.actions import filled, recount
from joinedup.inform.search.models import Entry
from joinedup.involve.cases.models import Case, Part, Place
from joinedup.involve.contributions.actions.speaking import due_dates
from joinedup.involve.contributions.models import Answer, Contribution, Words
from joinedup.involve.contributions.references import ALPHABET, written
from joinedup.involve.sorting.models import Sorting, Suggestion
from joinedup.involve.stories import findable
from joinedup.involve.stories.models import Story
from joinedup.involve.themes.actions import VOICE
from joinedup.involve.themes.models import KIND, Theme

AT_ONCE = 1_000
IN_A_CASE = 6
_DAY = datetime.timedelta(days=1)
_HOUR = datetime.timedelta(hours=1)

THEMES = ("Waiting", "Getting through", "Moving about", "Being heard", "Food", "Clean air", "Clear letters")
RARE = ("chandelier", "aquarium", "harmonica", "greenhouse")
_WHO = ("I", "My mother", "My neighbour", "Our son", "My grandfather", "The woman before me", "Our whole row")
_DID = (
    "waited three hours at the clinic",
    "could not reach the surgery by telephone",
    "was sent from one desk to another",
    "found the lift broken again",
    "got a letter nobody could read",
    "had no interpreter that morning",
    "was listened to by a kind nurse",
    "got the medicine on the same day",
    "missed the bus because the appointment was late",
    "asked for help with the forms",
)
_THEN = (
    "and went home without an answer.",
    "and nobody explained why.",
    "and we were thankful for it.",
    "and the pain was worse by evening.",
    "so the visit had to be arranged anew.",
    "which has happened every week since spring.",
    "and the children were frightened.",
    "but the receptionist found a way.",
)
_WISH = (
    "Please put more chairs in the corridor.",
    "A ramp beside the steps would do.",
    "Could the pharmacy stay open on Sunday?",
    "Tell people how long it will take.",
    "The street outside needs a crossing.",
    "A quiet room would help my daughter.",
)
_PLACES = ("", "", "Sample health centre", "Sample pharmacy", "Sample community hall", "Sample hospital")


@dataclass
class Crowd:
    """What was filled in, as far as the measurement asks for it."""

    officer: User
    themes: list[Theme]
    organisations: list[Organisation]


@lru_cache(maxsize=4_000)
def _promised(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    return due_dates(timezone.make_aware(datetime.datetime.combine(day, datetime.time(12))))


def text(chance: random.Random) -> str:
    """What someone might say: two to six sentences of a small vocabulary, now and then with a rare word."""
    said = [
        f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_THEN)}"
        for _sentence in range(chance.choice((1, 2, 2, 3, 5)))
    ]
    if chance.random() < 0.01:
        said.append(f"The {chance.choice(RARE)} was broken.")
    return " ".join(["Sample:", *said, chance.choice(_WISH)])


def _reference(number: int) -> str:
    """Each number's own; spread out, so that they do not come in the order of their keys."""
    code, left = "", (number * 0x9E3779B1 + 0x51ED) % 32**8
    for _place in range(8):
        code, left = code + ALPHABET[left % 32], left // 32
    return written(code)


def _reached(chance: random.Random, number: int) -> dict[str, Any]:
    """How they want to be answered."""
    way = chance.choices(("none", "email", "phone", "letter"), (40, 42, 10, 8))[0]
    given = {
        "none": {},
        "email": {"email": f"sample-{number}@example.org"},
        "phone": {"phone": f"+4477009{number % 100_000:05d}"},
        "letter": {"address_line_1": "Sample: 7 Elm Walk", "town": "London", "postcode": "E1 4DG"},
    }[way]
    return {"reply_by": way, "name": f"Sample: {chance.choice(_WHO)} {number}" if given else "", **given}


def _one(
    chance: random.Random, number: int, state: str, crowd: Crowd, now: datetime.datetime
) -> Contribution:
    """One contribution; those that wait came lately, and some of them are late."""
    kinds = Contribution.State
    came = now - chance.random() * (45 if state in Contribution.OPEN else 1_000) * _DAY
    read_by, answer_by = _promised(timezone.localdate(came))
    is_gone, is_begun = state == kinds.REVOKED, state in (kinds.IN_PROGRESS, kinds.COMPLETED)
    return Contribution(
        reference=_reference(number),
        kind="feedback" if chance.random() < 0.8 else "idea",
        speaker=chance.choice(Contribution.Speaker.values),
        about=chance.choice(Contribution.About.values),
        service_or_place="" if is_gone else chance.choice(_PLACES),
        language="bn" if chance.random() < 0.1 else "en",
        needs=[chance.choice(("interpreter", "easy-read"))] if chance.random() < 0.1 else [],
        may_publish=not is_gone and chance.random() < 0.3,
        once_digest=f"crowd-{number}",
        word_digest="",
        state=kinds.IN_PROGRESS if is_begun else state,  # answered only once its answer stands
        received_at=came,
        read_by_on=read_by,
        answer_by_on=answer_by,
        last_heard_at=came,
        organisation=chance.choice(crowd.organisations) if is_begun else None,
        started_at=came + _HOUR if is_begun else None,
        withdrawn_at=came + _DAY if is_gone else None,
        **({"reply_by": "none"} if is_gone else _reached(chance, number)),
    )


def _spoken(chance: random.Random, one: Contribution) -> list[Words]:
    """What they said first, and of every eighth something later."""
    is_gone = one.state == Contribution.State.REVOKED
    rows = [Words(kind=Words.Kind.ORIGINAL, said_at=one.received_at)]
    if chance.random() < 0.125:
        one.last_heard_at = one.received_at + 4 * _HOUR
        rows.append(Words(kind=Words.Kind.ADDITION, said_at=one.last_heard_at))
    for place, row in enumerate(rows):
        row.contribution, row.text = one, "" if is_gone else text(chance)
        row.once_digest = f"{one.once_digest}-{place}"
    return rows


def _suggested(chance: random.Random, one: Contribution, crowd: Crowd, earlier: list[int]) -> Suggestion:
    theme = chance.choice([*crowd.themes, None])
    has_near = bool(earlier) and chance.random() < 0.3
    return Suggestion(
        contribution=one,
        heard_at=one.last_heard_at,
        sorter="crowd",
        label=theme.name if theme else chance.choice(("", "Something else")),
        theme=theme,
        tone=chance.choice(("positive", "neutral", "negative")),
        confidence=chance.random(),
        severity=chance.random(),
        is_pressing=chance.random() < 0.04,
        has_danger_words=chance.random() < 0.02,
        near_id=chance.choice(earlier) if has_near else None,
        likeness=0.8 if has_near else 0,
    )


def _sorted(chance: random.Random, one: Contribution, crowd: Crowd) -> Sorting:
    """A decision; one in twenty came before the last words, so that it stands in the queue again."""
    before = one.last_heard_at > one.received_at and chance.random() < 0.4
    return Sorting(
        contribution=one,
        theme=chance.choice(crowd.themes),
        tone=chance.choice(("positive", "neutral", "negative")),
        is_urgent=chance.random() < 0.005,
        agreed=chance.random() < 0.8,
        sorted_at=one.received_at + _HOUR if before else one.last_heard_at + _HOUR,
        sorted_by=crowd.officer,
    )


def _answered(one: Contribution, crowd: Crowd) -> Answer:
    at = one.last_heard_at + 5 * _DAY
    is_sent = one.reply_by != Contribution.ReplyBy.NONE
    return Answer(
        contribution=one,
        text="Sample: Thank you. This is what we did about it.",
        form=one.reply_by,
        answered_by=crowd.officer,
        answered_at=at,
        told_on=timezone.localdate(at) if is_sent else None,
        told_noted_at=at if is_sent else None,
        once_digest=f"{one.once_digest}-answer",
    )


def _story(chance: random.Random, one: Contribution, said: str) -> Story:
    return Story(
        contribution=one,
        slug=one.once_digest,
        title=f"Sample: {chance.choice(_DID)}"[:120],
        text=said,
        language=one.language,
        state=Story.State.ACTIVE,
        published_at=one.received_at + 10 * _DAY,
    )


def _link(row: Sorting, theme: int) -> Link:
    return Link(
        start_kind=VOICE, start_key=row.contribution_id, start_part=Step.VOICE,
        end_kind=KIND, end_key=theme, end_part=Step.THEME,
        on=timezone.localdate(row.contribution.received_at), linked_by_kind="crowd",
    )  # fmt: skip


def _write(chance: random.Random, numbers: range, crowd: Crowd, earlier: list[int]) -> None:
    """One batch: of five, three are answered and two wait; of those that wait a third are sorted."""
    now, kinds = timezone.now(), Contribution.State
    weights = {kinds.RECEIVED: 20, kinds.IN_PROGRESS: 15, kinds.COMPLETED: 60, kinds.REVOKED: 5}
    states = chance.choices(list(weights), list(weights.values()), k=len(numbers))
    rows = [_one(chance, n, state, crowd, now) for n, state in zip(numbers, states, strict=True)]
    spoken = [_spoken(chance, one) for one in rows]
    Contribution.objects.bulk_create(rows)
    Words.objects.bulk_create([each for words in spoken for each in words])
    standing = [one for one in rows if one.state != kinds.REVOKED]
    hints = [_suggested(chance, one, crowd, earlier) for one in standing if chance.random() < 0.97]
    Suggestion.objects.bulk_create(hints)
    done = [one for one, state in zip(rows, states, strict=True) if state == kinds.COMPLETED]
    Answer.objects.bulk_create([_answered(one, crowd) for one in done])
    Contribution.objects.filter(pk__in=[one.pk for one in done]).update(
        state=kinds.COMPLETED, completed_at=now
    )
    half = [
        one
        for one, state in zip(rows, states, strict=True)
        if state == kinds.IN_PROGRESS and chance.random() < 0.5
    ]
    sortings = [_sorted(chance, one, crowd) for one in (*done, *half)]
    Sorting.objects.bulk_create(sortings)
    Link.objects.bulk_create([_link(row, row.theme_id) for row in sortings if row.theme_id])
    said = {words[0].contribution_id: words[0].text for words in spoken}
    Story.objects.bulk_create(
        [_story(chance, one, said[one.pk]) for one in done if one.may_publish and chance.random() < 0.5]
    )
    earlier.extend(one.pk for one in standing[:50])


def _open_cases(chance: random.Random, many: int, crowd: Crowd) -> None:
    """Cases of six that wait, with a part or two asked for."""
    free = Contribution.objects.filter(
        once_digest__startswith="crowd-", state=Contribution.State.IN_PROGRESS, sortings__isnull=False
    )
    keys = list(free.order_by("pk").values_list("pk", flat=True)[: many * IN_A_CASE])
    today = timezone.localdate()
    cases = [
        Case(
            reference=f"C-{number:06d}",
            title=f"Sample: {chance.choice(_DID)}",
            risk=chance.choices((1, 2, 3), (1, 9, 90))[0],
            lead=chance.choice(crowd.organisations),
            due_on=today + chance.randint(-10, 30) * _DAY,
        )
        for number in range(len(keys) // IN_A_CASE)
    ]
    Case.objects.bulk_create(cases)
    placed = list(zip(keys, (case for case in cases for _each in range(IN_A_CASE)), strict=False))
    Place.objects.bulk_create([Place(case=case, contribution_id=key) for key, case in placed])
    Contribution.objects.filter(pk__in=[key for key, _case in placed]).update(in_case=True)
    Part.objects.bulk_create(
        Part(case=case, organisation=each, asked="Sample: When will it be done?", due_on=case.due_on)
        for case in cases
        for each in chance.sample(crowd.organisations, 2)
    )


def _index() -> None:
    """What public search takes in of it: the stories that are shown. Written in bulk."""
    held = set(Entry.objects.values_list("key", flat=True))
    new = (thing for thing in findable.everything() if thing.key not in held)
    while batch := [filled(Entry(key=thing.key), thing) for thing in islice(new, AT_ONCE)]:
        Entry.objects.bulk_create(batch)
    recount()


def _begin() -> Crowd:
    kinds = (Organisation.Kind.NHS, Organisation.Kind.COUNCIL, Organisation.Kind.NHS)
    organisations = [
        Organisation.objects.create(name=f"Sample: crowd {n}", slug=f"crowd-{n}", kind=kind)
        for n, kind in enumerate(kinds)
    ]
    officer = User.objects.create_user("crowd@example.org", name="Sample: Officer of the crowd")
    # Nobody signs in with it: the second step only has to stand there.
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={"secret": "none"})
    Membership.objects.create(user=officer, organisation=organisations[0], role="engagement-officer")
    officer.groups.set(Group.objects.filter(name="engagement-officer"))
    themes = [
        Theme.objects.create(slug=f"crowd-{n}", name=f"Sample: {name}", summary="Sample: invented.")
        for n, name in enumerate(THEMES)
    ]
    return Crowd(officer, themes, organisations)


@transaction.atomic
def fill(many: int, chance: random.Random) -> Crowd:
    """So many contributions with all that hangs on them, and search built anew for what of them is shown."""
    crowd, earlier = _begin(), list[int]()
    for start in range(0, many, AT_ONCE):
        _write(chance, range(start, min(many, start + AT_ONCE)), crowd, earlier)
    _open_cases(chance, many // 200, crowd)
    _index()
    if connection.vendor == "postgresql":  # as it does by itself some minutes after so many rows came
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return crowd
