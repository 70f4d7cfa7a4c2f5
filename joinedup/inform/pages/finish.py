"""What happens when a second person has said yes. It stands alone: Wagtail reads it before its own models."""

from typing import Any

from django.core.exceptions import SuspiciousOperation


class NotApproved(SuspiciousOperation):
    """Something was about to become public that no second person approved.

    Not a PermissionDenied: the editor would catch that one, send the person home and keep half of what it
    had done. This one ends the request with 400, and its transaction with it.
    """


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish the very version that was approved, not whichever is newest; refuse one nobody approved.

    Wagtail would also publish when a workflow ends because its step was switched off.
    """
    state = workflow_state.current_task_state
    state = state.specific if state is not None else None
    if state is None or not getattr(state, "was_approved_by_second_person", False):
        raise NotApproved("a second person has not approved this version")
    state.revision.publish(user=user, skip_permission_checks=True)
