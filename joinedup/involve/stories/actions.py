"""Writing a story from what someone said, showing it, taking words out of it, taking it down."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from joinedup.foundation import findable
from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.numbers.disclosure import shown
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.contributions.actions.speaking import staff
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories.models import MeToo, Story, Wording
from joinedup.involve.stories.redacting import pattern, tells, without

RESERVED = {"feed"}  # an address of its own, see urls.py
TITLE = 120  # characters


class NotAllowed(Exception):
    """The person did not say that their words may be shown, or took them back."""


def key_of(story: Story) -> str:
    """What search knows it by."""
    return f"involve_stories.story:{story.pk}:{story.language}"


def _told(story: Story) -> None:
    """Pages, feed and search hear of it in the same transaction."""
    findable.changed.send(sender=Story, key=key_of(story))
    bump()


def _shown_language(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70].strip("-") or "story"
    slug, number = stem, 2
    while slug in RESERVED or Story.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _keep_wording(story: Story, by: Actor, why: str = "") -> None:
    Wording.objects.create(
        story=story,
        number=story.wordings.count() + 1,
        title=story.title,
        text=story.text,
        written_by=staff(by),
        why=why,
    )


def _clean(text: str) -> str:
    """Without signs that neither a page nor a feed can show."""
    return "".join(each for each in text if each in "\n\t" or unicodedata.category(each) != "Cc")


def _check(title: str, text: str) -> None:
    faults = {}
    if not title.strip():
        faults["title"] = _("Write a title.")
    if not text.strip():
        faults["text"] = _("Write the story.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def write(
    *, contribution: Contribution, title: str, text: str, by: Actor, version: int | None = None
) -> Story:
    """Write a story from what someone said, or write it anew. Nobody sees a new one until it is shown.

    `version` is the one the writer began from. Raises PermissionRefused; NotAllowed where the person did not
    say that it may be shown; ValidationError by field, and `clash` when someone else wrote it anew or took
    words out meanwhile: what was taken out must not come back.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    ask(by, Permission.STORY_PUBLISH, fresh)
    if not fresh.may_publish or fresh.state == Contribution.State.REVOKED:
        raise NotAllowed
    title, text = " ".join(title.split()), _clean(text.replace("\r\n", "\n")).strip()
    _check(title, text)
    story = Story.objects.select_for_update().filter(contribution=fresh).first()
    if story is None:
        story = Story(contribution=fresh, slug=_free_slug(title), language=_shown_language(fresh.language))
    elif story.state == Story.State.REVOKED:
        raise NotAllowed
    elif version is not None and version != story.version:
        raise ValidationError(
            _(
                "Someone else changed the story or took words out of it while you were writing. See how it"
                " stands now below, and take the same words out of yours."
            ),
            code="clash",
        )
    elif story.state == Story.State.DRAFT and title != story.title:
        story.slug = _free_slug(title)  # nobody knows the address yet, and it tells no corrected title
    story.title, story.text = _clean(title), text
    story.changed_at = timezone.now()
    story.version = story.version + 1 if story.pk else 1
    story.clean_fields(exclude=["slug"])
    story.save()
    _keep_wording(story, by)
    record(verb="involve_stories.write", by=by, subject=story)
    _told(story)
    return story


@transaction.atomic
def show(*, story: Story, by: Actor) -> Story:
    """Show it to everyone. Doing it twice changes nothing. Raises PermissionRefused, NotAllowed."""
    row = Story.objects.select_for_update().select_related("contribution").get(pk=story.pk)
    ask(by, Permission.STORY_PUBLISH, row.contribution)
    if not row.contribution.may_publish or row.state == Story.State.REVOKED:
        raise NotAllowed
    if row.state == Story.State.DRAFT:
        row.state, row.published_at = Story.State.ACTIVE, timezone.now()
        row.save(update_fields=["state", "published_at"])
        record(verb="involve_stories.show", by=by, subject=row)
        _told(row)
    return row


@transaction.atomic
def redact(*, story: Story, phrase: str, why: str, by: Actor) -> int:
    """Take words out wherever they stand: page, feed, search, every earlier wording; returns from how many.

    What they were is kept nowhere here, also not in the record. Raises PermissionRefused; ValidationError for
    too short a phrase, for one that does not occur, and without a reason.
    """
    row = Story.objects.select_for_update().select_related("contribution").get(pk=story.pk)
    ask(by, Permission.STORY_PUBLISH, row.contribution)
    if pattern(phrase) is None:
        raise ValidationError({"phrase": _("Write the words to take out, at least two letters.")})
    if not why.strip():
        raise ValidationError({"why": _("Say why, without repeating the words.")})
    stands: list[Story | Wording] = [row, *row.wordings.all()]
    changed = [each for each in stands if _without(each, phrase)]
    if not changed:
        raise ValidationError({"phrase": _("These words do not stand in the story.")})
    for each in changed:
        each.save(update_fields=["title", "text"] if each is row else ["title", "text", "why"])
    if tells(row.slug, phrase):
        row.slug = _free_slug("" if tells(slugify(row.title), phrase) else row.title)
    row.changed_at = timezone.now()
    row.version += 1
    row.save(update_fields=["slug", "changed_at", "version"])
    _keep_wording(row, by, without(" ".join(why.split()), phrase)[:200])
    record(verb="involve_stories.redact", by=by, subject=row, details={"places": len(changed)})
    _told(row)
    return len(changed)


def _without(each: Story | Wording, phrase: str) -> bool:
    """Whether the phrase stood there; it is out then, also out of the reason given for another redaction."""
    before = each.title, each.text
    each.title, each.text = without(each.title, phrase)[:TITLE], without(each.text, phrase)
    is_changed = (each.title, each.text) != before
    if isinstance(each, Wording):
        why = each.why
        each.why = without(why, phrase)[:200]
        is_changed = is_changed or each.why != why
    return is_changed


def _empty(story: Story) -> None:
    Wording.objects.filter(story=story).update(title="", text="", why="")
    Story.objects.filter(pk=story.pk).update(
        state=Story.State.REVOKED,
        slug=f"taken-down-{story.pk}",  # the address was made of the title
        title="",
        text="",
        taken_down_at=timezone.now(),
    )
    _told(story)


@transaction.atomic
def take_down(*, story: Story, by: Actor) -> None:
    """Take it down for good: its words go, here and in every earlier wording. Twice changes nothing.

    Raises PermissionRefused.
    """
    row = Story.objects.select_for_update().select_related("contribution").get(pk=story.pk)
    ask(by, Permission.STORY_PUBLISH, row.contribution)
    if row.state != Story.State.REVOKED:
        _empty(row)
        record(verb="involve_stories.take_down", by=by, subject=row)


@transaction.atomic
def erase(*, contributions: Iterable[int], by: Actor) -> int:
    """Take down the stories made of these, because the person asked; returns how many.

    Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    rows = Story.objects.select_for_update().exclude(state=Story.State.REVOKED)
    found = list(rows.filter(contribution__in=list(contributions)))
    for story in found:
        _empty(story)
        record(verb="involve_stories.erase", by=by, subject=story)
    return len(found)


@transaction.atomic
def end_again(*, down: Collection[int], versions: Mapping[int, int], by: Actor) -> int:
    """Take down again what a restore brought back, and hide what came back with words we had taken out.

    `down`: keys of stories that were down; `versions`: what was shown then, by key. Returns how many.
    Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    done = 0
    for story in Story.objects.select_for_update().exclude(state=Story.State.REVOKED):
        if story.pk in down:
            _empty(story)
        elif story.is_public and story.version < versions.get(story.pk, 0):
            story.state, story.published_at = Story.State.DRAFT, None
            story.save(update_fields=["state", "published_at"])
            _told(story)
        else:
            continue
        done += 1
        record(verb="involve_stories.end_again", by=by, subject=story)
    return done


def forget(contribution_id: int) -> None:
    """Take the story down whose person took back what they said, or wants it shown no more.

    Part of the action by which they said so.
    """
    rows = Story.objects.filter(contribution_id=contribution_id).exclude(state=Story.State.REVOKED)
    for story in rows.only("pk", "language"):
        _empty(story)


@transaction.atomic
def me_too(*, story: Story) -> None:
    """Count someone to whom it happened too. Raises NotAllowed for a story that is not shown."""
    if not Story.objects.public().filter(pk=story.pk).exists():
        raise NotAllowed
    before = shown(story.me_too.count())
    MeToo.objects.create(story=story)
    if shown(story.me_too.count()) != before:
        bump()
