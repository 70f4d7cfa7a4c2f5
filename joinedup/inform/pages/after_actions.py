"""What happens to a page after it was written: approved, taken down, moved, looked at again, counted."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision, Site

from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.actions import write
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import Actor, Permission, ask, may
from joinedup.inform.pages.access import editors
from joinedup.inform.pages.models import BrokenLink, Gone, PageCount, PageReview, SecondPersonState
from joinedup.inform.pages.upkeep import MONTHS_COUNTED, months_after, path_of
from joinedup.inform.pages.words import Link

Found = Mapping[int, list[tuple[Link, BrokenLink.Fault]]]


def _as_user(by: Actor) -> User | None:
    return by if isinstance(by, User) else None


def _held(state: SecondPersonState) -> SecondPersonState:
    """The row, held to the end of the transaction, so that two people cannot decide at once."""
    held: SecondPersonState = SecondPersonState.objects.select_for_update(of=("self",)).get(pk=state.pk)
    return held


@transaction.atomic
def approve(*, state: SecondPersonState, by: Actor) -> None:
    """Publish a version someone else wrote and sent in, or have it go live when its hour comes.

    Raises PermissionDenied for its author, its sender, one decided already and one changed under way.
    The event is the editor's own log entry, copied into audit (see logs.py).
    """
    ask(by, Permission.PAGE_PUBLISH)
    _held(state).approve(user=_as_user(by))


@transaction.atomic
def send_back(*, state: SecondPersonState, reason: str, by: Actor) -> None:
    """Give a version back to its author with the reason. Raises as `approve` does; the event is the log's."""
    ask(by, Permission.PAGE_PUBLISH)
    _held(state).reject(user=_as_user(by), comment=reason)


@transaction.atomic
def stop_release(*, page: Page, by: Actor) -> bool:
    """Keep an approved version from going out at its hour; False when there is none. One person may."""
    ask(by, Permission.PAGE_EDIT)
    stopped = Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
    if not stopped.update(approved_go_live_at=None):
        return False
    record(verb="inform_pages.stop_release", by=by, subject=page)
    return True


def _check_see_instead(see_page: Page | None, see_address: str, going: list[Page]) -> None:
    if see_page is not None and (not see_page.live or see_page.pk in {page.pk for page in going}):
        raise ValidationError({"see_page": _("Choose a page that stays public.")})
    if see_page is not None and see_address:
        raise ValidationError({"see_address": _("Choose a page or type an address, not both.")})


@transaction.atomic
def take_down(
    *, page: Page, words: str, see_page: Page | None, see_address: str, with_below: bool, by: Actor
) -> list[str]:
    """Unpublish a page and say at its old address where to go instead; returns the addresses that went.

    One person may do this: taking down must be quick. Raises ValidationError for a first page, for pages
    below that would stay, and for a page instead that goes as well. Each page's event is its log entry.
    """
    ask(by, Permission.PAGE_EDIT)
    if page.depth <= 2 or Site.objects.filter(root_page=page).exists():
        raise ValidationError(_("The first page cannot be taken down."))
    below = list(page.get_descendants().live())
    if below and not with_below:
        raise ValidationError({"with_below": _("Pages below this one are public. Take them down too.")})
    going = [found for found in (page, *below) if found.live]
    _check_see_instead(see_page, see_address, going)
    gone = []
    for leaving in going:
        path = path_of(leaving)
        UnpublishPageAction(leaving.specific, user=_as_user(by)).execute(skip_permission_checks=True)
        said = {"words": words, "see_page": see_page, "see_address": see_address}
        Gone.objects.update_or_create(path=path, defaults={**said, "since": timezone.localdate()})
        gone.append(path)
    BrokenLink.objects.filter(page__in=going).delete()
    return gone


@transaction.atomic
def move_page(*, page: Page, parent: Page, is_first: bool, by: Actor) -> None:
    """Put a page under another one, or first or last among its neighbours; its old address leads on.

    The words stay as they were approved, so one person may do this. Raises ValidationError where the page
    may not stand. The event is the editor's own log entry.
    """
    ask(by, Permission.PAGE_EDIT)
    page, parent = Page.objects.get(pk=page.pk).specific, Page.objects.get(pk=parent.pk)
    is_below = parent.pk == page.pk or parent.is_descendant_of(page)
    if page.depth <= 2 or is_below or parent.locale_id != page.locale_id:
        raise ValidationError({"parent": _("The page cannot stand there.")})
    if not page.is_child_of(parent):
        if not page.can_move_to(parent):
            raise ValidationError({"parent": _("Pages of this kind cannot stand there.")})
        if parent.get_children().filter(slug=page.slug).exists():
            raise ValidationError({"parent": _("A page with the same address stands there already.")})
    action = MovePageAction(page, parent, pos="first-child" if is_first else "last-child", user=_as_user(by))
    action.execute(skip_permission_checks=True)


@transaction.atomic
def still_right(*, review: PageReview, by: Actor) -> PageReview:
    """Someone read the page and it is right: its date is today, and it is due again after the usual time."""
    ask(by, Permission.PAGE_EDIT)
    review.found_right(timezone.localdate())
    review.save(update_fields=["checked_on", "review_on", "reminded_on"])
    record(verb="inform_pages.still_right", by=by, subject=review.page, details={"review": review.pk})
    return review


@transaction.atomic
def set_review(
    *, review: PageReview, owner: User | None, every_months: int, review_on: datetime.date, by: Actor
) -> PageReview:
    """Who looks after a page, how often, and when next. Raises ValidationError for who may not edit."""
    ask(by, Permission.PAGE_EDIT)
    if owner is not None and not may(owner, Permission.PAGE_EDIT):
        raise ValidationError({"owner": _("Choose someone who may edit pages.")})
    if review_on != review.review_on:
        review.reminded_on = None
    review.owner, review.every_months, review.review_on = owner, every_months, review_on
    review.full_clean()
    review.save()
    record(verb="inform_pages.set_review", by=by, subject=review.page, details={"review": review.pk})
    return review


@transaction.atomic
def remind(*, by: Actor, today: datetime.date | None = None) -> int:
    """Tell those who look after pages which are due; one message a person, returns how many were written.

    Safe to run at any time and twice: what was told is marked in the same transaction.
    """
    ask(by, Permission.PAGE_EDIT)
    day = today or timezone.localdate()
    due = list(PageReview.objects.to_remind(day).select_for_update(of=("self",)))
    everyone = editors()
    pages_of: dict[User, list[PageReview]] = {}
    for review in due:
        to = [review.owner] if review.owner in everyone else everyone
        for person in to:
            pages_of.setdefault(person, []).append(review)
    if not pages_of:
        return 0
    for person, reviews in pages_of.items():
        write(
            to=person.email,
            template="pages/mail/due",
            context={"name": person.name, "reviews": reviews, "today": day},
            stream=Message.Stream.REPLY,
            about=person,
        )
    PageReview.objects.filter(pk__in=[review.pk for review in due]).update(reminded_on=day)
    record(verb="inform_pages.remind", by=by, details={"pages": len(due), "people": len(pages_of)})
    return len(pages_of)


@transaction.atomic
def note_broken_links(*, found: Found, by: Actor) -> int:
    """Make the list of broken links what was just found; older ones keep their day. Returns how many."""
    ask(by, Permission.PAGE_EDIT)
    known = {(row.page_id, row.href, row.words): row for row in BrokenLink.objects.all()}
    broken = 0
    for page_id, links in found.items():
        for link, fault in links:
            href, words = link.href[:500], link.words[:250]
            row = known.pop((page_id, href, words), None)
            broken += 1
            if row is None:
                BrokenLink.objects.update_or_create(
                    page_id=page_id, href=href, words=words, defaults={"fault": fault}
                )
            elif row.fault != fault:
                BrokenLink.objects.filter(pk=row.pk).update(fault=fault)
    BrokenLink.objects.filter(pk__in=[row.pk for row in known.values()]).delete()
    record(verb="inform_pages.check_links", by=by, details={"pages": len(found), "broken": broken})
    return broken


@transaction.atomic
def add_counts(*, counts: Mapping[tuple[str, datetime.date], int]) -> None:
    """Add readings to the counts of their pages and days. They are nobody's deed, so no event is written."""
    for (path, day), times in sorted(counts.items()):
        if len(path) > 255:
            continue
        row = PageCount.objects.filter(path=path, day=day)
        if row.update(count=F("count") + times):
            continue
        try:
            with transaction.atomic():
                PageCount.objects.create(path=path, day=day, count=times)
        except IntegrityError:  # another process was quicker
            row.update(count=F("count") + times)


@transaction.atomic
def forget_counts(*, by: Actor, today: datetime.date | None = None) -> int:
    """Delete counts older than 25 months; returns how many rows."""
    ask(by, Permission.PAGE_EDIT)
    last = months_after(today or timezone.localdate(), -MONTHS_COUNTED)
    number, _rows = PageCount.objects.before(last).delete()
    if number:
        record(verb="inform_pages.forget_counts", by=by, details={"count": number})
    return number


def words_of(fault: ValidationError) -> dict[str, Any]:
    """The faults of an action by field, for a form to show."""
    return fault.message_dict if hasattr(fault, "error_dict") else {"__all__": fault.messages}
