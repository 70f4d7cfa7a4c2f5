"""Publishing by a second person: one step, in which nobody says yes to what they wrote or sent in."""

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState

from joinedup.foundation.permissions import Permission, may


def digest(revision: Revision) -> str:
    """SHA-256 over everything the version holds, so that a version changed under way is noticed."""
    return hashlib.sha256(json.dumps(revision.content, sort_keys=True).encode()).hexdigest()


def is_settled(key: str) -> bool:
    """Whether this version (its key as typed) is public, waits for a second person or was judged by one."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return False
    judged = SecondPersonState.objects.filter(revision=int(key))
    return bool(judged.exists() or Page.objects.filter(live_revision=int(key)).exists())


class WaitingLock(WorkflowLock):  # type: ignore[misc]
    """While a page waits for a second person nobody changes it, so what was read is what goes out."""

    def for_user(self, user: Any) -> bool:
        """It holds for everyone."""
        return True

    def get_message(self, user: Any) -> str:
        """What the editor says at the top of the page."""
        return str(_("This page waits for a second person. Nobody can change it until they have decided."))

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        """The same, shorter."""
        return str(_("Waits for a second person"))


class SecondPersonState(TaskState):  # type: ignore[misc]
    """One version of a page waiting for a second person, or what that person decided.

    It keeps who sent it in and a digest of its words, because what is approved must be what was sent.
    """

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words_digest = models.CharField(max_length=64, blank=True)

    personal_data: ClassVar[dict[str, str]] = {
        "taskstate_ptr": "pseudonym",
        "submitted_by": "pseudonym",
        "words_digest": "none",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing who wrote and who approved what we publish"
    retention = "as long as the page"

    @property
    def own_people(self) -> set[int | None]:
        """Those who may not approve it: who wrote this version and who sent it in."""
        return {self.revision.user_id, self.submitted_by_id} - {None}

    @property
    def is_unchanged(self) -> bool:
        """Whether the newest version of the page is still, word for word, the one that was sent in."""
        newest = self.revision.content_object.get_latest_revision()
        return bool(newest.pk == self.revision_id and digest(newest) == self.words_digest)

    @property
    def was_approved_by_second_person(self) -> bool:
        """Whether someone else said yes to these words."""
        approved = self.status == TaskState.STATUS_APPROVED and self.finished_by_id is not None
        return bool(approved and self.finished_by_id not in self.own_people and self.is_unchanged)

    def may_be_judged_by(self, user: Any) -> bool:
        """Whether this person may say yes or no: an editor who neither wrote nor sent it."""
        return may(user, Permission.PAGE_PUBLISH) and user.pk not in self.own_people

    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> Any:
        """Say yes, which publishes. Raises PermissionDenied for author and sender, and for changed words."""
        if not self.may_be_judged_by(user):
            raise PermissionDenied("nobody approves what they wrote or sent in themselves")
        if not self.is_unchanged:
            raise PermissionDenied("the words were changed after they were sent in")
        return super().approve(user=user, update=update, comment=comment)

    def reject(self, user: Any = None, update: bool = True, comment: str = "") -> Any:
        """Send it back. Raises PermissionDenied for its author and sender, who can take it back instead."""
        if not self.may_be_judged_by(user):
            raise PermissionDenied("who wrote or sent it takes it back instead")
        return super().reject(user=user, update=update, comment=comment)


class SecondPerson(AbstractGroupApprovalTask):  # type: ignore[misc]
    """The one step between a draft and the public: another editor reads it and says yes or no.

    The same role is enough; it takes two different people.
    """

    task_state_class = SecondPersonState
    lock_class = WaitingLock

    personal_data: ClassVar[dict[str, str]] = {"task_ptr": "none", "groups": "none"}

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Begin to wait. A lock someone holds on the page ends, or its holder could go on writing."""
        held = workflow_state.content_object
        if isinstance(held, Page) and held.locked:
            held.locked, held.locked_by, held.locked_at = False, None, None
            held.save(update_fields=["locked", "locked_by", "locked_at"])
        state = super().start(workflow_state, user=user)
        state.submitted_by = user
        state.words_digest = digest(Revision.objects.get(pk=state.revision_id))
        state.save(update_fields=["submitted_by", "words_digest"])
        return state

    def _version(self, obj: Any) -> SecondPersonState | None:
        state = obj.current_workflow_task_state
        return state if isinstance(state, SecondPersonState) else None

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What this person may do about this page now."""
        state = self._version(obj)
        if state is None or not state.may_be_judged_by(user):
            return []
        return [("reject", _("Send it back"), True), ("approve", _("It is right"), False)]

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody changes what waits."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """A lock of one's own would open the page to its holder."""
        return False

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits and is not their own."""
        waiting = SecondPersonState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        own = models.Q(submitted_by=user.pk) | models.Q(revision__user=user.pk)
        keys = waiting.exclude(own).values("pk") if may(user, Permission.PAGE_PUBLISH) else []
        return TaskState.objects.filter(pk__in=keys)

    @classmethod
    def get_description(cls) -> str:
        """What the settings of workflows say about it."""
        return str(_("Another editor approves, never the one who wrote or sent in the page."))
