"""The door of the page editor (Wagtail's admin), which has some three hundred views of its own.

They carry none of our marks, so one middleware stands in front of all of them: it asks the same
permission as every other door, and keeps each change and its audit event in one transaction. It
also sees to it that what a second person read stays in the history as they read it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from joinedup.foundation.permissions import Permission, may
from joinedup.inform.pages.approval import is_settled

EDITOR_PREFIX = "/editor/"
# Changes many pictures past their model, so neither the editor's log nor ours would tell of it.
UNLOGGED = "/editor/bulk/inform_pictures/"
# By this field the editor's own saving every few seconds writes over its last version.
OVERWRITE = "overwrite_revision_id"


class EditorDoor:
    """Middleware: only those who may edit pages come in; a change is kept whole or not at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the work is done in `process_view`, when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask for the permission, and run a changing view inside a transaction."""
        if not request.path_info.startswith(EDITOR_PREFIX):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may(request.user, Permission.PAGE_EDIT):
            raise PermissionDenied(str(Permission.PAGE_EDIT))
        if request.method != "POST":
            return None
        if request.path_info.startswith(UNLOGGED):
            raise PermissionDenied("this way of changing pictures writes no log")
        with transaction.atomic():
            _keep_what_was_judged(request)
            return view(request, *args, **kwargs)


def _keep_what_was_judged(request: HttpRequest) -> None:
    """A version that is public or was judged is not written over: the words become a new version."""
    if is_settled(request.POST.get(OVERWRITE, "")):
        sent = request.POST.copy()
        del sent[OVERWRITE]
        request.POST = sent  # type: ignore[assignment]  # a copy that can be changed is as good
