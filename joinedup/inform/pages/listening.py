"""What follows when the page editor publishes: a date to look again; and what it must never do by one person.

Wagtail has some three hundred views. Those that publish ask for its publish permission, which no group of
ours holds; these receivers stand behind all of them, also those a later version brings.
"""

from typing import Any

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, page_unpublished, task_submitted

from joinedup.foundation.permissions import Permission, may
from joinedup.inform.pages.finish import NotApproved
from joinedup.inform.pages.models import BrokenLink, Gone, PageReview, SecondPersonState
from joinedup.inform.pages.upkeep import path_of


def _is_in_editor() -> bool:
    return get_active_log_context().user is not None


@receiver(page_published)
def refuse_what_nobody_approved(
    sender: type[Page], instance: Page, revision: Any = None, alias: bool = False, **kwargs: Any
) -> None:
    """In the editor nothing goes live but what a second person approved, and copies that follow it."""
    if not _is_in_editor() or alias:
        return
    decided = SecondPersonState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED)
    if revision is None or not any(state.was_approved_by_second_person for state in decided):
        raise NotApproved("a second person has not approved this version")


@receiver(post_save)
def refuse_born_live(sender: type[models.Model], instance: Any, created: bool, **kwargs: Any) -> None:
    """No page comes into being as a public one in the editor, such as a copy that mirrors another."""
    if created and isinstance(instance, Page) and instance.live and _is_in_editor():
        raise NotApproved("a second person has not approved this page")


@receiver(page_published)
def look_again(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page that was just published has just been read by two people: look again after the usual time."""
    Gone.objects.filter(path=path_of(instance)).delete()
    if not getattr(instance.specific, "needs_review", False):
        return
    review = PageReview.objects.filter(page_id=instance.pk).first() or PageReview(page_id=instance.pk)
    review.found_right(timezone.localdate())
    review.save()


@receiver(page_unpublished)
def forget_links(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Links of a page nobody sees need no mending."""
    BrokenLink.objects.filter(page_id=instance.pk).delete()


class AskForSecondPerson(GroupApprovalTaskStateSubmissionEmailNotifier):  # type: ignore[misc]
    """Mails to those who may approve a version, and to nobody else."""

    def get_recipient_users(self, task_state: Any, **kwargs: Any) -> Any:
        """Editors, without who wrote and who sent it."""
        found = super().get_recipient_users(task_state, **kwargs)
        author = task_state.revision.user_id
        return [user for user in found if user.pk != author and may(user, Permission.PAGE_PUBLISH)]

    def get_context(self, task_state: Any, **kwargs: Any) -> dict[str, Any]:
        """Who sent it, beside the page."""
        context: dict[str, Any] = super().get_context(task_state, **kwargs)
        return {**context, "state": task_state, "sent_by": kwargs.get("user")}


ask_for_second_person = AskForSecondPerson()
task_submitted.connect(
    ask_for_second_person, sender=SecondPersonState, dispatch_uid="ask_for_second_person", weak=False
)
