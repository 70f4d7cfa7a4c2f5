"""Where staff name themes, and see what each has come to."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.foundation.thread.models import Link
from joinedup.involve.themes import access, actions
from joinedup.involve.themes.forms import ThemeForm
from joinedup.involve.themes.labels import KNOWN
from joinedup.involve.themes.models import KIND, Theme

FIELDS = ("name", "summary", "next_step", "organisation", "labels", "is_public")


def voices_of() -> dict[int, int]:
    """How many contributions stand under each theme."""
    links = Link.objects.standing().filter(end_kind=KIND).order_by().values("end_key")
    return {row["end_key"]: row["many"] for row in links.annotate(many=Count("start_key"))}


@requires(Permission.THEME_CHANGE)
def listing(request: HttpRequest) -> HttpResponse:
    """Every theme, the one most people speak of on top."""
    many = voices_of()
    themes = list(Theme.objects.select_related("organisation"))
    for theme in themes:
        theme.voices = many.get(theme.pk, 0)  # type: ignore[attr-defined]
        theme.chain_href = reverse("workspace_thread:thing", args=[KIND, theme.pk])  # type: ignore[attr-defined]
    themes.sort(key=lambda each: (-many.get(each.pk, 0), each.name))
    return render(request, "themes/list.html", {"themes": themes})


def _page(request: HttpRequest, form: ThemeForm, theme: Theme | None, **more: Any) -> HttpResponse:
    heading = _("Change a theme") if theme else _("Add a theme")
    return render(request, "themes/form.html", {"form": form, "theme": theme, "heading": heading, **more})


@requires(Permission.THEME_CHANGE)
def add(request: HttpRequest) -> HttpResponse:
    """Name a new theme."""
    form = ThemeForm(request.POST or None, labels=KNOWN)
    if request.method == "POST" and form.is_valid():
        try:
            theme = actions.add(theme=Theme(**form.cleaned_data), by=request.user)  # type: ignore[arg-type]
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            messages.success(request, _("%(name)s is there now.") % {"name": theme.name})
            return redirect("workspace_themes:list")
    return _page(request, form, None)


@requires(Permission.THEME_CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a theme says."""
    theme = access.get_for(request.user, Permission.THEME_CHANGE, pk=pk)
    initial = {name: getattr(theme, name) for name in FIELDS}
    form = ThemeForm(request.POST or None, initial=initial, labels=KNOWN, theme=theme)
    version = request.POST.get("version", str(theme.version))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                theme=theme,
                version=int(version) if version.isdecimal() else 0,
                by=request.user,  # type: ignore[arg-type]
                **form.cleaned_data,
            )
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace_themes:list")
    return _page(
        request, form, theme, version=theme.version, may_sort=may(request.user, Permission.CONTRIBUTION_SORT)
    )
