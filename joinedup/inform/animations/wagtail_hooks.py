"""The list of pages can publish many at once; animations that are not ready stop it there too."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from joinedup.inform.animations.models import AnimationPage


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def not_ready(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Say which animation lacks what, in place of publishing any of them."""
    if action_type != "publish":
        return None
    for page in objects:
        latest = page.get_latest_revision_as_object()
        if not isinstance(latest, AnimationPage):
            continue
        try:
            latest.full_clean()
            latest.check_ready()
        except ValidationError as fault:
            messages.error(
                request,
                _("“%(title)s” is not ready: %(problem)s")
                % {"title": latest.title, "problem": " ".join(fault.messages)},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
